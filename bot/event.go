package bot

import "time"

// Event is something worth counting. It names no person, server or text.
type Event struct {
	Kind     string // "interaction", "answer", "check", "report", "pin", "mention"
	Command  string // of an interaction: the command's key or the action's verb
	Outcome  string // "answered", "refused", "failed", "limited", …
	Mode     string // of an answer: "quotes" or "model"
	Language string
	Took     time.Duration
	Kept     int // claims of a model that the check let pass
	Dropped  int // claims that it took out
}
