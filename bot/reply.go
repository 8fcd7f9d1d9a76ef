package bot

import (
	"context"

	"amur/bot/discord"
)

// Reply is what a command or an action says. Exactly one of Body, Modal and Choices holds for the first reply; none of them
// only acknowledges a pressed button.
type Reply struct {
	Body    discord.Body   // Private decides who sees it and what follows
	More    []discord.Body // follow-ups, as private as Body
	Update  bool           // Body replaces the message that carries the pressed component
	Modal   *discord.Modal
	Choices []discord.Choice

	Outcome string // for logs and metrics: "answered", "refused", "done", …; empty means "done"

	// Then goes on after the first reply was sent, such as filling an answer in as a model words it; nil for nothing. Its
	// context lasts as long as the interaction may be edited.
	Then func(ctx context.Context, sent Sent) error
}

// Sent is a first reply that has been sent.
type Sent struct {
	// Message is its id; empty where none was made.
	Message discord.MessageID
	// Private says that only the asker sees it: as asked for, or because the reply was so late that the asker was told first.
	Private bool
	// Edit changes it.
	Edit func(ctx context.Context, body discord.Body) error
	// FollowUp adds a message, as private as the first.
	FollowUp func(ctx context.Context, body discord.Body) (discord.MessageID, error)
}

// private is a reply of one message that only the asker sees.
func private(content string, components ...discord.Component) Reply {
	return Reply{Body: discord.Body{Content: content, Components: components, Private: true}}
}

// as is the reply with an outcome for logs and metrics.
func (r Reply) as(outcome string) Reply {
	r.Outcome = outcome
	return r
}

// empty reports that there is nothing to show.
func empty(b discord.Body) bool {
	return b.Content == "" && len(b.Components) == 0 && len(b.Files) == 0
}
