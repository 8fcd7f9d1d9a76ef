package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// HideLasts is how long passages stay hidden unless a second moderator keeps them so.
const HideLasts = 72 * time.Hour

// Hide takes the passages of an answer out of use in one server.
type Hide struct {
	ID          HideID          `json:"id,omitempty"`
	Server      Server          `json:"server,omitempty"`
	Answer      AnswerID        `json:"answer,omitempty"`
	Passages    []HiddenPassage `json:"passages,omitempty"`
	By          Member          `json:"by,omitempty"` // sealed
	At          time.Time       `json:"at"`
	Until       time.Time       `json:"until,omitzero"`         // zero: until it is restored
	KeptBy      Member          `json:"kept_by,omitempty"`      // sealed: the second moderator; empty for none
	CardChannel Channel         `json:"card_channel,omitempty"` // of its card in the log channel; empty for none
	CardMessage Message         `json:"card_message,omitempty"`
}

// HiddenPassage is a passage as it was.
type HiddenPassage struct {
	Passage string `json:"passage"`
	Section string `json:"section"`
	Hash    string `json:"hash"` // of its text
}

// hidePeople is what is sealed of a hide.
type hidePeople struct {
	By     Member `json:"by"`
	KeptBy Member `json:"kept_by,omitempty"`
}

const (
	hideColumns = "SELECT server, id, answer, at, until, people, passages, card_channel, card_message FROM hides WHERE server = ? "
	inForce     = "AND (until IS NULL OR until > ?) "
)

func (s *Store) scanHide(rows *sql.Rows) (Hide, error) {
	var h Hide
	var sealed []byte
	var passages string
	if err := rows.Scan(&h.Server, &h.ID, &h.Answer, (*moment)(&h.At), (*moment)(&h.Until), &sealed, &passages,
		&h.CardChannel, &h.CardMessage); err != nil {
		return Hide{}, err
	}
	var people hidePeople
	if err := s.openJSON(place{"hides", h.Server, string(h.ID)}, sealed, &people); err != nil {
		return Hide{}, err
	}
	h.By, h.KeptBy = people.By, people.KeptBy
	if err := json.Unmarshal([]byte(passages), &h.Passages); err != nil {
		return Hide{}, fmt.Errorf("%w: hidden passages: %w", ErrDamaged, err)
	}
	return h, nil
}

// AddHide hides the passages of an answer for HideLasts. Where the answer is hidden already, that hide is returned and
// first is false.
func (s *Store) AddHide(ctx context.Context, h Hide) (hide Hide, first bool, err error) {
	if h.Server == "" {
		return Hide{}, false, s.explain("hide in", ErrNoServer)
	}
	h.ID, h.At, h.KeptBy, h.CardChannel, h.CardMessage = HideID(newID()), s.clock(), "", "", ""
	h.Until = h.At.Add(HideLasts)
	err = s.write(ctx, "hide in", func(ctx context.Context, tx *sql.Tx) error {
		old, err := one(ctx, tx, s.scanHide, hideColumns+inForce+"AND answer = ?", h.Server, moment(h.At), h.Answer)
		if !errors.Is(err, ErrNotFound) {
			hide = old
			return err
		}
		hide, first = h, true
		people, err := s.sealJSON(place{"hides", h.Server, string(h.ID)}, hidePeople{By: h.By})
		if err != nil {
			return err
		}
		passages, err := json.Marshal(h.Passages)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO hides VALUES (?, ?, ?, ?, ?, ?, ?, '', '')", h.Server, h.ID, h.Answer, moment(h.At),
			moment(h.Until), people, string(passages))
		return err
	})
	if err != nil {
		return Hide{}, false, err
	}
	return hide, first, nil
}

// Hide returns a hide that is in force.
func (s *Store) Hide(ctx context.Context, server Server, id HideID) (Hide, error) {
	h, err := one(ctx, s.read, s.scanHide, hideColumns+inForce+"AND id = ?", server, moment(s.clock()), id)
	return h, s.explain("read what is hidden in", err)
}

// Hides returns the hides of a server that are in force, oldest first.
func (s *Store) Hides(ctx context.Context, server Server) ([]Hide, error) {
	hides, err := collect(ctx, s.read, s.scanHide, hideColumns+inForce+"ORDER BY at, id", server, moment(s.clock()))
	return hides, s.explain("read what is hidden in", err)
}

// Hidden returns the hashes of the passages that are not used in a server, and until when; the zero time stands for "until
// restored".
func (s *Store) Hidden(ctx context.Context, server Server) (map[string]time.Time, error) {
	hides, err := s.Hides(ctx, server)
	if err != nil {
		return nil, err
	}
	hidden := make(map[string]time.Time)
	for _, h := range hides {
		for _, p := range h.Passages {
			until, already := hidden[p.Hash]
			switch {
			case already && until.IsZero():
			case !already, h.Until.IsZero(), h.Until.After(until):
				hidden[p.Hash] = h.Until
			}
		}
	}
	return hidden, nil
}

// RestoreHide brings the passages back into use. It is no error where that was done already.
func (s *Store) RestoreHide(ctx context.Context, server Server, id HideID) error {
	return s.write(ctx, "restore what is hidden in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM hides WHERE server = ? AND id = ?", server, id)
		return err
	})
}

// KeepHide keeps the passages hidden until they are restored. It takes another moderator than the one who hid them, or is
// ErrSamePerson.
func (s *Store) KeepHide(ctx context.Context, server Server, id HideID, by Member) (Hide, error) {
	var h Hide
	now := s.clock()
	err := s.write(ctx, "keep hidden in", func(ctx context.Context, tx *sql.Tx) (err error) {
		if h, err = one(ctx, tx, s.scanHide, hideColumns+inForce+"AND id = ?", server, moment(now), id); err != nil {
			return err
		}
		if h.By == by {
			return ErrSamePerson
		}
		h.KeptBy, h.Until = by, time.Time{}
		people, err := s.sealJSON(place{"hides", server, string(id)}, hidePeople{h.By, h.KeptBy})
		if err != nil {
			return err
		}
		return execOne(ctx, tx, "UPDATE hides SET until = NULL, people = ? WHERE server = ? AND id = ?", people, server, id)
	})
	if err != nil {
		return Hide{}, err
	}
	return h, nil
}

// SetHideCard notes the card of a hide.
func (s *Store) SetHideCard(ctx context.Context, server Server, id HideID, c Channel, m Message) error {
	return s.write(ctx, "note a card in", func(ctx context.Context, tx *sql.Tx) error {
		return execOne(ctx, tx, "UPDATE hides SET card_channel = ?, card_message = ? WHERE server = ? AND id = ?", c, m, server, id)
	})
}
