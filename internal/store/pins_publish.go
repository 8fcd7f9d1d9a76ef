package store

import (
	"context"
	"database/sql"
	"errors"
)

// BeginPin writes down that a pin is about to be published, before Discord is told anything, and returns it with its ID and
// Nonce:
//
//	BeginPin ──► send the message with the nonce ──► PinSent ──► pin the message ──► PinPublished
//
// A process that dies on the way finds in PendingPins where it was.
func (s *Store) BeginPin(ctx context.Context, p Pin) (Pin, error) {
	if p.Server == "" || p.Channel == "" {
		return Pin{}, s.explain("begin a pin in", ErrNoServer)
	}
	p.ID, p.Nonce, p.Version, p.State, p.Message = PinID(newID()), newID(), 1, PinPublishing, ""
	p.Begun = s.clock()
	sealed, err := s.sealPin(p)
	if err != nil {
		return Pin{}, s.explain("begin a pin in", err)
	}
	err = s.write(ctx, "begin a pin in", func(ctx context.Context, tx *sql.Tx) error {
		const statement = "INSERT INTO pins (server, id, version, channel, message, nonce, state, language, edition, as_of, mode, model, " +
			"content, begun, card_channel, card_message) VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')"
		_, err := tx.ExecContext(ctx, statement, p.Server, p.ID, p.Version, p.Channel, p.Nonce, p.State, p.Language, p.Edition, p.AsOf,
			p.Mode, p.Model, sealed, moment(p.Begun))
		return err
	})
	if err != nil {
		return Pin{}, err
	}
	return p, nil
}

// PinSent notes the message of a pin that is being published. It may be called again.
func (s *Store) PinSent(ctx context.Context, server Server, id PinID, m Message) error {
	return s.write(ctx, "note the message of a pin in", func(ctx context.Context, tx *sql.Tx) error {
		return execOne(ctx, tx, "UPDATE pins SET message = ?, state = 'sent', version = version + 1 "+
			"WHERE server = ? AND id = ? AND state IN ('publishing', 'sent')", m, server, id)
	})
}

// PinPublished notes that the message is pinned, and begins the history of the pin. It may be called again.
func (s *Store) PinPublished(ctx context.Context, server Server, id PinID) (Pin, error) {
	var p Pin
	err := s.write(ctx, "note a pin in", func(ctx context.Context, tx *sql.Tx) (err error) {
		if p, err = one(ctx, tx, s.scanPin, pinColumns+"WHERE server = ? AND id = ?", server, id); err != nil {
			return err
		}
		switch p.State {
		case PinPublishing:
			return errors.New("its message is not known: PinSent comes first")
		case PinSent:
		default:
			return nil
		}
		p.State, p.Published, p.Version = PinFresh, s.clock(), p.Version+1
		if err := execOne(ctx, tx, "UPDATE pins SET state = ?, published = ?, version = ? WHERE server = ? AND id = ?",
			p.State, moment(p.Published), p.Version, server, id); err != nil {
			return err
		}
		return s.addPinEvent(ctx, tx, p, PinEvent{p.Published, p.PublishedBy, "published"})
	})
	if err != nil {
		return Pin{}, err
	}
	return p, nil
}

// AbandonPin forgets a pin that could not be published. One that was published stays.
func (s *Store) AbandonPin(ctx context.Context, server Server, id PinID) error {
	return s.write(ctx, "abandon a pin in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM pins WHERE server = ? AND id = ? AND state IN ('publishing', 'sent')", server, id)
		return err
	})
}

// PendingPins returns the pins of all servers that are being published, oldest first: those whose process died, when asked
// at the start.
func (s *Store) PendingPins(ctx context.Context) ([]Pin, error) {
	pins, err := collect(ctx, s.read, s.scanPin, pinColumns+"WHERE state IN ('publishing', 'sent') ORDER BY begun, id")
	return pins, s.explain("read pins in", err)
}

// historyKept is how many entries a pin's history has.
const historyKept = 200

// addPinEvent adds an entry to the history of a pin, and drops the oldest where they are too many.
func (s *Store) addPinEvent(ctx context.Context, tx *sql.Tx, p Pin, e PinEvent) error {
	if e.What == "" {
		return nil
	}
	sealed, err := s.sealJSON(place{"pin_history", p.Server, string(p.ID)}, e)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO pin_history (server, pin, at, event) VALUES (?, ?, ?, ?)",
		p.Server, p.ID, moment(e.At), sealed); err != nil {
		return err
	}
	const statement = "DELETE FROM pin_history WHERE server = ?1 AND pin = ?2 AND n <= " +
		"(SELECT n FROM pin_history WHERE server = ?1 AND pin = ?2 ORDER BY n DESC LIMIT 1 OFFSET ?3)"
	_, err = tx.ExecContext(ctx, statement, p.Server, p.ID, historyKept)
	return err
}

// PinHistory returns what was done with a pin, oldest first, the last 200 entries.
func (s *Store) PinHistory(ctx context.Context, server Server, id PinID) ([]PinEvent, error) {
	events, err := collect(ctx, s.read, func(rows *sql.Rows) (PinEvent, error) {
		var sealed []byte
		if err := rows.Scan(&sealed); err != nil {
			return PinEvent{}, err
		}
		var e PinEvent
		err := s.openJSON(place{"pin_history", server, string(id)}, sealed, &e)
		return e, err
	}, "SELECT event FROM pin_history WHERE server = ? AND pin = ? ORDER BY n", server, id)
	return events, s.explain("read the history of a pin in", err)
}
