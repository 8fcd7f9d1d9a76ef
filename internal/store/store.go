// Package store keeps what must outlive kill -9 and a lost power line: at present the budgets of the language model. It
// is one SQLite file. It knows nothing of questions, models or settings.
//
// # The file
//
// A change is on the disk when the call that made it returns (write-ahead log, synchronous FULL). Several goroutines and
// several processes may work with one file at once; each change is one transaction, and they wait for one another. The
// file is checked when it is opened: one that is damaged, belongs to another program or comes from a newer amur is an
// error that says what to do, and stays as it is. SQLite keeps two files with the endings -wal and -shm beside it; they
// belong to it and move with it.
//
// Nothing but this package may open the file while amur runs: to close any descriptor of a file gives up all locks that
// the process holds on it (POSIX), those of SQLite among them.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrDamaged means that the file is no whole state of amur's: cut, altered, or another program's.
var ErrDamaged = errors.New("damaged")

// ErrNewer means that a newer amur has written the file.
var ErrNewer = errors.New("made by a newer amur")

// wait is how long one waits for another goroutine or process to end its change. Changes take milliseconds.
const wait = 5 * time.Second

// Store is an open file of state. Its methods may be called from several goroutines at once.
type Store struct {
	db   *sql.DB
	path string
}

// Open opens the file at path or, where there is none, makes it, and the folders above it. It brings an older file up to
// date. Close it.
//
// The error names the file. It wraps ErrDamaged or ErrNewer where a person has to choose; no file is changed or removed
// then.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open state %q: %w", path, err)
	}
	if err := create(abs); err != nil {
		return nil, fmt.Errorf("open state %q: %w", path, err)
	}
	db, err := sql.Open("sqlite", dataSource(abs))
	if err != nil {
		return nil, fmt.Errorf("open state %q: %w", path, err)
	}
	db.SetMaxOpenConns(1) // goroutines queue here instead of at the file's lock
	s := &Store{db, path}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(s.explain("open", err), db.Close())
	}
	return s, nil
}

// Close ends the use of the file.
func (s *Store) Close() error { return s.db.Close() }

// create makes a file that only its owner can read, where there is none; SQLite's own would be readable for all.
func create(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return errors.New("not a file: name a file, such as amur.db in that folder")
	case err == nil || !errors.Is(err, fs.ErrNotExist):
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil // another process was quicker
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// dataSource is the address of the file at an absolute path, with what holds for every connection. Each transaction
// takes the lock for writing at its start, so that what it has read still holds when it writes.
func dataSource(abs string) string {
	query := url.Values{
		"_txlock":       {"immediate"},
		"_busy_timeout": {strconv.FormatInt(wait.Milliseconds(), 10)},
		"_synchronous":  {"FULL"},
		"_foreign_keys": {"on"},
		"_pragma":       {"secure_delete(on)", "trusted_schema(off)"},
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: query.Encode()}
	return u.String()
}

// transact runs do in a transaction: all of it holds and is on the disk, or nothing.
func (s *Store) transact(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // the first error is the one that tells
		return err
	}
	return tx.Commit()
}

// explain says what was being done, in which file and, for an error of SQLite's, what a person can do about it.
func (s *Store) explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	switch code(err) {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		err = fmt.Errorf("%w: %w: %s", ErrDamaged, err, remedy)
	case sqlite3.SQLITE_BUSY:
		err = fmt.Errorf("another process keeps the file locked: %w", err)
	}
	return fmt.Errorf("%s state %q: %w", doing, s.path, err)
}

const remedy = "put a backup in its place, or move it away together with its -wal and -shm files and start with a new one"

// code is SQLite's primary result code, or 0 for an error that is not SQLite's.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}
