package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"
)

// PinState is where a pin is in its life.
type PinState string

// The states of a pin: publishing → sent → fresh ⇄ stale → review, and lost from each of the last three.
const (
	PinPublishing PinState = "publishing" // intended: the message may have been sent or not; its Nonce tells
	PinSent       PinState = "sent"       // the message is there, perhaps not pinned yet
	PinFresh      PinState = "fresh"
	PinStale      PinState = "stale"  // a source has changed, nobody has decided yet
	PinReview     PinState = "review" // stale, and the pin itself says so
	PinLost       PinState = "lost"   // its message was deleted or unpinned by hand
)

// Pin is a summary or an answer that was published and pinned.
type Pin struct {
	ID      PinID    `json:"id,omitempty"`
	Version int64    `json:"version"` // what SavePin compares
	Server  Server   `json:"server,omitempty"`
	Channel Channel  `json:"channel,omitempty"`
	Message Message  `json:"message,omitempty"` // empty while publishing
	Nonce   string   `json:"nonce,omitempty"`   // to send the message with, so that a repeated attempt does not post twice
	State   PinState `json:"state,omitempty"`
	// Begun is when it was to be published: Discord knows a nonce for some minutes only.
	Begun time.Time `json:"begun,omitzero"`

	Language string    `json:"language,omitempty"`
	Topic    string    `json:"topic,omitempty"`   // sealed: the topic or question
	Edition  string    `json:"edition,omitempty"` // of the documents
	AsOf     string    `json:"as_of,omitempty"`   // the newest date that the lines speak of, in the form of rag.Answer; empty for none
	Mode     string    `json:"mode,omitempty"`    // quotes or model
	Model    string    `json:"model,omitempty"`   // its name; empty for quotes
	Lines    []PinLine `json:"lines,omitempty"`

	Published   time.Time `json:"published,omitzero"`
	PublishedBy Member    `json:"published_by,omitempty"` // sealed
	StaleSince  time.Time `json:"stale_since,omitzero"`
	CardChannel Channel   `json:"card_channel,omitempty"` // of the card that tells moderators that it is stale; empty for none
	CardMessage Message   `json:"card_message,omitempty"`
}

// PinLine is one claim of a pin. It is sealed as a whole.
type PinLine struct {
	Text            string    `json:"text"`
	Citations       []PinCite `json:"citations,omitempty"`
	ModeratorsWords bool      `json:"moderators_words,omitempty"` // written by hand, without a source
	Stale           bool      `json:"stale,omitempty"`
	Account         string    `json:"account,omitempty"` // what changed, where it is stale
}

// PinCite is a span of a passage as it was when the pin was published.
type PinCite struct {
	Passage string `json:"passage"`
	Hash    string `json:"hash"` // of the passage's text
	Section string `json:"section"`
	Quote   string `json:"quote"`
	Start   int    `json:"start"` // bytes into the passage
	End     int    `json:"end"`
	// Beside are the hashes of the other passages of its section then: what stood beside it cannot be what it has become.
	Beside []string `json:"beside,omitempty"`
}

// PinEvent is an entry of a pin's history.
type PinEvent struct {
	At   time.Time `json:"at"`
	Who  Member    `json:"who,omitempty"`  // sealed; empty for the bot itself
	What string    `json:"what,omitempty"` // sealed: published, updated, kept, …, in the caller's words
}

// pinContent is what is sealed of a pin.
type pinContent struct {
	Topic       string    `json:"topic,omitempty"`
	PublishedBy Member    `json:"published_by,omitempty"`
	Lines       []PinLine `json:"lines,omitempty"`
}

const pinColumns = "SELECT server, id, version, channel, message, nonce, state, language, edition, as_of, mode, model, content, " +
	"begun, published, stale_since, card_channel, card_message FROM pins "

func (s *Store) scanPin(rows *sql.Rows) (Pin, error) {
	var p Pin
	var sealed []byte
	if err := rows.Scan(&p.Server, &p.ID, &p.Version, &p.Channel, &p.Message, &p.Nonce, &p.State, &p.Language, &p.Edition, &p.AsOf,
		&p.Mode, &p.Model, &sealed, (*moment)(&p.Begun), (*moment)(&p.Published), (*moment)(&p.StaleSince), &p.CardChannel, &p.CardMessage); err != nil {
		return Pin{}, err
	}
	var content pinContent
	if err := s.openJSON(place{"pins", p.Server, string(p.ID)}, sealed, &content); err != nil {
		return Pin{}, err
	}
	p.Topic, p.PublishedBy, p.Lines = content.Topic, content.PublishedBy, content.Lines
	return p, nil
}

func (s *Store) sealPin(p Pin) ([]byte, error) {
	return s.sealJSON(place{"pins", p.Server, string(p.ID)}, pinContent{p.Topic, p.PublishedBy, p.Lines})
}

// Pin returns a pin of a server, in any state.
func (s *Store) Pin(ctx context.Context, server Server, id PinID) (Pin, error) {
	p, err := one(ctx, s.read, s.scanPin, pinColumns+"WHERE server = ? AND id = ?", server, id)
	return p, s.explain("read a pin in", err)
}

// PinByMessage returns the pin of a message.
func (s *Store) PinByMessage(ctx context.Context, server Server, m Message) (Pin, error) {
	p, err := one(ctx, s.read, s.scanPin, pinColumns+"WHERE server = ? AND message = ? AND message <> ''", server, m)
	return p, s.explain("read a pin in", err)
}

// Pins returns the pins of a server that were published, oldest first.
func (s *Store) Pins(ctx context.Context, server Server) ([]Pin, error) {
	const published = "WHERE server = ? AND state NOT IN ('publishing', 'sent') ORDER BY published, id"
	pins, err := collect(ctx, s.read, s.scanPin, pinColumns+published, server)
	return pins, s.explain("read pins in", err)
}

// AllPins goes over the published pins of all servers that the bot is in. It ends with an error, if any. What is changed
// meanwhile may be met or not; compare versions by SavePin.
func (s *Store) AllPins(ctx context.Context) iter.Seq2[Pin, error] {
	return func(yield func(Pin, error) bool) {
		const question = "SELECT DISTINCT server FROM pins WHERE server NOT IN (SELECT server FROM servers WHERE removed IS NOT NULL)"
		servers, err := collect(ctx, s.read, scanServer, question)
		if err != nil {
			yield(Pin{}, s.explain("read pins in", err))
			return
		}
		for _, server := range servers {
			pins, err := s.Pins(ctx, server)
			if err != nil {
				yield(Pin{}, err)
				return
			}
			for _, p := range pins {
				if !yield(p, nil) {
					return
				}
			}
		}
	}
}

func scanServer(rows *sql.Rows) (Server, error) {
	var server Server
	err := rows.Scan(&server)
	return server, err
}

// SavePin saves a pin that was read and changed, and puts an entry into its history, unless what is empty. It returns the
// pin with its new version, and is ErrChanged where somebody else has saved it in between. PublishedBy, Published and Nonce
// stay as they were.
func (s *Store) SavePin(ctx context.Context, p Pin, by Member, what string) (Pin, error) {
	if p.State != PinFresh && p.State != PinStale && p.State != PinReview && p.State != PinLost {
		return Pin{}, s.explain("save a pin in", fmt.Errorf("a published pin cannot be %q", p.State))
	}
	err := s.write(ctx, "save a pin in", func(ctx context.Context, tx *sql.Tx) error {
		old, err := one(ctx, tx, s.scanPin, pinColumns+"WHERE server = ? AND id = ?", p.Server, p.ID)
		if err != nil {
			return err
		}
		if old.Version != p.Version || old.Published.IsZero() {
			return ErrChanged
		}
		p.Version, p.PublishedBy, p.Published, p.Begun, p.Nonce = old.Version+1, old.PublishedBy, old.Published, old.Begun, old.Nonce
		sealed, err := s.sealPin(p)
		if err != nil {
			return err
		}
		const statement = "UPDATE pins SET version = ?, channel = ?, message = ?, state = ?, language = ?, edition = ?, as_of = ?, mode = ?, " +
			"model = ?, content = ?, stale_since = ?, card_channel = ?, card_message = ? WHERE server = ? AND id = ?"
		if err := execOne(ctx, tx, statement, p.Version, p.Channel, p.Message, p.State, p.Language, p.Edition, p.AsOf, p.Mode,
			p.Model, sealed, moment(p.StaleSince), p.CardChannel, p.CardMessage, p.Server, p.ID); err != nil {
			return err
		}
		return s.addPinEvent(ctx, tx, p, PinEvent{s.clock(), by, what})
	})
	if err != nil {
		return Pin{}, err
	}
	return p, nil
}

// RemovePin forgets a pin and its history. It is no error where there is none.
func (s *Store) RemovePin(ctx context.Context, server Server, id PinID) error {
	return s.write(ctx, "remove a pin in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM pins WHERE server = ? AND id = ?", server, id)
		return err
	})
}
