package discord

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Intents of the bot: guilds, messages in guilds and direct messages. None of them is privileged
// (https://docs.discord.com/developers/events/gateway#gateway-intents).
const Intents = 1<<0 | 1<<9 | 1<<12

// Options say how to reach Discord. Only Token is needed.
type Options struct {
	Token   string
	API     string       // "" is https://discord.com/api/v10
	HTTP    *http.Client // nil is one with timeouts; the TLS settings of its *http.Transport count for the gateway, too
	Intents int          // 0 is Intents
	Shards  int          // 0 is what Discord recommends
	Website string       // for the User-Agent that Discord demands; "" is a placeholder
	Version string       // for the User-Agent
	Log     *slog.Logger // nil discards
	// Identifies remembers when Identify was sent; nil remembers in memory alone, so that restarts are not counted.
	Identifies IdentifyLog
	Now        func() time.Time // nil is time.Now
	// Workers is how many handlers of interactions run at once, and as many of all else; 0 is 256. Events beyond wait in order, up to 16,384
	// of each. It has to be more than what handlers let wait, or those who ask for something quick get no reply in time.
	Workers int
	Timing  Timing
}

// IdentifyLog remembers when Identify was sent, over restarts: Discord resets the token of a bot that identifies more than
// 1000 times in 24 hours. Both methods are called from several goroutines.
type IdentifyLog interface {
	// Add notes an Identify sent at a time. An error keeps the bot from identifying.
	Add(ctx context.Context, at time.Time) error
	// Since counts the Identifies at or after a time.
	Since(ctx context.Context, start time.Time) (int, error)
}

// Timing holds the durations of the gateway; zero fields mean the defaults named beside them.
type Timing struct {
	Hello       time.Duration // 15 s: how long to wait for Hello
	Ready       time.Duration // 30 s: how long Open may take from Hello to READY or RESUMED
	Silence     time.Duration // 15 s: beyond two heartbeat intervals without any packet, the connection is given up
	Backoff     time.Duration // 1 s: the first pause before connecting again; doubled each time, with jitter
	BackoffMax  time.Duration // 2 min
	Identify    time.Duration // 5.5 s: between Identifies; Discord wants 5 s, as it sees them arrive
	ParkedEvery time.Duration // 10 min: between log lines of a parked process
}
