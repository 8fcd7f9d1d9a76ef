package bot

import (
	"time"

	"amur/rag"
)

// Event is something worth counting. It names no person, server or text, but for Answer, which is to be read and not kept.
type Event struct {
	Kind     string // "interaction", "mention", "answer", "check", "refusal" (before anything was looked up), "report" or "pin"
	Command  string // of an interaction: the command's key or the action's verb
	Outcome  string // "answered", "refused", "failed", "limited", …
	Mode     string // of a pin: "quotes" or "model"
	Language string
	Took     time.Duration
	Answer   *rag.Answer // of an answer
}
