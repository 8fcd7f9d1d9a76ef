package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
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
	return s.migrate(ctx, steps)
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
		return fmt.Errorf("%w: its version is %d and this amur knows %d: run the newer amur, or name another file",
			ErrNewer, version, known)
	}
	return nil
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
