package bot

import (
	"context"
	"sync"
	"time"

	"amur/bot/discord"
)

// audienceHolds is how long it is remembered who can read a channel.
const audienceHolds = 10 * time.Minute

// audience remembers which channels all members of their servers can read.
type audience struct {
	mu    sync.Mutex
	known map[discord.ChannelID]seenBy
}

type seenBy struct {
	all   bool
	until time.Time
}

func newAudience() *audience { return &audience{known: map[discord.ChannelID]seenBy{}} }

func (a *audience) recall(id discord.ChannelID, now time.Time) (all, known bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	s, known := a.known[id]
	return s.all, known && s.until.After(now)
}

func (a *audience) remember(id discord.ChannelID, all bool, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for id, s := range a.known {
		if !s.until.After(now) {
			delete(a.known, id)
		}
	}
	a.known[id] = seenBy{all, now.Add(audienceHolds)}
}

// readByAll reports whether all members of a server can read a channel, so that what is asked there may be shown elsewhere in the
// server. Where Discord does not tell, it may not.
func (b *Bot) readByAll(ctx context.Context, guild discord.GuildID, channel discord.Channel) bool {
	if channel.Type == discord.PrivateThread {
		return false
	}
	id := channel.ID
	if channel.Parent != "" && channel.Type.IsThread() {
		id = channel.Parent
	}
	if all, known := b.audience.recall(id, b.now()); known {
		return all
	}
	g, err := b.discord.Guild(ctx, guild)
	if err != nil {
		return false
	}
	c, err := b.discord.Channel(ctx, id)
	if err != nil {
		return false
	}
	all := discord.ChannelPermissions(g, discord.Member{}, c, discord.Channel{}).Has(discord.ViewChannel)
	b.audience.remember(id, all, b.now())
	return all
}
