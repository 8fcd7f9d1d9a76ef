package bot

import (
	"cmp"
	"time"
)

// Policy is what the operator has decided. It can change while the bot runs.
type Policy struct {
	Operator Operator
	Links    Links
	Servers  Servers
	Limits   Limits
	DM       DM
}

// policy is what holds now.
func (b *Bot) policy() *Policy { return b.orders.Load() }

// Obey follows another policy from now on. How many questions are looked up at once and how many wait stays as it was at the start.
func (b *Bot) Obey(p Policy) {
	p.Limits = p.Limits.orDefault()
	b.orders.Store(&p)
}

// Operator is who runs the bot; shown in /help and /privacy.
type Operator struct {
	Name, Contact, TermsURL string
	ModelProvider           string // who runs the language model that words answers; empty for its name
}

// Links say which sources' addresses are shown.
type Links struct {
	Mode string   // all, titles-only or off
	Deny []string // domains whose addresses are never shown
}

// Servers say where the bot works, and what managers cannot pass.
type Servers struct {
	Allow, Deny       []string // guild ids; an empty Allow allows all
	MaxRetentionDays  int
	MaxDailyPerMember int
	MaxDailyPerServer int
	NoModel           bool // no server may have answers worded by the language model
}

// DM says what the bot does in direct messages.
type DM string

// What the bot does in direct messages.
const (
	DMOff    DM = "off"
	DMQuotes DM = "quotes"
	DMFull   DM = "full"
)

// Limits keep the bot's manners. Zero fields of the first and last group stand for the defaults, of the second for no limit.
type Limits struct {
	Workers         int // questions that are looked up at once
	Queue           int // questions that may wait
	PublicPerMinute int // public answers in a channel

	// Where servers start; their managers choose others.
	Cooldown  time.Duration // between two questions of a member
	Wait      time.Duration // on the server before the first question
	PerMember int           // questions in 24 hours
	PerServer int

	EditEvery time.Duration // the least time between two edits of a message that is being written
	// PinsSettle is how long after word of a change the pins of a channel are read.
	PinsSettle time.Duration
	Patience   time.Duration // how long a reply may take before the asker is told that it is being made
	Fleeting   time.Duration // how long a short reply to a mention stays
}

func (l Limits) orDefault() Limits {
	l.Workers = cmp.Or(l.Workers, 8)
	l.Queue = cmp.Or(l.Queue, 200)
	l.PublicPerMinute = cmp.Or(l.PublicPerMinute, 4)
	l.EditEvery = cmp.Or(l.EditEvery, 1200*time.Millisecond)
	l.PinsSettle = cmp.Or(l.PinsSettle, 2*time.Second)
	l.Patience = cmp.Or(l.Patience, 1500*time.Millisecond)
	l.Fleeting = cmp.Or(l.Fleeting, time.Minute)
	return l
}
