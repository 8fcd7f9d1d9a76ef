package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// migrations holds a file a version, NNNN_name.sql. A file that was released never changes.
//
//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks a file as amur's: "amur" in ASCII.
const applicationID = 0x616d7572

// prepare checks the file and brings it up to date. Processes that start together may find it locked in a way that
// SQLite does not wait for, while one of them turns on the write-ahead log.
func (s *Store) prepare(ctx context.Context) error {
	deadline := time.Now().Add(wait)
	for {
		err := s.tryPrepare(ctx)
		if code(err) != sqlite3.SQLITE_BUSY || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (s *Store) tryPrepare(ctx context.Context) error {
	steps, err := migrationSteps()
	if err != nil {
		return err
	}
	// Whose file it is comes first: turning on the write-ahead log changes it.
	if err := s.checkOwner(ctx, len(steps)); err != nil {
		return err
	}
	if err := s.checkWhole(ctx); err != nil {
		return err
	}
	if _, err := s.db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	if err := s.copyOlder(ctx, len(steps)); err != nil {
		return err
	}
	if err := s.migrate(ctx, steps); err != nil {
		return err
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		if err := s.checkKey(ctx, tx); err != nil {
			return err
		}
		return s.replay(ctx, tx)
	})
}

// copyOlder makes a copy of a file that is to be brought up to date.
func (s *Store) copyOlder(ctx context.Context, known int) error {
	var version int
	if err := s.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version == 0 || version >= known || s.copied != "" {
		return nil
	}
	name := fmt.Sprintf("%s.v%d-%s", s.path, version, s.clock().Format("20060102T150405.000"))
	if err := vacuumInto(ctx, s.db, name); err != nil {
		return fmt.Errorf("copy before the migration: %w", err)
	}
	s.copied = name
	return nil
}

// copies returns the files that copyOlder has made beside the file at path, the newest version last.
func copies(path string) ([]string, error) {
	all, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range all { // not Glob: the path may have its letters in it
		if strings.HasPrefix(entry.Name(), filepath.Base(path)+".v") && entry.Type().IsRegular() {
			names = append(names, filepath.Join(filepath.Dir(path), entry.Name()))
		}
	}
	return names, nil
}

// checkOwner refuses another program's file and a newer amur's.
func (s *Store) checkOwner(ctx context.Context, known int) error {
	var owner, version, objects int
	const question = "SELECT a.application_id, v.user_version, (SELECT count(*) FROM sqlite_schema) " +
		"FROM pragma_application_id a, pragma_user_version v"
	if err := s.db.QueryRowContext(ctx, question).Scan(&owner, &version, &objects); err != nil {
		return err
	}
	switch {
	case owner != applicationID && (owner != 0 || version != 0 || objects > 0):
		return fmt.Errorf("%w: a database of another program: name another file", ErrDamaged)
	case version > known:
		return fmt.Errorf("%w: its version is %d and this amur knows %d: run the newer amur, or name another file%s",
			ErrNewer, version, known, s.offerCopies())
	}
	return nil
}

// offerCopies names the copies that an older amur may find of use.
func (s *Store) offerCopies() string {
	names, err := copies(s.path)
	if err != nil || len(names) == 0 {
		return ""
	}
	return fmt.Sprintf(", or put back a copy from before the migration, without what came later: %q", names)
}

// checkWhole reads the whole file and refuses one whose parts do not fit together.
func (s *Store) checkWhole(ctx context.Context) error {
	var found string
	if err := s.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s: %s", ErrDamaged, strings.ReplaceAll(found, "\n", " "), remedy)
	}
	return nil
}

// migrate applies the steps that the file has not seen, each in one transaction with the number of its version.
func (s *Store) migrate(ctx context.Context, steps []string) error {
	for {
		done := false
		err := s.transact(ctx, func(tx *sql.Tx) error {
			var version int
			if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
				return err
			}
			if done = version >= len(steps); done {
				return nil // perhaps by another process, in the meantime
			}
			mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version+1)
			_, err := tx.ExecContext(ctx, steps[version]+mark)
			if err != nil {
				return fmt.Errorf("to version %d: %w", version+1, err)
			}
			return nil
		})
		if err != nil || done {
			return err
		}
	}
}

// migrationSteps returns the SQL of each version, in order.
func migrationSteps() ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	steps := make([]string, 0, len(names))
	for i, name := range names {
		if !strings.HasPrefix(name, fmt.Sprintf("migrations/%04d_", i+1)) {
			return nil, errors.New("migration out of order: " + name)
		}
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		steps = append(steps, string(text))
	}
	return steps, nil
}
