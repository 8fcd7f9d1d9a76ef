package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// NoteLasts is how long a note stands after it was approved, or approved again.
const NoteLasts = 90 * 24 * time.Hour

// ProposalLasts is how long a proposal waits for its approval.
const ProposalLasts = 30 * 24 * time.Hour

// TargetKind is what a note speaks about.
type TargetKind string

// The kinds of targets.
const (
	TargetSection TargetKind = "section"
	TargetPassage TargetKind = "passage"
	TargetTopic   TargetKind = "topic"
)

// Note is a server's own addition to the documents.
type Note struct {
	ID          NoteID     `json:"id,omitempty"`
	Server      Server     `json:"server,omitempty"`
	Kind        TargetKind `json:"kind,omitempty"`
	Target      string     `json:"target,omitempty"` // id of the section or the passage, or the topic
	Language    string     `json:"language,omitempty"`
	Text        string     `json:"text,omitempty"`     // sealed
	Proposer    Member     `json:"proposer,omitempty"` // sealed
	Proposed    time.Time  `json:"proposed"`
	Approver    Member     `json:"approver,omitempty"` // sealed; empty for a proposal
	Approved    time.Time  `json:"approved,omitzero"`  // the last time; zero for a proposal
	Alone       bool       `json:"alone"`              // a single manager has approved his own proposal
	Expires     time.Time  `json:"expires"`
	CardChannel Channel    `json:"card_channel,omitempty"` // of its card in the log channel; empty for none
	CardMessage Message    `json:"card_message,omitempty"`
}

// IsApproved reports whether the note stands.
func (n Note) IsApproved() bool { return !n.Approved.IsZero() }

// noteContent is what is sealed of a note.
type noteContent struct {
	Text     string `json:"text"`
	Proposer Member `json:"proposer"`
	Approver Member `json:"approver,omitempty"`
}

const noteColumns = "SELECT server, id, kind, target, language, content, proposed, approved, alone, expires, card_channel, card_message " +
	"FROM notes WHERE server = ? AND expires > ? "

func (s *Store) scanNote(rows *sql.Rows) (Note, error) {
	var n Note
	var sealed []byte
	if err := rows.Scan(&n.Server, &n.ID, &n.Kind, &n.Target, &n.Language, &sealed, (*moment)(&n.Proposed), (*moment)(&n.Approved),
		&n.Alone, (*moment)(&n.Expires), &n.CardChannel, &n.CardMessage); err != nil {
		return Note{}, err
	}
	var content noteContent
	if err := s.openJSON(place{"notes", n.Server, string(n.ID)}, sealed, &content); err != nil {
		return Note{}, err
	}
	n.Text, n.Proposer, n.Approver = content.Text, content.Proposer, content.Approver
	return n, nil
}

// ProposeNote saves a note that a second moderator has to approve within ProposalLasts, and returns it with its ID.
func (s *Store) ProposeNote(ctx context.Context, n Note) (Note, error) {
	if n.Server == "" {
		return Note{}, s.explain("propose a note in", ErrNoServer)
	}
	n.ID, n.Proposed, n.Approver, n.Approved, n.Alone = NoteID(newID()), s.clock(), "", time.Time{}, false
	n.Expires = n.Proposed.Add(ProposalLasts)
	err := s.write(ctx, "propose a note in", func(ctx context.Context, tx *sql.Tx) error {
		sealed, err := s.sealJSON(place{"notes", n.Server, string(n.ID)}, noteContent{Text: n.Text, Proposer: n.Proposer})
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?, ?, NULL, FALSE, ?, ?, ?)", n.Server, n.ID, n.Kind, n.Target,
			n.Language, sealed, moment(n.Proposed), moment(n.Expires), n.CardChannel, n.CardMessage)
		return err
	})
	if err != nil {
		return Note{}, err
	}
	return n, nil
}

// ApproveNote lets a note stand for NoteLasts from now; one that stands already is approved again. It takes another
// moderator than the proposer, or is ErrSamePerson; alone lets the proposer do it, where a server has a single moderator, and
// the note says so.
func (s *Store) ApproveNote(ctx context.Context, server Server, id NoteID, by Member, alone bool) (Note, error) {
	var n Note
	now := s.clock()
	err := s.write(ctx, "approve a note in", func(ctx context.Context, tx *sql.Tx) (err error) {
		if n, err = one(ctx, tx, s.scanNote, noteColumns+"AND id = ?", server, moment(now), id); err != nil {
			return err
		}
		if n.Proposer == by && !alone {
			return ErrSamePerson
		}
		n.Approver, n.Approved, n.Alone, n.Expires = by, now, n.Proposer == by, now.Add(NoteLasts)
		sealed, err := s.sealJSON(place{"notes", server, string(id)}, noteContent{n.Text, n.Proposer, n.Approver})
		if err != nil {
			return err
		}
		return execOne(ctx, tx, "UPDATE notes SET content = ?, approved = ?, alone = ?, expires = ? WHERE server = ? AND id = ?",
			sealed, moment(n.Approved), n.Alone, moment(n.Expires), server, id)
	})
	if err != nil {
		return Note{}, err
	}
	return n, nil
}

// RemoveNote deletes a note or rejects a proposal. It is no error where there is none.
func (s *Store) RemoveNote(ctx context.Context, server Server, id NoteID) error {
	return s.write(ctx, "remove a note in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM notes WHERE server = ? AND id = ?", server, id)
		return err
	})
}

// Note returns a note or a proposal that has not lapsed.
func (s *Store) Note(ctx context.Context, server Server, id NoteID) (Note, error) {
	n, err := one(ctx, s.read, s.scanNote, noteColumns+"AND id = ?", server, moment(s.clock()), id)
	return n, s.explain("read a note in", err)
}

// Notes returns the notes and proposals of a server that have not lapsed, oldest first.
func (s *Store) Notes(ctx context.Context, server Server) ([]Note, error) {
	notes, err := collect(ctx, s.read, s.scanNote, noteColumns+"ORDER BY proposed, id", server, moment(s.clock()))
	return notes, s.explain("read notes in", err)
}

// NotesFor returns the notes that stand for any of the targets, oldest first.
func (s *Store) NotesFor(ctx context.Context, server Server, targets []string) ([]Note, error) {
	list, err := json.Marshal(targets)
	if err != nil {
		return nil, s.explain("read notes in", err)
	}
	const standing = "AND approved IS NOT NULL AND target IN (SELECT value FROM json_each(?)) ORDER BY proposed, id"
	notes, err := collect(ctx, s.read, s.scanNote, noteColumns+standing, server, moment(s.clock()), string(list))
	return notes, s.explain("read notes in", err)
}

// SetNoteCard notes the card of a note.
func (s *Store) SetNoteCard(ctx context.Context, server Server, id NoteID, c Channel, m Message) error {
	return s.write(ctx, "note a card in", func(ctx context.Context, tx *sql.Tx) error {
		return execOne(ctx, tx, "UPDATE notes SET card_channel = ?, card_message = ? WHERE server = ? AND id = ?", c, m, server, id)
	})
}
