package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"amur/internal/text"
	"amur/knowledge"
)

// Options are what a Checker works with.
type Options struct {
	Glossary []knowledge.Term // names that are the same in several languages
	Embedder Embedder         // nil for rules alone: stricter, and across languages blind to all but values and names
}

// maxClaim is how long a claim may be, in bytes. What is longer is no sentence, and is not carried.
const maxClaim = 3000

// Checker checks claims. It is safe for concurrent use.
type Checker struct {
	parser  *parser
	clashes *clashes
	frames  frames
	shelf   *shelf
	lens    *lens // nil without an embedder
}

// New makes a checker. Errors are those of the data that it brings with it.
func New(o Options) (*Checker, error) {
	clashes, err := newClashes()
	if err != nil {
		return nil, fmt.Errorf("read the lists of opposites: %w", err)
	}
	namer, err := newNamer(o.Glossary)
	if err != nil {
		return nil, fmt.Errorf("read the lists of names: %w", err)
	}
	c := &Checker{
		parser:  &parser{namer: namer},
		clashes: clashes,
		frames:  newFrames(),
		shelf:   &shelf{known: map[shelfKey]*kept{}},
	}
	if o.Embedder != nil {
		c.lens = &lens{embedder: o.Embedder, centres: map[text.Lang][]float32{}}
	}
	return c, nil
}

// Prepare takes passages apart before the first claim comes, so that its check need not wait for them. Errors are those of the
// embedder and of ctx.
func (c *Checker) Prepare(ctx context.Context, evidence []Evidence) error {
	_, err := c.look(ctx, nil, c.units(evidence))
	return err
}

// Check says whether passages carry a claim. Errors are those of the embedder and of ctx.
func (c *Checker) Check(ctx context.Context, claim Claim, evidence []Evidence) (Verdict, error) {
	if err := ctx.Err(); err != nil {
		return Verdict{}, err
	}
	units := c.units(evidence)
	if chosen := verbatim(claim.Text, units); chosen != nil {
		return Verdict{OK: true, Support: 1, Spans: spans(chosen, evidence)}, nil
	}
	said := c.parser.parse(claim.Text, claim.Lang)
	failed := Verdict{Spans: make([]text.Span, len(evidence))}
	if len(units) == 0 || len(said.words) == 0 || len(claim.Text) > maxClaim {
		failed.Reason = Reason{Kind: Support}
		return failed, nil
	}
	if failed.Reason = c.missing(said, units); failed.Reason != (Reason{}) {
		return failed, nil
	}
	if part, ok := c.padding(said, units); ok {
		failed.Reason = Reason{Addition, part}
		return failed, nil
	}
	single := len(units) == 1 // then no states are needed to choose
	if single {
		if failed.Reason = c.turned(said, units); failed.Reason != (Reason{}) {
			return failed, nil
		}
	}
	own, err := c.look(ctx, said, units)
	if err != nil {
		return Verdict{}, err
	}
	chosen, cover := c.choose(said, own, units)
	failed.Support = cover.mean()
	if !single {
		if failed.Reason = c.turned(said, chosen); failed.Reason != (Reason{}) {
			return failed, nil
		}
	}
	if v, ok := c.swapped(said, chosen, cover, own); ok {
		failed.Reason = valueReason(v, said)
		return failed, nil
	}
	if failed.Reason = cover.reason(); failed.Reason != (Reason{}) {
		return failed, nil
	}
	return Verdict{OK: true, Support: cover.mean(), Spans: spans(chosen, evidence)}, nil
}

// verbatim returns the sentence that a claim repeats, nil for none.
func verbatim(claim string, units []*unit) []*unit {
	bare := func(s string) string { return strings.TrimRight(strings.TrimSpace(s), ".。!！ ") }
	for _, u := range units {
		if bare(claim) == bare(u.text) && bare(claim) != "" {
			return []*unit{u}
		}
	}
	return nil
}

// look embeds the claim, if it is given, and the sentences that were not embedded before.
func (c *Checker) look(ctx context.Context, claim *sentence, units []*unit) (states, error) {
	if c.lens == nil {
		return nil, nil
	}
	var texts []string
	var langs []text.Lang
	var waiting []*kept
	for _, u := range units {
		if c.shelf.seen(u.kept) == nil && !slices.Contains(waiting, u.kept) {
			waiting = append(waiting, u.kept)
			texts, langs = append(texts, embeddedPart(u.text)), append(langs, u.lang)
		}
	}
	var part excerpt
	var short bool
	if claim != nil {
		whole := embeddedPart(claim.text)
		claim.tokens = c.lens.tokens(whole, claim.wordsWithin(len(whole)))
		if part, short = excerptOf(claim, units); short {
			whole = part.text
		}
		texts, langs = append(texts, whole), append(langs, claim.lang)
	}
	all, err := c.lens.look(ctx, texts, langs)
	if err != nil {
		return nil, err
	}
	for i, k := range waiting {
		c.shelf.keep(k, all[i])
	}
	if claim == nil {
		return nil, nil
	}
	own := all[len(waiting)]
	if short {
		own = part.spread(own, c.lens.tokens(part.text, part.words), claim)
	}
	return own, nil
}

// missing is the first value or name of the claim that no sentence has.
func (c *Checker) missing(claim *sentence, units []*unit) Reason {
	if v, ok := missingValue(claim, units); ok {
		return valueReason(v, claim)
	}
	if amount, ok := missingAmount(claim, units); ok {
		return Reason{Number, amount}
	}
	if m, ok := c.parser.namer.missing(claim, allOf(units)); ok {
		return Reason{Name, m.In(claim.text)}
	}
	return Reason{}
}

// swapped returns a value of the claim that the sentences have, but of something else.
func (c *Checker) swapped(claim *sentence, chosen []*unit, all *cover, own states) (text.Value, bool) {
	best := chosen[0]
	if len(chosen) == 1 {
		return c.misplaced(claim, best)
	}
	alone := coverOf(claim, own, best, c.shelf.seen(best.kept))
	return borrowed(claim, best, all.mean()-alone.mean())
}

func valueReason(v text.Value, claim *sentence) Reason {
	if isDated(v) {
		return Reason{Date, v.In(claim.text)}
	}
	return Reason{Number, v.In(claim.text)}
}

// turned tells whether the claim turns round what the sentences say. What the best sentence alone seems to contradict may be
// said by the next.
func (c *Checker) turned(claim *sentence, chosen []*unit) Reason {
	best := chosen[0].sentence
	for _, check := range []struct {
		kind  Kind
		clash func(claim, span *sentence) (string, bool)
	}{{Negation, c.clashes.negation}, {Direction, c.clashes.direction}} {
		detail, clash := check.clash(claim, best)
		if clash && len(chosen) > 1 {
			_, clash = check.clash(claim, c.union(chosen))
		}
		if clash {
			return Reason{check.kind, detail}
		}
	}
	return Reason{}
}

// union takes the chosen sentences apart as one text.
func (c *Checker) union(chosen []*unit) *sentence {
	var all []string
	for _, u := range chosen {
		all = append(all, u.text)
	}
	return c.parser.parse(strings.Join(all, " "), chosen[0].lang)
}
