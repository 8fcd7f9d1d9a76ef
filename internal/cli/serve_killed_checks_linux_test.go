package cli_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"

	"amur/internal/discordtest"
	"amur/internal/store"
)

const terminate = syscall.SIGTERM

// inspect looks at the state and at the channels after a death: whether all that was told is so, and whether anything is half.
// settled tells that what earlier processes had begun was finished in this life.
func (c *crew) inspect(kill int, settled bool) {
	c.t.Helper()
	s := c.opened(c.t)
	defer closed(c.t, s)
	ctx := c.t.Context()
	for _, assurance := range c.told {
		if err := assurance.holds(ctx, s); err != nil {
			c.t.Errorf("kill %d: %s was told to be %s: %v\n%s", kill, assurance.of, assurance.what, err, c.life.log)
		}
	}
	c.told = nil
	if err := errors.Join(c.pinsAreWhole(ctx, s), c.settingsAreWhole(ctx, s), c.cardsAreWhole(ctx, s)); err != nil {
		c.t.Errorf("kill %d: %v\n%s", kill, err, c.life.log)
	}
}

// posted are the messages of the bot in a channel that everyone sees; the notices of Discord are not among them.
func (c *crew) posted(channel discordtest.ID) []discordtest.Message {
	const pinNotice = 6
	return slices.DeleteFunc(c.fake.Messages(channel), func(m discordtest.Message) bool {
		return m.Viewer != "" || m.Author.ID != c.fake.BotID() || m.Type == pinNotice
	})
}

// isSettled reports whether all that is posted in the rooms is pinned: nothing else is posted there.
func (c *crew) isSettled() bool {
	for _, room := range c.rooms {
		for _, m := range c.posted(room) {
			if !m.Pinned {
				return false
			}
		}
	}
	return true
}

// isPinned holds that a pin was published exactly once.
func (c *crew) isPinned(ctx context.Context, s *store.Store, u unpublished) error {
	pins, err := s.Pins(ctx, c.server())
	if err != nil {
		return err
	}
	pins = slices.DeleteFunc(pins, func(p store.Pin) bool { return p.Topic != u.name })
	messages := slices.DeleteFunc(c.posted(u.room), func(m discordtest.Message) bool { return !strings.Contains(m.Content, u.name) })
	switch {
	case len(pins) != 1 || len(messages) != 1:
		return fmt.Errorf("%d records and %d messages", len(pins), len(messages))
	case pins[0].Message != store.Message(messages[0].ID):
		return fmt.Errorf("the record names message %s, it is %s", pins[0].Message, messages[0].ID)
	case !messages[0].Pinned:
		return errors.New("its message is not pinned")
	}
	return nil
}

func (c *crew) isAnswerPinned(ctx context.Context, s *store.Store, message discordtest.ID) error {
	p, err := s.PinByMessage(ctx, c.server(), store.Message(message))
	if err != nil {
		return err
	}
	m, ok := c.fake.Message(c.ask, message)
	if !ok || !m.Pinned || p.State != store.PinFresh {
		return fmt.Errorf("the record is %s, the message there: %t, pinned: %t", p.State, ok, m.Pinned)
	}
	return nil
}

// pinsAreWhole compares what is kept of pins with what is posted.
func (c *crew) pinsAreWhole(ctx context.Context, s *store.Store) error {
	pins, err := s.Pins(ctx, c.server())
	if err != nil {
		return err
	}
	pending, err := s.PendingPins(ctx)
	if err != nil {
		return err
	}
	var failed []error
	known := map[store.Message]bool{}
	begun := map[string]int{} // topics whose message may be there without being known
	for _, p := range append(pins, pending...) {
		if p.Message == "" {
			begun[p.Topic]++
			continue
		}
		if known[p.Message] {
			failed = append(failed, fmt.Errorf("two pins of message %s", p.Message))
		}
		known[p.Message] = true
		m, ok := c.fake.Message(discordtest.ID(p.Channel), discordtest.ID(p.Message))
		history, err := s.PinHistory(ctx, c.server(), p.ID)
		want := 1
		if p.State == store.PinSent {
			want = 0
		}
		if err != nil || !ok || p.State == store.PinFresh && !m.Pinned || len(history) != want {
			failed = append(failed, fmt.Errorf("pin %q is %s, its message there: %t, pinned: %t, history %v, lines %+v, %w",
				p.Topic, p.State, ok, m.Pinned, history, p.Lines, err))
		}
	}
	for _, room := range c.rooms {
		for _, m := range c.posted(room) {
			if known[store.Message(m.ID)] {
				continue
			}
			topic := topicOf(m.Content, begun)
			if begun[topic]--; begun[topic] < 0 {
				failed = append(failed, fmt.Errorf("nothing is known of the message %q", m.Content))
			}
		}
	}
	return errors.Join(failed...)
}

func topicOf(content string, topics map[string]int) string {
	for topic := range topics {
		if strings.Contains(content, topic) {
			return topic
		}
	}
	return ""
}

func (c *crew) isSet(ctx context.Context, s *store.Store, n int) error {
	got, err := s.Settings(ctx, c.server())
	if err == nil && got.DailyPerMember < baseLimit+n {
		err = fmt.Errorf("the limit is %d", got.DailyPerMember)
	}
	return err
}

func (c *crew) settingsAreWhole(ctx context.Context, s *store.Store) error {
	got, err := s.Settings(ctx, c.server())
	if err != nil {
		return err
	}
	if got.DailyPerMember > baseLimit+c.highest || got.DailyPerServer != 2*got.DailyPerMember ||
		got.Preset != store.PresetOpen || got.LogChannel != store.Channel(c.log) {
		return fmt.Errorf("settings %+v", got)
	}
	return nil
}

// fate is what has become of a note.
type fate int

const (
	proposed fate = iota // or decided since
	approved
	rejected
)

func (c *crew) isNoted(ctx context.Context, s *store.Store, name string, wanted fate) error {
	notes, err := s.Notes(ctx, c.server())
	if err != nil {
		return err
	}
	notes = slices.DeleteFunc(notes, func(n store.Note) bool { return !strings.HasPrefix(n.Text, name) })
	switch {
	case wanted == rejected && len(notes) == 0:
	case wanted == rejected:
		return errors.New("it is there")
	case len(notes) > 1:
		return fmt.Errorf("it is there %d times", len(notes))
	case len(notes) == 0 && (wanted == approved || !c.wasRejected(name)):
		return errors.New("it is not there")
	case wanted == approved && !notes[0].IsApproved():
		return errors.New("it is a proposal")
	}
	return nil
}

// wasRejected reports whether somebody has pressed Reject on a note, told of the end of it or not.
func (c *crew) wasRejected(name string) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.rejecting[name]
}

// cardsAreWhole holds that there is one card a note, and one a report.
func (c *crew) cardsAreWhole(ctx context.Context, s *store.Store) error {
	seen := map[string]int{}
	for _, m := range c.posted(c.log) {
		for _, verb := range []string{"note-approve", "card-dismiss"} {
			if id := pressable(m, verb); id != "" {
				seen[id]++
			}
		}
	}
	for id, n := range seen {
		if n > 1 {
			return fmt.Errorf("%d cards with %s", n, id)
		}
	}
	notes, err := s.Notes(ctx, c.server())
	if err != nil {
		return err
	}
	for _, n := range notes {
		if m, ok := c.fake.Message(c.log, discordtest.ID(n.CardMessage)); n.CardMessage != "" && (!ok || !strings.Contains(m.Content, n.Text)) {
			return fmt.Errorf("the card of note %q is not there", n.Text)
		}
	}
	return nil
}

func (c *crew) isCounted(ctx context.Context, s *store.Store, id store.AnswerID, b *ballots) error {
	got, err := s.Votes(ctx, c.server(), id)
	if err == nil && (got.Helpful < b.counted || got.Helpful > b.cast || got.NotHelpful > 0) {
		err = fmt.Errorf("%+v, with %d cast and %d counted", got, b.cast, b.counted)
	}
	return err
}

func (c *crew) isReported(ctx context.Context, s *store.Store, id store.AnswerID) error {
	cards, err := s.Cards(ctx, c.server())
	if err != nil {
		return err
	}
	if n := slices.IndexFunc(cards, func(card store.Card) bool { return card.Answer == id }); n < 0 || cards[n].Members != 1 {
		return errors.New("there is no card of one member")
	}
	return nil
}
