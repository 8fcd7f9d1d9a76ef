// Package bot is amur in Discord: it takes questions, checks and moderators' orders and replies to them.
//
//	discord event ──► dispatch ──► Command or Action ──► func(ctx, Request) (Reply, error) ──► first reply, edits, follow-ups
//	                    │
//	                    └─ defers what is slow, checks rights, times, recovers, logs
//
// The one table of all that the bot can do is in command.go; what its buttons and forms do is in action.go. Each command has
// a file of its own. Nothing of Discord's wire format is known here: see package discord.
package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
)

// Options are what a bot is made of. Discord, Store and Edition are required.
type Options struct {
	Discord Platform
	Store   *store.Store
	Edition *Edition
	Log     *slog.Logger     // nil discards
	Now     func() time.Time // nil stands for time.Now
	Observe func(Event)      // told of everything worth counting; nil for nobody

	Policy  Policy
	Content bool // also log, at debug, what people ask and what is answered
}

// Bot replies to what happens in Discord. It is safe for concurrent use.
type Bot struct {
	discord Platform
	store   *store.Store
	log     *slog.Logger
	now     func() time.Time
	observe func(Event)
	content bool

	phrases  *phrase.Book
	chinese  text.Converter     // from simplified to traditional characters and back
	commands map[string]Command // by the name that Discord sends
	actions  map[string]Action  // by the verb of a custom id
	queue    *queue
	crowd    *crowd
	pinReads *pinReads
	edition  atomic.Pointer[Edition]
	orders   atomic.Pointer[Policy]
	draining atomic.Bool
	ending   chan struct{} // closed when it begins to drain
	open     *open
	recent   *recent
	audience *audience
	present  sync.Map // the servers, by discord.GuildID, that Discord has named since the start
}

// New makes a bot. It does not connect: its Handler is given to discord.Open, and Run does what is due from time to time.
func New(o Options) (*Bot, error) {
	if o.Discord == nil || o.Store == nil || o.Edition == nil {
		return nil, errors.New("bot: Discord, Store and Edition are required")
	}
	phrases, err := phrase.Read()
	if err != nil {
		return nil, err
	}
	b := &Bot{
		discord: o.Discord, store: o.Store, log: o.Log, now: o.Now, observe: o.Observe, content: o.Content,
		phrases: phrases, crowd: newCrowd(), pinReads: newPinReads(), open: newOpen(), ending: make(chan struct{}), recent: newRecent(), audience: newAudience(),
	}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.observe == nil {
		b.observe = func(Event) {}
	}
	b.Obey(o.Policy)
	b.queue = newQueue(b.policy().Limits.Workers, b.policy().Limits.Queue)
	b.edition.Store(o.Edition)
	b.commands = map[string]Command{}
	for _, c := range b.table() {
		b.commands[b.commandName(c)] = c
	}
	b.actions = b.verbs()
	return b, nil
}

// Handler is what the connection to Discord tells of events.
func (b *Bot) Handler() discord.Handler {
	return discord.Handler{
		Interaction:    b.onInteraction,
		Message:        b.onMessage,
		MessageDeleted: b.onMessageDeleted,
		MessageEdited:  b.onMessageEdited,
		PinsChanged:    b.onPinsChanged,
		GuildJoined:    b.onGuildJoined,
		GuildRemoved:   b.onGuildRemoved,
		ChannelDeleted: b.onChannelDeleted,
		Connected:      b.onConnected,
	}
}

// Drain takes no more questions, waits until those that are being answered have their answers, and returns; an error says that ctx
// ended before.
func (b *Bot) Drain(ctx context.Context) error {
	if !b.draining.Swap(true) {
		close(b.ending)
	}
	return b.open.wait(ctx)
}
