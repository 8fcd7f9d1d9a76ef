package factcheck

import (
	"context"
	"slices"

	"amur/internal/text"
	"amur/rag"
	"amur/rag/verify"
)

// misnamed finds a passage that carries the claim once its last name is exchanged for one that the passage has there. What the claim is
// about must be plain without it: it shares two names with the passage, gives no figure, and is not of what happens again and again.
func (c *Checker) misnamed(ctx context.Context, one claim, read []reading) (Finding, bool, error) {
	const shared = 2 // names
	if slices.ContainsFunc(one.values, isMeasure) || c.cues.has(one.folded, recurring) || c.cues.has(one.folded, negated) {
		return Finding{}, false, nil
	}
	mine := c.check.Mentions(one.text, one.lang)
	for _, r := range read {
		headed := r.verdict.OK // its heading alone has the name
		if r.verdict.Reason.Kind != verify.Name && !headed || r.hit.Passage.Lang != one.lang {
			continue
		}
		theirs := c.check.Mentions(r.body, one.lang)
		odd := c.others(mine, theirs)
		if len(odd) != 1 || odd[0].Span != mine[len(mine)-1].Span || distinct(mine)-1 < shared {
			continue
		}
		var found []verify.Mention
		for _, m := range c.others(theirs, mine) {
			if c.sameKind(one.text, odd[0], r.body, m) {
				ok, err := c.renamed(ctx, one, odd[0], m, r)
				if err != nil {
					return Finding{}, false, err
				}
				if ok {
					found = append(found, m)
				}
			}
		}
		if len(found) == 1 {
			return Finding{
				Sentence: one.sentence, Verdict: Differs, Given: c.original(one, odd[0].Span), Documents: found[0].In(r.hit.Passage.Text),
				Period:    c.period(one),
				Citations: []rag.Citation{c.answerer.Cite(1, r.hit, text.Span{})},
			}, true, nil
		}
	}
	return Finding{}, false, nil
}

// others are the names that another list has not, each once.
func (c *Checker) others(names, among []verify.Mention) []verify.Mention {
	var out []verify.Mention
	for _, m := range names {
		same := func(o verify.Mention) bool { return c.check.SameName(m, o) || c.check.SameName(o, m) }
		if !slices.ContainsFunc(among, same) && !slices.ContainsFunc(out, same) {
			out = append(out, m)
		}
	}
	return out
}

func distinct(names []verify.Mention) int {
	keys := map[string]bool{}
	for _, m := range names {
		keys[m.Key] = true
	}
	return len(keys)
}

// sameKind tells whether one name may stand for another: a country for a country, somebody for somebody, a thing for a thing.
func (c *Checker) sameKind(s string, m verify.Mention, t string, n verify.Mention) bool {
	countries := func(s string, m verify.Mention) bool { return len(c.named(c.cues.fold(m.In(s)))) > 0 }
	return m.Actor == n.Actor && (!m.Actor || countries(s, m) == countries(t, n))
}

// renamed tells whether the passage carries the claim with a name of its own.
func (c *Checker) renamed(ctx context.Context, one claim, m, theirs verify.Mention, r reading) (bool, error) {
	words := one.text[:m.Start] + theirs.In(r.hit.Passage.Text) + one.text[m.End:]
	verdict, err := c.verify(ctx, one, words, r.hit)
	if err != nil || !verdict.OK || verdict.Support < nameSame {
		return false, err
	}
	one.text, one.folded, one.values = words, c.cues.fold(words), values(words, one.lang)
	one.countries, r.verdict = c.named(one.folded), verdict
	return c.carries(one, r), nil
}

// original is a part of a claim's text as the message writes it.
func (c *Checker) original(one claim, at text.Span) string {
	part := at.In(one.text)
	if one.asked != text.ZHHant {
		return part
	}
	n := len([]rune(part))
	characters := []rune(one.sentence)
	for i := 0; i+n <= len(characters); i++ {
		if own := string(characters[i : i+n]); c.cues.chinese.ToSimplified(own) == part {
			return own
		}
	}
	return part
}
