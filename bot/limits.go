package bot

import "time"

// Operator is who runs the bot; shown in /help and /privacy.
type Operator struct{ Name, Contact, TermsURL string }

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

// Limits keep the bot's manners. Zero fields stand for the defaults.
type Limits struct {
	Workers         int           // questions that are looked up at once
	Queue           int           // questions that may wait
	PublicPerMinute int           // public answers in a channel
	EditEvery       time.Duration // the least time between two edits of a message that is being written
	Patience        time.Duration // how long a reply may take before the asker is told that it is being made
}

func (l Limits) orDefault() Limits {
	def := Limits{Workers: 8, Queue: 400, PublicPerMinute: 4, EditEvery: 1200 * time.Millisecond, Patience: 1500 * time.Millisecond}
	if l.Workers == 0 {
		l.Workers = def.Workers
	}
	if l.Queue == 0 {
		l.Queue = def.Queue
	}
	if l.PublicPerMinute == 0 {
		l.PublicPerMinute = def.PublicPerMinute
	}
	if l.EditEvery == 0 {
		l.EditEvery = def.EditEvery
	}
	if l.Patience == 0 {
		l.Patience = def.Patience
	}
	return l
}
