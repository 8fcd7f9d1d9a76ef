package rag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

const (
	// cutAhead is how many letters must follow a sentence before it is cut off: what looks like an end may be an
	// abbreviation, a decimal, or stand before the marks of its citations.
	cutAhead = 12
	// longestDraft is from how many bytes on something without an end is cut all the same: a model that runs on must not
	// fill the memory.
	longestDraft = 2000
)

// sentenceStream cuts streamed text into sentences, each given out once it is certain to be whole. Where the pieces of the
// stream begin and end makes no difference.
type sentenceStream struct {
	forms   claimForms
	begun   bool
	leads   bool // marks stand in front of their sentences
	pending []byte
	ahead   int // letters since what may be an end; -1 when there is none
}

func newSentenceStream(f claimForms) *sentenceStream { return &sentenceStream{forms: f, ahead: -1} }

// add takes the next piece and returns the sentences that are whole.
func (s *sentenceStream) add(piece string) []string {
	var out []string
	for _, r := range piece {
		s.pending = utf8.AppendRune(s.pending, r)
		switch {
		case r == '\n' || strings.ContainsRune(sentenceEnds, r):
			s.ahead = 0
		case s.ahead >= 0 && !unicode.IsSpace(r):
			s.ahead++
		}
		if s.ahead == cutAhead || r == '\n' || len(s.pending) >= longestDraft {
			out = append(out, s.cut(len(s.pending) >= longestDraft)...)
		}
	}
	return out
}

// rest returns what is left when the stream has ended.
func (s *sentenceStream) rest() []string { return s.cut(true) }

const sentenceEnds = ".!?…。！？；"

// cut takes the whole sentences off; all takes the last one too.
func (s *sentenceStream) cut(all bool) []string {
	pending := string(s.pending)
	if !s.begun && strings.TrimSpace(pending) != "" {
		s.begun, s.leads = true, s.forms.leadingMarks(strings.TrimSpace(pending)) > 0
	}
	spans := s.joinMarks(pending, text.Sentences(pending))
	whole := spans
	if !all && len(spans) > 0 {
		whole = spans[:len(spans)-1]
	}
	var out []string
	for _, span := range whole {
		out = append(out, span.In(pending))
	}
	switch {
	case all:
		s.pending = s.pending[:0]
	case len(whole) > 0:
		s.pending = append(s.pending[:0], pending[spans[len(spans)-1].Start:]...)
	}
	s.ahead = -1
	return out
}

// joinMarks gives the marks at the start of a sentence to the one before it, and ends a sentence behind marks that follow its
// stop, whatever comes next: nothing may hide behind what was cited. In a reply that begins with a mark, marks belong to
// what follows them.
func (s *sentenceStream) joinMarks(pending string, spans []text.Span) []text.Span {
	var out []text.Span
	for _, span := range spans {
		if len(out) > 0 && !s.leads {
			if lead := s.forms.leadingMarks(span.In(pending)); lead > 0 {
				out[len(out)-1].End = span.Start + lead
				span.Start = skipSpaces(pending, span.Start+lead, span.End)
			}
		}
		if end, ok := s.ending(span.In(pending)); ok {
			out = append(out, text.Span{Start: span.Start, End: span.Start + end})
			rest := text.Span{Start: skipSpaces(pending, span.Start+end, span.End), End: span.End}
			out = append(out, s.joinMarks(pending, []text.Span{rest})...)
			continue
		}
		if span.Start < span.End {
			out = append(out, span)
		}
	}
	return out
}

// ending is where a stop with marks ends a sentence in the middle of s.
func (s *sentenceStream) ending(sentence string) (int, bool) {
	for _, m := range s.forms.ended.FindAllStringSubmatchIndex(sentence, -1) {
		end := m[1]
		if s.leads {
			end = m[2] // where the marks begin
		}
		if m[0] > 0 && end < len(sentence) {
			return end, true
		}
	}
	return 0, false
}

func skipSpaces(s string, at, end int) int {
	for at < end && (s[at] == ' ' || s[at] == '\n') {
		at++
	}
	return at
}

func hasWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
