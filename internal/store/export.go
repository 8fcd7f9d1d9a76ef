package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// MemberExport is all that can be found of a member.
type MemberExport struct {
	Votes    []MemberVote   `json:"votes"`
	Reports  []MemberReport `json:"reports"`
	Drafts   []Draft        `json:"drafts"`
	Blocks   []Block        `json:"blocks"`
	Counters []Counter      `json:"counters"`
	Answers  []Answer       `json:"answers"` // the records of what was asked: no question, no text
}

// MemberVote is a vote.
type MemberVote struct {
	Server  Server    `json:"server"`
	Answer  AnswerID  `json:"answer"`
	Helpful bool      `json:"helpful"`
	Reason  string    `json:"reason,omitempty"`
	At      time.Time `json:"at"`
}

// MemberReport is a report.
type MemberReport struct {
	Server Server    `json:"server"`
	Answer AnswerID  `json:"answer"`
	Kind   string    `json:"kind"`
	Text   string    `json:"text,omitempty"`
	At     time.Time `json:"at"`
}

// Counter is how many questions were counted for a member in the present window.
type Counter struct {
	Server Server `json:"server"`
	Taken  int    `json:"taken"`
}

// ServerExport is all that is kept of a server. Members are in it only where they acted as moderators.
type ServerExport struct {
	State     ServerState          `json:"state"`
	Settings  Settings             `json:"settings"`
	Pins      []Pin                `json:"pins"`
	History   map[PinID][]PinEvent `json:"history"`
	Hides     []Hide               `json:"hides"`
	Notes     []Note               `json:"notes"`
	Cards     []Card               `json:"cards"`
	Answers   []Answer             `json:"answers"`
	Questions []Question           `json:"questions"`
	Counts    []Count              `json:"counts"`
}

// ExportMember returns what can be found of a member in all servers and in direct messages. Questions are kept without their
// authors, so none is in it.
func (s *Store) ExportMember(ctx context.Context, m Member) (MemberExport, error) {
	hash, err := s.hash(m)
	if err != nil {
		return MemberExport{}, s.explain("export from", err)
	}
	export, err := s.exportMember(ctx, m, hash)
	if err != nil {
		return MemberExport{}, s.explain("export from", err)
	}
	return export, nil
}

func (s *Store) exportMember(ctx context.Context, m Member, hash []byte) (e MemberExport, err error) {
	now := s.clock()
	if e.Votes, err = collect(ctx, s.read, func(rows *sql.Rows) (MemberVote, error) {
		var v MemberVote
		var sealed []byte
		err := rows.Scan(&v.Server, &v.Answer, &v.Helpful, &sealed, (*moment)(&v.At))
		if err == nil {
			v.Reason, err = s.open(votePlace(v.Server, v.Answer, hash), sealed)
		}
		return v, err
	}, "SELECT server, answer, helpful, reason, at FROM votes WHERE member = ? ORDER BY at", hash); err != nil {
		return MemberExport{}, err
	}
	if e.Reports, err = collect(ctx, s.read, func(rows *sql.Rows) (MemberReport, error) {
		var r MemberReport
		var card CardID
		var sealed []byte
		err := rows.Scan(&r.Server, &card, &r.Answer, &r.Kind, &sealed, (*moment)(&r.At))
		if err == nil {
			r.Text, err = s.open(reportPlace(r.Server, card, hash), sealed)
		}
		return r, err
	}, "SELECT c.server, c.id, c.answer, c.kind, r.text, r.at FROM reports r JOIN cards c ON c.server = r.server AND c.id = r.card "+
		"WHERE r.member = ? ORDER BY r.at", hash); err != nil {
		return MemberExport{}, err
	}
	if e.Drafts, err = collect(ctx, s.read, s.scanDraft(m), draftColumns+"WHERE author = ? ORDER BY saved", hash); err != nil {
		return MemberExport{}, err
	}
	if e.Blocks, err = collect(ctx, s.read, scanBlock, "SELECT server, until FROM blocks WHERE member = ? "+inForce+"ORDER BY server",
		hash, moment(now)); err != nil {
		return MemberExport{}, err
	}
	if e.Counters, err = collect(ctx, s.read, func(rows *sql.Rows) (c Counter, err error) {
		err = rows.Scan(&c.Server, &c.Taken)
		return c, err
	}, "SELECT server, count(*) FROM takes WHERE member = ? AND at > ? GROUP BY server", hash, moment(now.Add(-Window))); err != nil {
		return MemberExport{}, err
	}
	if e.Answers, err = answers(ctx, s.read, "WHERE asker = ? ORDER BY created, id", hash); err != nil {
		return MemberExport{}, err
	}
	return e, nil
}

// ExportServer returns what is kept of a server.
func (s *Store) ExportServer(ctx context.Context, server Server) (ServerExport, error) {
	e, err := s.exportServer(ctx, server)
	if err != nil {
		return ServerExport{}, err
	}
	return e, nil
}

func (s *Store) exportServer(ctx context.Context, server Server) (e ServerExport, err error) {
	e.State, err = one(ctx, s.read, scanServerState, "SELECT server, joined, removed FROM servers WHERE server = ?", server)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return e, s.explain("export from", err)
	}
	if e.Settings, err = s.Settings(ctx, server); err != nil {
		return e, err
	}
	e.State.Server = server
	if e.Pins, err = s.Pins(ctx, server); err != nil {
		return e, err
	}
	e.History = make(map[PinID][]PinEvent)
	for _, p := range e.Pins {
		if e.History[p.ID], err = s.PinHistory(ctx, server, p.ID); err != nil {
			return e, err
		}
	}
	if e.Hides, err = s.Hides(ctx, server); err != nil {
		return e, err
	}
	if e.Notes, err = s.Notes(ctx, server); err != nil {
		return e, err
	}
	if e.Cards, err = s.Cards(ctx, server); err != nil {
		return e, err
	}
	if e.Answers, err = answers(ctx, s.read, "WHERE server = ? ORDER BY created, id", server); err != nil {
		return e, s.explain("export from", err)
	}
	if e.Questions, err = s.Questions(ctx, server, time.Time{}); err != nil {
		return e, err
	}
	e.Counts, err = s.Counts(ctx, server, time.Time{})
	return e, err
}
