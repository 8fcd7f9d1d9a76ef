package bot

import (
	"context"

	"amur/internal/store"
	"amur/knowledge"
)

// What tests of pins see.

// CompareLines compares the lines of a pin with documents; before may be nil.
func CompareLines(base, before *knowledge.Base, lines []store.PinLine, hidden map[string]bool) []store.PinLine {
	return compareWith(base, before).lines(lines, hidden)
}

// Beside notes in the citations of lines what else their sections have.
func Beside(base *knowledge.Base, lines []store.PinLine) []store.PinLine { return beside(base, lines) }

// CitePassage cites a passage from end to end.
func CitePassage(p knowledge.Passage) store.PinCite { return wholly(p) }

// ReadAccount returns what has become of the first citation of a line, and the hash of what stands in its place.
func ReadAccount(account string) (what, heir string) {
	s := readShifts(account).of(0)
	return s.what, s.heir
}

// SaidIn reads the sentences of the text of an answer.
func SaidIn(text string, cites []store.PinCite) []store.PinLine { return said([]string{text}, cites) }

// WithoutMarks drops the numbers of sources from a line.
func WithoutMarks(row string) string { return withoutMarks(row) }

func (b *Bot) TendPins(ctx context.Context) error   { return b.tendPins(ctx) }
func (b *Bot) ResumePins(ctx context.Context) error { return b.resumePins(ctx) }

func (b *Bot) PassagesChanged(ctx context.Context, server store.Server, hashes []string, why string) error {
	return b.passagesChanged(ctx, server, hashes, why)
}
