package bot_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"amur/bot"
	"amur/bot/discord"
	"amur/internal/store"
	"amur/rag"
	"amur/rag/verify"
)

// board is a Discord in memory: channels with messages, some of them pinned, and replies to interactions.
type board struct {
	mu       sync.Mutex
	messages []discord.Message // in all channels, in order
	nonces   map[string]discord.MessageID
	pins     map[discord.ChannelID][]discord.MessageID // newest first
	gone     map[discord.ChannelID]bool
	limit    int // pins a channel holds
	bodies   map[discord.MessageID]discord.Body
	replies  map[discord.InteractionID]discord.Response
	edits    int

	// fail is asked before ("Send") and after ("Send done") each change; an error from before prevents it, one from after loses
	// only the answer, as when the process is killed.
	fail func(call string) error
}

var _ bot.Platform = (*board)(nil)

func newBoard() *board {
	return &board{
		nonces: map[string]discord.MessageID{}, pins: map[discord.ChannelID][]discord.MessageID{}, gone: map[discord.ChannelID]bool{},
		limit: 250, bodies: map[discord.MessageID]discord.Body{}, replies: map[discord.InteractionID]discord.Response{},
	}
}

func (b *board) failing(call string) error {
	if b.fail == nil {
		return nil
	}
	return b.fail(call)
}

func refusal(code int) error { return &discord.Error{Status: 403, Code: code, Route: "test"} }

func (b *board) open(channel discord.ChannelID) error {
	if b.gone[channel] {
		return refusal(10003)
	}
	return nil
}

func (b *board) Application() discord.Application {
	return discord.Application{ID: "1", User: discord.User{ID: "1", Name: "amur", Bot: true}}
}

func (b *board) Respond(_ context.Context, in discord.Interaction, r discord.Response) (discord.MessageID, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, twice := b.replies[in.ID]; twice {
		return "", discord.ErrAcknowledged
	}
	b.replies[in.ID] = r
	if r.Kind == discord.RespondUpdate && in.Message != nil {
		b.change(in.Message.ID, r.Body)
	}
	return "reply", nil
}

func (b *board) EditReply(_ context.Context, in discord.Interaction, body discord.Body) (discord.Message, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.replies[in.ID] = discord.Response{Kind: discord.RespondMessage, Body: body}
	return discord.Message{ID: "reply"}, nil
}

func (b *board) DeleteReply(context.Context, discord.Interaction) error { return nil }

func (b *board) FollowUp(context.Context, discord.Interaction, discord.Body) (discord.Message, error) {
	return discord.Message{ID: "follow-up"}, nil
}

func (b *board) EditFollowUp(context.Context, discord.Interaction, discord.MessageID, discord.Body) (discord.Message, error) {
	return discord.Message{ID: "follow-up"}, nil
}

func (b *board) Send(_ context.Context, channel discord.ChannelID, body discord.Body) (discord.Message, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.failing("Send"); err != nil {
		return discord.Message{}, err
	}
	if err := b.open(channel); err != nil {
		return discord.Message{}, err
	}
	if len([]rune(body.Content)) > 2000 || len(body.Nonce) > 25 {
		return discord.Message{}, fmt.Errorf("%w: %d code points", discord.ErrInvalid, len([]rune(body.Content)))
	}
	id, sent := b.nonces[body.Nonce]
	if body.Nonce == "" || !sent {
		id = discord.MessageID(fmt.Sprintf("m%d", len(b.nonces)+len(b.bodies)+1))
		if body.Nonce != "" {
			b.nonces[body.Nonce] = id
		}
		b.bodies[id] = body
		b.messages = append(b.messages, discord.Message{
			ID: id, Channel: channel, Guild: "g", Author: discord.User{ID: "1", Bot: true}, Content: body.Content,
		})
	}
	return *b.find(id), b.failing("Send done")
}

func (b *board) find(id discord.MessageID) *discord.Message {
	at := slices.IndexFunc(b.messages, func(m discord.Message) bool { return m.ID == id })
	if at < 0 {
		return nil
	}
	return &b.messages[at]
}

func (b *board) change(id discord.MessageID, body discord.Body) {
	if m := b.find(id); m != nil {
		m.Content = body.Content
		b.bodies[id] = body
	}
}

// here finds a message for a call that needs it.
func (b *board) here(call string, channel discord.ChannelID, id discord.MessageID) (*discord.Message, error) {
	if err := b.failing(call); err != nil {
		return nil, err
	}
	if err := b.open(channel); err != nil {
		return nil, err
	}
	m := b.find(id)
	if m == nil || m.Channel != channel {
		return nil, refusal(10008)
	}
	return m, nil
}

func (b *board) Edit(_ context.Context, channel discord.ChannelID, id discord.MessageID, body discord.Body) (discord.Message, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m, err := b.here("Edit", channel, id)
	if err != nil {
		return discord.Message{}, err
	}
	b.edits++
	b.change(id, body)
	return *m, b.failing("Edit done")
}

func (b *board) Delete(_ context.Context, channel discord.ChannelID, id discord.MessageID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, err := b.here("Delete", channel, id); err != nil {
		return err
	}
	b.messages = slices.DeleteFunc(b.messages, func(m discord.Message) bool { return m.ID == id })
	b.pins[channel] = slices.DeleteFunc(b.pins[channel], func(m discord.MessageID) bool { return m == id })
	return nil
}

func (b *board) Get(_ context.Context, channel discord.ChannelID, id discord.MessageID) (discord.Message, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m, err := b.here("Get", channel, id)
	if err != nil {
		return discord.Message{}, err
	}
	return *m, nil
}

func (b *board) React(context.Context, discord.ChannelID, discord.MessageID, string) error {
	return nil
}

func (b *board) Unreact(context.Context, discord.ChannelID, discord.MessageID, string) error {
	return nil
}
func (b *board) Typing(context.Context, discord.ChannelID) error { return nil }

func (b *board) Pins(_ context.Context, channel discord.ChannelID) ([]discord.Pinned, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.failing("Pins"); err != nil {
		return nil, err
	}
	if err := b.open(channel); err != nil {
		return nil, err
	}
	var out []discord.Pinned
	for _, id := range b.pins[channel] {
		out = append(out, discord.Pinned{Message: *b.find(id)})
	}
	return out, nil
}

func (b *board) Pin(_ context.Context, channel discord.ChannelID, id discord.MessageID, _ string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	m, err := b.here("Pin", channel, id)
	switch {
	case err != nil:
		return err
	case m.Pinned:
		return nil
	case len(b.pins[channel]) >= b.limit:
		return &discord.Error{Status: 400, Code: 30003, Route: "test"}
	}
	m.Pinned = true
	b.pins[channel] = slices.Insert(b.pins[channel], 0, id)
	return b.failing("Pin done")
}

func (b *board) Unpin(_ context.Context, channel discord.ChannelID, id discord.MessageID, _ string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	m, err := b.here("Unpin", channel, id)
	if err != nil {
		return err
	}
	m.Pinned = false
	b.pins[channel] = slices.DeleteFunc(b.pins[channel], func(m discord.MessageID) bool { return m == id })
	return nil
}

func (b *board) Channel(_ context.Context, id discord.ChannelID) (discord.Channel, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.open(id); err != nil {
		return discord.Channel{}, err
	}
	out := discord.Channel{ID: id, Guild: "g", Type: discord.GuildText}
	if strings.HasPrefix(string(id), "secret") {
		out.Overwrites = []discord.Overwrite{{ID: "g", Deny: discord.ViewChannel}}
	}
	return out, nil
}

func (b *board) Guild(_ context.Context, id discord.GuildID) (discord.Guild, error) {
	return discord.Guild{ID: id, Owner: "owner", Locale: "en-US", Roles: []discord.Role{
		{ID: discord.RoleID(id), Permissions: discord.ViewChannel | discord.ReadMessageHistory},
	}}, nil
}

func (b *board) Member(context.Context, discord.GuildID, discord.UserID) (discord.Member, error) {
	return discord.Member{}, nil
}

func (b *board) Sync(context.Context, []discord.Command) ([]discord.RegisteredCommand, bool, error) {
	return nil, false, nil
}

// in returns the messages of a channel.
func (b *board) in(channel discord.ChannelID) []discord.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(b.messages), func(m discord.Message) bool { return m.Channel != channel })
}

// last is the last message of a channel with what it was made of.
func (b *board) last(t testing.TB, channel discord.ChannelID) (discord.Message, discord.Body) {
	t.Helper()
	all := b.in(channel)
	if len(all) == 0 {
		t.Fatalf("nothing is in %s", channel)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	m := all[len(all)-1]
	return m, b.bodies[m.ID]
}

// desk is a bot with its board and a moderator who works with it.
type desk struct {
	bot    *bot.Bot
	board  *board
	store  *store.Store
	clock  *deskClock
	n      int
	locale string

	answerer *rag.Answerer
	claims   *verify.Checker
}

type deskClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *deskClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *deskClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
