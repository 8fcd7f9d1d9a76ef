package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// FeedbackKept is how long votes and reports are kept.
const FeedbackKept = 90 * 24 * time.Hour

// Report is what a member says about an answer.
type Report struct {
	Server Server
	Answer AnswerID
	Kind   string // wrong, unsupported, outdated, one-sided, offensive, unanswered, …: the caller's words
	By     Member // kept as a hash
	Text   string // sealed; may be empty
}

// CardState is what moderators have made of a card.
type CardState string

// The states of a card.
const (
	CardOpen      CardState = "open"
	CardHandled   CardState = "handled"
	CardDismissed CardState = "dismissed"
)

// Card stands for all equal reports, those of one kind about one answer.
type Card struct {
	ID       CardID    `json:"id,omitempty"`
	Server   Server    `json:"server,omitempty"`
	Answer   AnswerID  `json:"answer,omitempty"`
	Kind     string    `json:"kind,omitempty"`
	Members  int       `json:"members"` // how many have reported
	Texts    []string  `json:"texts,omitempty"`
	State    CardState `json:"state,omitempty"`
	ClosedBy Member    `json:"closed_by,omitempty"` // sealed
	Channel  Channel   `json:"channel,omitempty"`
	Message  Message   `json:"message,omitempty"` // empty until the card was posted
	Created  time.Time `json:"created"`
}

const cardColumns = "SELECT server, id, answer, kind, state, closed_by, channel, message, created FROM cards "

func (s *Store) scanCard(rows *sql.Rows) (Card, error) {
	var c Card
	var sealed []byte
	if err := rows.Scan(&c.Server, &c.ID, &c.Answer, &c.Kind, &c.State, &sealed, &c.Channel, &c.Message, (*moment)(&c.Created)); err != nil {
		return Card{}, err
	}
	by, err := s.open(place{"cards", c.Server, string(c.ID)}, sealed)
	c.ClosedBy = Member(by)
	return c, err
}

// cards returns cards with what was reported.
func (s *Store) cards(ctx context.Context, q querier, where string, args ...any) ([]Card, error) {
	cards, err := collect(ctx, q, s.scanCard, cardColumns+where, args...)
	if err != nil {
		return nil, err
	}
	for i := range cards {
		c := &cards[i]
		texts, err := collect(ctx, q, func(rows *sql.Rows) (string, error) {
			var member, sealed []byte
			if err := rows.Scan(&member, &sealed); err != nil {
				return "", err
			}
			return s.open(reportPlace(c.Server, c.ID, member), sealed)
		}, "SELECT member, text FROM reports WHERE server = ? AND card = ? ORDER BY at, member", c.Server, c.ID)
		if err != nil {
			return nil, err
		}
		c.Members = len(texts)
		for _, text := range texts {
			if text != "" {
				c.Texts = append(c.Texts, text)
			}
		}
	}
	return cards, nil
}

func (s *Store) card(ctx context.Context, q querier, where string, args ...any) (Card, error) {
	cards, err := s.cards(ctx, q, where, args...)
	if err == nil && len(cards) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Card{}, err
	}
	return cards[0], nil
}

func reportPlace(server Server, id CardID, member []byte) place {
	return place{"reports", server, string(id) + " " + hex.EncodeToString(member)}
}

// AddReport adds a report to the card of its kind and answer, once a member, and says whether it is the first: its card is
// to be posted then. A card that was closed stays closed.
func (s *Store) AddReport(ctx context.Context, r Report) (card Card, first bool, err error) {
	hash, err := s.hash(r.By)
	if err == nil && r.Server == "" {
		err = ErrNoServer
	}
	if err != nil {
		return Card{}, false, s.explain("report in", err)
	}
	err = s.write(ctx, "report in", func(ctx context.Context, tx *sql.Tx) error {
		const equal = "WHERE server = ? AND answer = ? AND kind = ?"
		if card, err = s.card(ctx, tx, equal, r.Server, r.Answer, r.Kind); errors.Is(err, ErrNotFound) {
			first = true
			card, err = s.addCard(ctx, tx, r)
		}
		if err != nil {
			return err
		}
		sealed, err := s.seal(reportPlace(r.Server, card.ID, hash), r.Text)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO reports VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
			r.Server, card.ID, hash, sealed, moment(s.clock())); err != nil {
			return err
		}
		card, err = s.card(ctx, tx, equal, r.Server, r.Answer, r.Kind)
		return err
	})
	if err != nil {
		return Card{}, false, err
	}
	return card, first, nil
}

func (s *Store) addCard(ctx context.Context, tx *sql.Tx, r Report) (Card, error) {
	c := Card{ID: CardID(newID()), Server: r.Server, Answer: r.Answer, Kind: r.Kind, State: CardOpen, Created: s.clock()}
	nobody, err := s.seal(place{"cards", c.Server, string(c.ID)}, "")
	if err != nil {
		return Card{}, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, '', '', ?)", c.Server, c.ID, c.Answer, c.Kind, c.State,
		nobody, moment(c.Created))
	return c, err
}

// Card returns a card of a server.
func (s *Store) Card(ctx context.Context, server Server, id CardID) (Card, error) {
	c, err := s.card(ctx, s.read, "WHERE server = ? AND id = ?", server, id)
	return c, s.explain("read a card in", err)
}

// Cards returns the cards of a server, oldest first.
func (s *Store) Cards(ctx context.Context, server Server) ([]Card, error) {
	cards, err := s.cards(ctx, s.read, "WHERE server = ? ORDER BY created, id", server)
	return cards, s.explain("read cards in", err)
}

// UnpostedCards returns the open cards of all servers that have no message yet, oldest first: those whose process died, when
// asked at the start.
func (s *Store) UnpostedCards(ctx context.Context) ([]Card, error) {
	cards, err := s.cards(ctx, s.read, "WHERE state = 'open' AND message = '' ORDER BY created, id")
	return cards, s.explain("read cards in", err)
}

// SetCardMessage notes the message of a card.
func (s *Store) SetCardMessage(ctx context.Context, server Server, id CardID, c Channel, m Message) error {
	return s.write(ctx, "note a card in", func(ctx context.Context, tx *sql.Tx) error {
		return execOne(ctx, tx, "UPDATE cards SET channel = ?, message = ? WHERE server = ? AND id = ?", c, m, server, id)
	})
}

// CloseCard notes what a moderator has made of a card: CardHandled, CardDismissed, or CardOpen again.
func (s *Store) CloseCard(ctx context.Context, server Server, id CardID, state CardState, by Member) (Card, error) {
	if state != CardOpen && state != CardHandled && state != CardDismissed {
		return Card{}, s.explain("close a card in", fmt.Errorf("unknown state %q", state))
	}
	sealed, err := s.seal(place{"cards", server, string(id)}, string(by))
	if err != nil {
		return Card{}, s.explain("close a card in", err)
	}
	var card Card
	err = s.write(ctx, "close a card in", func(ctx context.Context, tx *sql.Tx) error {
		if err := execOne(ctx, tx, "UPDATE cards SET state = ?, closed_by = ? WHERE server = ? AND id = ?", state, sealed, server, id); err != nil {
			return err
		}
		card, err = s.card(ctx, tx, "WHERE server = ? AND id = ?", server, id)
		return err
	})
	if err != nil {
		return Card{}, err
	}
	return card, nil
}
