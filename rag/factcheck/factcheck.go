// Package factcheck compares what a message claims with the documents. It needs no language model.
//
//	message ──► clean ──► sentences ──► claims ──► search ──► verify ──► Finding with citations
//
// It says what the documents say and how that differs, never that somebody is wrong. Where it is in doubt it says that the documents
// do not have it.
package factcheck

import (
	"context"
	"errors"
	"fmt"

	"amur/internal/text"
	"amur/rag"
	"amur/rag/gazetteer"
	"amur/rag/verify"
)

// Verdict says how a claim compares with the documents.
type Verdict string

// The verdicts.
const (
	Matches    Verdict = "matches"     // the documents say the same
	Differs    Verdict = "differs"     // they have another number, date or name for the same subject, unit and period
	StateMedia Verdict = "state-media" // they say the same, and all who say it are state media
	NotFound   Verdict = "not-found"   // they do not say; this does not mean that it is wrong
)

// Finding is a claim of a message and what the documents have on it.
type Finding struct {
	Sentence  string // of the message, verbatim
	Verdict   Verdict
	Given     string // Differs: the value in the message, as written there
	Documents string // Differs: the value in the documents, as written there
	Period    string // the period that both speak of ("2023"); empty where none is named
	// Citations are verbatim spans of passages: what carries or differs from the claim; for NotFound the nearest passage, if one is near.
	Citations []rag.Citation
}

// Checker takes the claims out of messages and compares each with the documents. It is safe for concurrent use.
type Checker struct {
	answerer  *rag.Answerer
	check     *verify.Checker
	cues      *cues
	forms     forms
	countries *gazetteer.Gazetteer
	newest    string                       // date of the newest passage
	standing  map[text.Lang]map[string]int // how many passages of a language have a value, by its key
}

// New makes a checker over the documents of an answerer. Errors are faults of the build, or of a nil argument.
func New(answerer *rag.Answerer, check *verify.Checker) (*Checker, error) {
	if answerer == nil || check == nil {
		return nil, errors.New("factcheck: an answerer and a checker are needed")
	}
	c := &Checker{answerer: answerer, check: check, forms: newForms(), standing: map[text.Lang]map[string]int{}}
	var err error
	if c.cues, err = newCues(); err != nil {
		return nil, fmt.Errorf("read the lists of cues: %w", err)
	}
	if c.countries, err = gazetteer.New(); err != nil {
		return nil, fmt.Errorf("read the countries: %w", err)
	}
	base := answerer.Index().Base()
	c.newest = base.NewestAsOf()
	for _, p := range base.Passages() {
		if c.standing[p.Lang] == nil {
			c.standing[p.Lang] = map[string]int{}
		}
		for _, v := range values(p.Text, p.Lang) {
			c.standing[p.Lang][v.Key()]++
		}
	}
	return c, nil
}

// Check compares each claim of a message with the documents, in the order of the message; opinions, questions, greetings, commands and
// the words of others give no finding. fallback is the language where the message does not tell. Errors are those of the embedder, of the
// search and of ctx.
func (c *Checker) Check(ctx context.Context, message string, fallback text.Lang) ([]Finding, error) {
	var out []Finding
	var last *carried
	for _, one := range c.claims(message, fallback) {
		if one.next && last != nil && len(c.check.Mentions(one.text, one.lang)) == 0 {
			one.before = last
		}
		f, err := c.compare(ctx, one)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
		last = nil
		if f.Verdict == Matches && one.before == nil {
			last = &carried{one, cited(f)}
		}
	}
	return out, nil
}

// searched is how many passages a claim is compared with.
const searched = 10

// compare finds what the documents have on a claim.
func (c *Checker) compare(ctx context.Context, one claim) (Finding, error) {
	hits, err := c.answerer.Search(ctx, one.searched(), one.asked, searched)
	if err != nil {
		return Finding{}, fmt.Errorf("search for a claim: %w", err)
	}
	read, err := c.read(ctx, one, hits)
	if err != nil {
		return Finding{}, err
	}
	if f, ok := c.matched(one, read); ok {
		return f, nil
	}
	if !c.mayDiffer(one, read) {
		return c.notFound(one, hits), nil
	}
	for _, find := range []func(context.Context, claim, []reading) (Finding, bool, error){c.differing, c.misnamed} {
		if f, ok, err := find(ctx, one, read); err != nil || ok {
			return f, err
		}
	}
	return c.notFound(one, hits), nil
}

// reading is a passage and what the check says of the claim beside it.
type reading struct {
	hit     rag.Hit
	verdict verify.Verdict
	*passage
}

// read checks a claim against each passage by itself.
func (c *Checker) read(ctx context.Context, one claim, hits []rag.Hit) ([]reading, error) {
	out := make([]reading, len(hits))
	for i, h := range hits {
		v, err := c.verify(ctx, one, one.text, h)
		if err != nil {
			return nil, err
		}
		out[i] = reading{h, v, c.passage(h)}
	}
	return out, nil
}

// verify checks the words of a claim, or others in their place, against a passage; with a sentence before them, against those passages too
// that carry that one.
func (c *Checker) verify(ctx context.Context, one claim, words string, h rag.Hit) (verify.Verdict, error) {
	beside := []verify.Evidence{evidence(h)}
	if one.before != nil {
		words = one.before.text + " " + words
		for _, e := range one.before.evidence {
			if e.Text != h.Passage.Text {
				beside = append(beside, e)
			}
		}
	}
	v, err := c.check.Check(ctx, verify.Claim{Text: words, Lang: one.lang}, beside)
	if err != nil {
		return verify.Verdict{}, fmt.Errorf("check a claim: %w", err)
	}
	if v.OK && v.Spans[0].Start == v.Spans[0].End {
		return verify.Verdict{Reason: verify.Reason{Kind: verify.Support}}, nil // the others carry it, not this one
	}
	return v, nil
}

// searched is what is looked for: a claim with what stands before it, if it does not name its subject.
func (one claim) searched() string {
	if one.before == nil {
		return one.text
	}
	return one.before.text + " " + one.text
}

// cited are the citations of a finding as evidence.
func cited(f Finding) []verify.Evidence {
	var out []verify.Evidence
	for _, c := range f.Citations {
		out = append(out, verify.Evidence{Text: c.Quote, Lang: c.Lang, Heading: c.Heading})
	}
	return out
}

func evidence(h rag.Hit) verify.Evidence {
	return verify.Evidence{Text: h.Passage.Text, Lang: h.Passage.Lang, Heading: h.Passage.Heading}
}

// notFound points to the nearest passage, if one is near.
func (c *Checker) notFound(one claim, hits []rag.Hit) Finding {
	const near = 0.80 // cosine
	f := Finding{Sentence: one.sentence, Verdict: NotFound}
	if len(hits) > 0 && hits[0].Dense >= near {
		f.Citations = []rag.Citation{c.answerer.Cite(1, hits[0], text.Span{})}
	}
	return f
}
