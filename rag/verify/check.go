package verify

import (
	"context"
	"fmt"

	"amur/internal/text"
)

// Options are what a Checker works with.
type Options struct {
}

// Checker checks claims. It is safe for concurrent use.
type Checker struct {
	parser  *parser
	clashes *clashes
}

// New makes a checker. Errors are those of the data that it brings with it.
func New(Options) (*Checker, error) {
	c, err := newClashes()
	if err != nil {
		return nil, fmt.Errorf("clashes: %w", err)
	}
	return &Checker{parser: &parser{namer: &namer{}}, clashes: c}, nil
}

// Check says whether passages carry a claim. Errors are those of the embedder and of ctx.
func (c *Checker) Check(ctx context.Context, claim Claim, evidence []Evidence) (Verdict, error) {
	if err := ctx.Err(); err != nil {
		return Verdict{}, err
	}
	said := c.parser.parse(claim.Text, claim.Lang)
	passages := make([]*sentence, len(evidence))
	headings := make([]*sentence, len(evidence))
	for i, e := range evidence {
		passages[i] = c.parser.parse(e.Text, e.Lang)
		headings[i] = c.parser.parse(e.Heading, e.Lang)
	}
	cover := newCover(said, passages, headings)
	v := Verdict{Support: cover.support(), Spans: make([]text.Span, len(evidence))}
	if v.Reason = c.reason(said, passages, headings, cover); v.Reason != (Reason{}) {
		return v, nil
	}
	v.OK = true
	for i, e := range evidence {
		v.Spans[i] = text.Span{End: len(clipped(e.Text))}
	}
	return v, nil
}

// reason is why the passages do not carry the claim; zero when they do.
func (c *Checker) reason(claim *sentence, passages, headings []*sentence, cover *cover) Reason {
	if v, missing := missingValue(claim, passages, headings); missing {
		kind := Number
		if isDated(v) {
			kind = Date
		}
		return Reason{kind, v.In(claim.text)}
	}
	if m, missing := c.missingName(claim, passages, headings); missing {
		return Reason{Name, m.In(claim.text)}
	}
	for _, p := range passages {
		if detail, clash := c.clashes.negation(claim, p); clash {
			return Reason{Negation, detail}
		}
		if detail, clash := c.clashes.direction(claim, p); clash {
			return Reason{Direction, detail}
		}
	}
	if cover.support() < enough {
		return Reason{Kind: Support}
	}
	if added, ok := cover.addition(); ok {
		return Reason{Addition, added}
	}
	return Reason{}
}

func (c *Checker) missingName(claim *sentence, passages, headings []*sentence) (mention, bool) {
	for _, m := range claim.names {
		found := false
		for _, s := range append(passages[:len(passages):len(passages)], headings...) {
			for _, n := range s.names {
				found = found || c.parser.namer.same(m, n)
			}
		}
		if !found {
			return m, true
		}
	}
	return mention{}, false
}
