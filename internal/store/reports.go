package store

import "time"

// FeedbackKept is how long votes and reports are kept.
const FeedbackKept = 90 * 24 * time.Hour

// Report is what a member says about an answer.
type Report struct {
	Server Server
	Answer AnswerID
	Kind   string // wrong, unsupported, outdated, one-sided, offensive, unanswered, …: the caller's words
	By     Member // kept as a hash
	Text   string // sealed; may be empty
}

// CardState is what moderators have made of a card.
type CardState string

// The states of a card.
const (
	CardOpen      CardState = "open"
	CardHandled   CardState = "handled"
	CardDismissed CardState = "dismissed"
)

// Card stands for all equal reports, those of one kind about one answer.
type Card struct {
	ID       CardID
	Server   Server
	Answer   AnswerID
	Kind     string
	Members  int // how many have reported
	Texts    []string
	State    CardState
	ClosedBy Member // sealed
	Channel  Channel
	Message  Message // empty until the card was posted
	Created  time.Time
}

// Votes are the votes on an answer, one a member.
type Votes struct{ Helpful, NotHelpful int }
