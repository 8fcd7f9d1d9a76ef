package eval

import (
	"context"
	"fmt"
	"time"

	"amur/internal/text"
	"amur/rag/verify"
)

// PairKind says whether the passage of a pair carries its claim, and what was done to the claim.
type PairKind string

// The kinds of pairs. The first five are supported; a claim of another kind is to be caught.
const (
	Paraphrase PairKind = "paraphrase" // the same in other words, by hand
	Verbatim   PairKind = "verbatim"   // the passage itself
	Notation   PairKind = "notation"   // the passage with a number or date written in another way
	Shortened  PairKind = "shortened"  // the passage with the name of who said it taken away or moved
	Aligned    PairKind = "aligned"    // the same sentence of the documents in another language

	WrongNumber   PairKind = "number"
	WrongUnit     PairKind = "unit" // the right figure with a wrong unit or scale
	WrongDate     PairKind = "date"
	WrongName     PairKind = "name"
	WrongNegation PairKind = "negation"      // "not" put in or taken out
	WrongWay      PairKind = "direction"     // more for less, before for after, who for whom
	WrongPassage  PairKind = "wrong-passage" // a true claim beside a passage that does not say it
	Addition      PairKind = "addition"      // a true claim with something invented added to it
	Elsewhere     PairKind = "elsewhere"     // a value replaced by another one that stands in the passage
)

// supportedKinds are those whose claims are to be kept.
func supportedKinds() []PairKind {
	return []PairKind{Paraphrase, Verbatim, Notation, Shortened, Aligned}
}

// corruptedKinds are those whose claims are to be caught.
func corruptedKinds() []PairKind {
	return []PairKind{WrongNumber, WrongUnit, WrongDate, WrongName, WrongNegation, WrongWay, WrongPassage, Addition, Elsewhere}
}

// writtenKinds are those of pairs written by hand.
func writtenKinds() []PairKind { return append([]PairKind{Paraphrase}, corruptedKinds()...) }

// supported tells whether a claim of this kind is to be kept.
func (k PairKind) supported() bool {
	switch k {
	case Paraphrase, Verbatim, Notation, Shortened, Aligned:
		return true
	default:
		return false
	}
}

// Pair is a claim beside the passage that it cites. It is read from YAML with the field names id, kind, passage,
// passage_lang, claim, claim_lang and note.
type Pair struct {
	ID          string    `json:"id" yaml:"id"`
	Kind        PairKind  `json:"kind" yaml:"kind"`
	Passage     string    `json:"passage" yaml:"passage"`           // one or two whole sentences
	PassageLang text.Lang `json:"passage_lang" yaml:"passage_lang"` // en, ru or zh
	Claim       string    `json:"claim" yaml:"claim"`               // one sentence, no citation mark
	ClaimLang   text.Lang `json:"claim_lang" yaml:"claim_lang"`     // en, ru, uk or zh
	Note        string    `json:"note,omitempty" yaml:"note"`       // what was changed
	Heading     string    `json:"-" yaml:"-"`                       // of the passage's section; empty when unknown
}

// across tells whether claim and passage are in different languages.
func (p Pair) across() bool { return p.ClaimLang != p.PassageLang }

// ClaimChecker says whether passages carry a claim, as [verify.Checker] does.
type ClaimChecker interface {
	Check(ctx context.Context, claim verify.Claim, passages []verify.Evidence) (verify.Verdict, error)
}

// AttackOptions say how to run. The zero value is right for most.
type AttackOptions struct {
	Progress func(done, total int) // called after each pair; may be nil
	Now      func() time.Time      // nil means time.Now
}

// AttackResult is the verdict on a pair.
type AttackResult struct {
	Pair    Pair
	Verdict verify.Verdict
	Took    time.Duration
}

// Passed tells whether the verdict is right: a corrupted claim was caught, a supported one was kept.
func (r AttackResult) Passed() bool { return r.Verdict.OK == r.Pair.Kind.supported() }

// Attack checks every claim, one after the other, and scores the verdicts. The first check that cannot be made ends the
// run with its error.
func Attack(ctx context.Context, pairs []Pair, checker ClaimChecker, o AttackOptions) (AttackReport, error) {
	now := o.Now
	if now == nil {
		now = time.Now
	}
	results := make([]AttackResult, len(pairs))
	for i, p := range pairs {
		start := now()
		verdict, err := checker.Check(ctx, verify.Claim{Text: p.Claim, Lang: p.ClaimLang},
			[]verify.Evidence{{Text: p.Passage, Lang: p.PassageLang, Heading: p.Heading}})
		if err != nil {
			return AttackReport{}, fmt.Errorf("check %s: %w", p.ID, err)
		}
		results[i] = AttackResult{p, verdict, now().Sub(start)}
		if o.Progress != nil {
			o.Progress(i+1, len(pairs))
		}
	}
	return newAttackReport(results), nil
}
