package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Erasure is an entry of the journal of erasures.
//
// The journal is a file beside the state, with the ending .erased and an entry a line, and is in the state as well. What
// was erased would come back with an older backup; therefore Open compares the two, and does again what a restored state
// has not seen. Who restores on another machine takes the file along. It names members by their keyed hash.
type Erasure struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	Kind   string    `json:"kind"` // server, member (everywhere), member-in (one server)
	Server Server    `json:"server,omitempty"`
	Member string    `json:"member,omitempty"` // the hash, in hexadecimal digits
}

const (
	eraseServer   = "server"
	eraseMember   = "member"
	eraseMemberIn = "member-in"
)

// Journal returns the erasures, oldest first.
func (s *Store) Journal(ctx context.Context) ([]Erasure, error) {
	all, err := journalled(ctx, s.read)
	return all, s.explain("read the journal of", err)
}

// journalFile is the journal beside a state.
func (s *Store) journalFile() string { return s.path + ".erased" }

// journalled returns the entries that the state has seen.
func journalled(ctx context.Context, q querier) ([]Erasure, error) {
	return collect(ctx, q, func(rows *sql.Rows) (Erasure, error) {
		var line string
		if err := rows.Scan(&line); err != nil {
			return Erasure{}, err
		}
		return parseErasure([]byte(line))
	}, "SELECT entry FROM erasures ORDER BY entry ->> 'at', id")
}

func parseErasure(line []byte) (Erasure, error) {
	var e Erasure
	if err := json.Unmarshal(line, &e); err != nil {
		return Erasure{}, fmt.Errorf("%w: an entry of the journal of erasures: %w", ErrDamaged, err)
	}
	_, err := hex.DecodeString(e.Member)
	known := e.Kind == eraseServer || e.Kind == eraseMember || e.Kind == eraseMemberIn
	if err != nil || !known || e.ID == "" || e.Kind == eraseServer && e.Server == "" {
		return Erasure{}, fmt.Errorf("%w: an entry of the journal of erasures: %.200q", ErrDamaged, line)
	}
	return e, nil
}

// erase writes an entry into the journal and does what it says. The journal comes first: what dies in between is done when
// the state is opened again. The transaction keeps other processes from the journal.
func (s *Store) erase(ctx context.Context, tx *sql.Tx, e Erasure) error {
	if err := appendErasures(s.journalFile(), []Erasure{e}); err != nil {
		return fmt.Errorf("journal of erasures: %w", err)
	}
	return enact(ctx, tx, e)
}

// enact erases what an entry says, and notes in the state that it did.
func enact(ctx context.Context, tx *sql.Tx, e Erasure) error {
	member, err := hex.DecodeString(e.Member)
	if err != nil {
		return err
	}
	switch e.Kind {
	case eraseServer:
		err = deleteServer(ctx, tx, e.Server)
	case eraseMember:
		err = deleteMember(ctx, tx, member)
	default:
		err = deleteMemberIn(ctx, tx, e.Server, member)
	}
	if err != nil {
		return err
	}
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO erasures VALUES (?, ?) ON CONFLICT DO NOTHING", e.ID, string(line))
	return err
}

// replay brings state and journal together.
func (s *Store) replay(ctx context.Context, tx *sql.Tx) error {
	done, err := journalled(ctx, tx)
	if err != nil {
		return err
	}
	written, err := readErasures(s.journalFile())
	if err != nil {
		return err
	}
	seen := make(map[string]bool)
	for _, e := range done {
		seen[e.ID] = true
	}
	filed := make(map[string]bool)
	for _, e := range written {
		filed[e.ID] = true
		if !seen[e.ID] {
			if err := enact(ctx, tx, e); err != nil {
				return err
			}
		}
	}
	var missing []Erasure
	for _, e := range done {
		if !filed[e.ID] {
			missing = append(missing, e)
		}
	}
	return appendErasures(s.journalFile(), missing)
}

// readErasures reads the journal; none is an empty one. A last line without an end was never acknowledged.
func readErasures(path string) ([]Erasure, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	data = data[:bytes.LastIndexByte(data, '\n')+1]
	var all []Erasure
	for line := range bytes.Lines(data) {
		e, err := parseErasure(bytes.TrimSpace(line))
		if err != nil {
			return nil, fmt.Errorf("%q: %w", path, err)
		}
		all = append(all, e)
	}
	return all, nil
}

// appendErasures writes entries to the end of the journal, onto the disk.
func appendErasures(path string, entries []Erasure) (err error) {
	if len(entries) == 0 {
		return nil
	}
	var lines bytes.Buffer
	for _, e := range entries {
		if err := json.NewEncoder(&lines).Encode(e); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	end := int64(bytes.LastIndexByte(data, '\n') + 1) // what follows was torn off by a crash
	if err := f.Truncate(end); err != nil {
		return err
	}
	if _, err := f.WriteAt(lines.Bytes(), end); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// withdrawErasure takes an entry out of the journal, if it is there. The new journal takes the old one's place whole.
func withdrawErasure(path, id string) (err error) {
	entries, err := readErasures(path)
	if err != nil {
		return err
	}
	rest := slices.DeleteFunc(slices.Clone(entries), func(e Erasure) bool { return e.ID == id })
	if len(rest) == len(entries) {
		return nil
	}
	part := path + ".part-" + newID()
	defer func() { _ = os.Remove(part) }() // gone already where all went well
	if err := appendErasures(part, rest); err != nil {
		return err
	}
	if len(rest) == 0 {
		return errors.Join(os.Remove(path), syncFolder(filepath.Dir(path)))
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
