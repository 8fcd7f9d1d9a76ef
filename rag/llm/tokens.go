package llm

import (
	"unicode"
	"unicode/utf8"
)

// Tokens estimates how many tokens a text has, for servers that do not count: a rule of thumb by script that errs on
// the high side, because budgets are kept by it. Vocabularies differ; four letters a token is what OpenAI names for
// English ("What are tokens and how to count them"), Cyrillic takes about twice as many, Han about one a character.
func Tokens(s string) int {
	return (quarters(s) + 3) / 4
}

// quarters counts quarter tokens, so that sums over pieces of a text are exact.
func quarters(s string) int {
	n := 0
	for _, r := range s {
		n += weight(r)
	}
	return n
}

// weight is what one character costs, in quarter tokens.
func weight(r rune) int {
	switch {
	case r < utf8.RuneSelf && !unicode.IsDigit(r):
		return 1
	case unicode.IsDigit(r), unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Latin):
		return 2
	default:
		return 4
	}
}

// messageTokens is what the frame around each message takes: its role and its delimiters.
const messageTokens = 4

func inputTokens(messages []Message) int {
	n := 0
	for _, m := range messages {
		n += Tokens(m.Text) + messageTokens
	}
	return n
}

// meter counts what a server sends and stops it at a limit of its own: not every server keeps to the one it was told.
type meter struct {
	used  int // quarter tokens
	limit int
}

// newMeter allows twice what was asked for, because the estimate may be high and the server's own count is the better.
func newMeter(maxTokens int) meter {
	return meter{limit: 4 * (2*maxTokens + 16)}
}

// take counts a piece and returns what of it is within the limit.
func (m *meter) take(s string) (within string, full bool) {
	for i, r := range s {
		if m.used >= m.limit {
			return s[:i], true
		}
		m.used += weight(r)
	}
	return s, false
}

func (m *meter) tokens() int { return (m.used + 3) / 4 }

// price adds what the tokens cost, where the provider has not said so itself.
func (u Usage) price(p *Price) Usage {
	if !u.Priced && p != nil {
		u.CostUSD = (float64(u.Input)*p.Input + float64(u.Output)*p.Output) / 1e6
		u.Priced = true
	}
	return u
}

// plus adds what attempts before consumed.
func (u Usage) plus(before Usage) Usage {
	if before == (Usage{}) {
		return u
	}
	return Usage{
		Input: u.Input + before.Input, Output: u.Output + before.Output,
		Estimated: u.Estimated || before.Estimated,
		CostUSD:   u.CostUSD + before.CostUSD, Priced: u.Priced && before.Priced,
	}
}
