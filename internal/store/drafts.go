package store

import (
	"context"
	"database/sql"
	"time"
)

// Draft is a summary that a moderator works on. Only its author can read it.
type Draft struct {
	ID       DraftID   `json:"id,omitempty"` // empty for a new one
	Version  int64     `json:"version"`      // what SaveDraft compares
	Server   Server    `json:"server,omitempty"`
	Author   Member    `json:"-"` // kept as a hash
	Channel  Channel   `json:"channel,omitempty"`
	Language string    `json:"language,omitempty"`
	Edition  string    `json:"edition,omitempty"`
	Mode     string    `json:"mode,omitempty"` // quotes or model
	Model    string    `json:"model,omitempty"`
	AsOf     string    `json:"as_of,omitempty"`
	Topic    string    `json:"topic,omitempty"` // sealed
	Lines    []PinLine `json:"lines,omitempty"`
	Pin      PinID     `json:"pin,omitempty"` // the pin that it is to replace; empty for a new one
	Saved    time.Time `json:"saved"`         // kept for DraftsKept from then
}

// DraftsKept is how long a draft is kept after it was last saved.
const DraftsKept = 7 * 24 * time.Hour

// SaveDraft saves a new draft, or one that was read and changed, and returns it with its ID and new version. It is
// ErrChanged where the author has saved another version in between.
func (s *Store) SaveDraft(ctx context.Context, d Draft) (Draft, error) {
	author, err := s.hash(d.Author)
	if err == nil && d.Server == "" {
		err = ErrNoServer
	}
	if err != nil {
		return Draft{}, s.explain("save a draft in", err)
	}
	d.Saved = s.clock()
	err = s.write(ctx, "save a draft in", func(ctx context.Context, tx *sql.Tx) error {
		if d.ID == "" {
			d.ID, d.Version = DraftID(newID()), 0
		} else {
			old, err := one(ctx, tx, s.scanDraft(d.Author), draftColumns+"WHERE server = ? AND author = ? AND id = ? AND saved > ?",
				d.Server, author, d.ID, moment(d.Saved.Add(-DraftsKept)))
			if err != nil {
				return err
			}
			if old.Version != d.Version {
				return ErrChanged
			}
		}
		d.Version++
		sealed, err := s.sealJSON(place{"drafts", d.Server, string(d.ID)}, d) // without its author
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO drafts (server, id, author, version, saved, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "+
			"ON CONFLICT DO UPDATE SET version = ?4, saved = ?5, content = ?6", d.Server, d.ID, author, d.Version, moment(d.Saved), sealed)
		return err
	})
	if err != nil {
		return Draft{}, err
	}
	return d, nil
}

const draftColumns = "SELECT server, id, content FROM drafts "

// scanDraft reads the drafts of an author, whose name is not in them.
func (s *Store) scanDraft(author Member) func(*sql.Rows) (Draft, error) {
	return func(rows *sql.Rows) (Draft, error) {
		var server Server
		var id string
		var sealed []byte
		if err := rows.Scan(&server, &id, &sealed); err != nil {
			return Draft{}, err
		}
		var d Draft
		if err := s.openJSON(place{"drafts", server, id}, sealed, &d); err != nil {
			return Draft{}, err
		}
		d.Author = author
		return d, nil
	}
}

// Draft returns a draft of an author.
func (s *Store) Draft(ctx context.Context, server Server, author Member, id DraftID) (Draft, error) {
	all, err := s.Drafts(ctx, server, author)
	if err != nil {
		return Draft{}, err
	}
	for _, d := range all {
		if d.ID == id {
			return d, nil
		}
	}
	return Draft{}, s.explain("read a draft in", ErrNotFound)
}

// Drafts returns the drafts of an author in a server, the last saved one first.
func (s *Store) Drafts(ctx context.Context, server Server, author Member) ([]Draft, error) {
	hash, err := s.hash(author)
	if err != nil {
		return nil, s.explain("read drafts in", err)
	}
	drafts, err := collect(ctx, s.read, s.scanDraft(author), draftColumns+"WHERE server = ? AND author = ? AND saved > ? ORDER BY saved DESC, id",
		server, hash, moment(s.clock().Add(-DraftsKept)))
	return drafts, s.explain("read drafts in", err)
}

// DropDraft deletes a draft of an author. It is no error where there is none.
func (s *Store) DropDraft(ctx context.Context, server Server, author Member, id DraftID) error {
	hash, err := s.hash(author)
	if err != nil {
		return s.explain("delete a draft in", err)
	}
	return s.write(ctx, "delete a draft in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM drafts WHERE server = ? AND author = ? AND id = ?", server, hash, id)
		return err
	})
}
