package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	sqlite3 "modernc.org/sqlite/lib"
)

// Backup writes the state, as it is at one moment, to a new file, while others read and write. The file is there whole, or
// not at all. Texts stay sealed in it: without the Key it is worth nothing, so keep that too, in another place; and keep
// the journal of erasures, see Journal.
func (s *Store) Backup(ctx context.Context, file string) error {
	if err := s.backup(ctx, file); err != nil {
		return fmt.Errorf("back up to %q: %w", file, s.explain("read", err))
	}
	return nil
}

func (s *Store) backup(ctx context.Context, file string) error {
	abs, err := filepath.Abs(s.path)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", dataSource(abs))
	if err != nil {
		return err
	}
	return errors.Join(vacuumInto(ctx, db, file), db.Close())
}

// vacuumInto copies a database to a file that is not there yet.
func vacuumInto(ctx context.Context, db *sql.DB, file string) error {
	switch _, err := os.Lstat(file); {
	case err == nil:
		return fmt.Errorf("%q: %w: name a new file", file, fs.ErrExist)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	part := fmt.Sprintf("%s.part-%s", file, rand.Text())
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part) }() // gone already where all went well
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, file); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(file))
}

// ErrInUse means that a process has the file open.
var ErrInUse = errors.New("in use")

// Restore puts a backup in the place of the state at path to, which may be missing or damaged. The state that was there is
// kept under another name, which is returned; empty for none. It is ErrInUse while any process has the state open, and
// ErrDamaged or ErrNewer where the backup cannot be used; nothing was changed then.
//
// The next Open does the erasures of the journal beside to again, and brings an older backup up to date.
func Restore(ctx context.Context, from, to string) (kept string, err error) {
	from, err = filepath.Abs(from)
	if err != nil {
		return "", err
	}
	abs, err := filepath.Abs(to)
	if err != nil {
		return "", err
	}
	if kept, err = restore(ctx, from, abs); err != nil {
		return "", fmt.Errorf("restore %q from %q: %w", to, from, err)
	}
	return kept, nil
}

func restore(ctx context.Context, from, to string) (kept string, err error) {
	if _, err := os.Stat(from); err != nil {
		return "", err // SQLite would make it
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		return "", err
	}
	whole := fmt.Sprintf("%s.restored-%s", to, rand.Text())
	defer func() { _ = os.Remove(whole) }() // gone already where all went well
	if err := copyWhole(ctx, from, whole); err != nil {
		return "", err
	}
	if kept, err = putAside(ctx, to); err != nil {
		return "", err
	}
	if err := os.Rename(whole, to); err != nil {
		return "", fmt.Errorf("the state that was there is %q: %w", kept, err)
	}
	return kept, syncFolder(filepath.Dir(to))
}

// copyWhole copies a backup that this amur can use.
func copyWhole(ctx context.Context, from, to string) (err error) {
	db, err := sql.Open("sqlite", dataSource(from))
	if err != nil {
		return err
	}
	backup := &Store{db: db, path: from}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	steps, err := migrationSteps()
	if err != nil {
		return err
	}
	if err := backup.checkOwner(ctx, len(steps)); err != nil {
		return backup.explain("read", err)
	}
	if err := backup.checkWhole(ctx); err != nil {
		return backup.explain("read", err)
	}
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version == 0 {
		return fmt.Errorf("%w: it is empty", ErrDamaged)
	}
	return vacuumInto(ctx, db, to)
}

// putAside renames a state that nobody has open, with what SQLite keeps beside it.
func putAside(ctx context.Context, path string) (kept string, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	if err := closeLog(ctx, path); err != nil {
		return "", err
	}
	kept = fmt.Sprintf("%s.replaced-%s", path, rand.Text()[:8])
	if err := os.Rename(path, kept); err != nil {
		return "", err
	}
	for _, ending := range []string{"-wal", "-shm"} { // of a damaged one
		if err := os.Rename(path+ending, kept+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return kept, nil
}

// closeLog brings all into the one file, which takes that no other process has it open. A damaged file is left as it is.
func closeLog(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", dataSource(path))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	var mode string
	err = db.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode)
	switch code(err) {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		err = nil
	case sqlite3.SQLITE_BUSY:
		err = fmt.Errorf("%w: stop amur first: %w", ErrInUse, err)
	}
	if err == nil && mode == "wal" {
		err = fmt.Errorf("%w: stop amur first", ErrInUse)
	}
	return errors.Join(err, db.Close())
}
