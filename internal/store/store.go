// Package store keeps what must outlive kill -9 and a lost power line: the budgets of the language model, and all that the
// bot remembers of its servers. It is one SQLite file. It knows nothing of documents, models or Discord.
//
// # Servers
//
// Nothing of one server can be read through the id of another: every question names the server. What goes over all of them
// (PendingPins, AllPins, AllQuestions, UnpostedCards, AnswersOfIncident, Servers) is for the process itself and its
// operator.
//
// # Texts and people
//
// Texts are sealed with AES-256-GCM under a Key that is not in the file, each for its own row. A person is kept as a keyed
// hash of the id (a pseudonym), or, where moderators must see later who did something, as a sealed id. Ids of servers,
// channels, roles and messages are kept as they are. See Sweep for how long things are kept, and EraseMember for erasure.
//
// # The file
//
// A change is on the disk when the call that made it returns (write-ahead log, synchronous FULL); changes that come at the
// same time go to the disk together. Several goroutines and several processes may work with one file at once. The
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
	"sync"
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

// Options say how a file of state is opened.
type Options struct {
	Key Key              // see Key
	Now func() time.Time // the clock; nil stands for time.Now
}

// Store is an open file of state. Its methods may be called from several goroutines at once. Where they return an error,
// nothing was changed.
type Store struct {
	db      *sql.DB // one connection, which writes
	read    *sql.DB // the others, which only read
	path    string
	copied  string
	secrets *secrets // nil without a key
	now     func() time.Time

	changes          chan change
	closing, stopped chan struct{}
	close            sync.Once
}

// Open opens the file at path or, where there is none, makes it, and the folders above it. It brings an older file up to
// date. Close it.
//
// The error names the file. It wraps ErrDamaged, ErrNewer or ErrKey where a person has to choose; nothing is lost then.
//
// Before an older file is brought up to date, a copy of it is made beside it: see Copied. Erasures that are in the journal
// beside the file, and not yet in the file, are done again: see Journal.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open state %q: %w", path, err)
	}
	if err := create(abs); err != nil {
		return nil, fmt.Errorf("open state %q: %w", path, err)
	}
	s := &Store{
		path: path, now: o.Now,
		changes: make(chan change), closing: make(chan struct{}), stopped: make(chan struct{}),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.secrets, err = o.Key.secrets(); err != nil {
		return nil, s.explain("open", err)
	}
	if s.db, err = sql.Open("sqlite", dataSource(abs)); err != nil {
		return nil, s.explain("open", err)
	}
	s.db.SetMaxOpenConns(1) // goroutines queue in write instead of at the file's lock
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(s.explain("open", err), s.db.Close())
	}
	if s.read, err = sql.Open("sqlite", dataSource(abs, "query_only(on)")); err != nil {
		return nil, errors.Join(s.explain("open", err), s.db.Close())
	}
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
	go s.writeChanges(context.WithoutCancel(ctx))
	return s, nil
}

// readers is how many questions are answered at once.
const readers = 4

// Copied names the file with the state as it was before Open brought it up to date; empty where there was no need.
func (s *Store) Copied() string { return s.copied }

// Close ends the use of the file. What is being written is on the disk then. Further calls are ErrClosed.
func (s *Store) Close() error {
	s.close.Do(func() { close(s.closing) })
	<-s.stopped
	return errors.Join(s.read.Close(), s.db.Close()) // the one that writes comes last and tidies up
}

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
func dataSource(abs string, pragmas ...string) string {
	query := url.Values{
		"_txlock":       {"immediate"},
		"_busy_timeout": {strconv.FormatInt(wait.Milliseconds(), 10)},
		"_synchronous":  {"FULL"},
		"_foreign_keys": {"on"},
		"_pragma":       append([]string{"secure_delete(on)", "trusted_schema(off)"}, pragmas...),
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: query.Encode()}
	return u.String()
}

// explain says what was being done, in which file and, for an error of SQLite's, what a person can do about it.
func (s *Store) explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	switch code(err) {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		err = fmt.Errorf("%w: %w: %s", ErrDamaged, err, remedy)
	case sqlite3.SQLITE_FULL:
		err = fmt.Errorf("the disk is full: %w", err)
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
