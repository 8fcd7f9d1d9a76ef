package rag

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
	"amur/rag/verify"
)

// check puts a sentence into the answer, or says in it why not.
func (d *drafting) check(ctx context.Context, s *draftedSentence) error {
	d.ans.Checked.Sentences++
	switch {
	case d.answerer.forms.isForeign(s.text):
		s.refuse(DropForeign, "it holds a link, a mention or code")
		return nil
	case !speaks(s.text, d.ans.AnswerLanguage):
		s.refuse(DropLanguage, "it is not in the language of the answer")
		return nil
	case isFragment(s.text):
		s.refuse(DropFragment, "it states nothing")
		return nil
	case d.answerer.router.speaksOfSelf(d.answerer.forms.unquoted(s.text)):
		s.refuse(DropFragment, "it speaks of itself")
		return nil
	case len(s.marks) == 0:
		s.refuse(DropCitation, "it cites no passage that was given")
		return nil
	}
	d.ans.Checked.Citations += len(s.marks)
	cited := make([]Hit, len(s.marks))
	for i, n := range s.marks {
		cited[i] = d.passages[n-1]
	}
	verdict, cited, err := d.verify(ctx, d.spelled(s.text), cited)
	switch {
	case err != nil:
		return err
	case !verdict.OK:
		s.refuse(DropKind(verdict.Reason.Kind), verdict.Reason.String())
		return nil
	case !slices.ContainsFunc(verdict.Spans, carries):
		s.refuse(DropKind(verify.Support), "no passage that it cites carries it")
		return nil
	}
	d.tell(s, verdict, cited)
	return nil
}

// carries reports whether a span of a passage carries any of a claim.
func carries(span text.Span) bool { return span.Start < span.End }

// verify checks a sentence against what it cites and, when that does not carry it, against each other passage: models often
// know the sentence and miss the number. It returns the passages that the verdict is about.
func (d *drafting) verify(ctx context.Context, sentence string, cited []Hit) (verify.Verdict, []Hit, error) {
	<-d.prepared
	claim := verify.Claim{Text: sentence, Lang: claimLanguage(d.ans.AnswerLanguage)}
	first, err := d.answerer.Model.Checker.Check(ctx, claim, allEvidence(cited))
	switch {
	case err != nil:
		return verify.Verdict{}, nil, err
	case first.OK:
		for _, span := range first.Spans {
			if carries(span) {
				d.ans.Checked.Carried++
			}
		}
		return first, cited, nil
	case contradicts(first):
		return first, cited, nil
	}
	other, hit, err := d.elsewhere(ctx, claim)
	if err != nil || !other.OK {
		return first, cited, err
	}
	return other, []Hit{hit}, nil
}

// sureElsewhere is how well a passage that the model did not cite must carry a sentence.
const sureElsewhere = 0.8

// elsewhere finds the passage that carries a sentence best. Where any passage contradicts it, none does: with so many to
// choose from, one that seems to carry what is wrong is soon found.
func (d *drafting) elsewhere(ctx context.Context, claim verify.Claim) (verify.Verdict, Hit, error) {
	var best verify.Verdict
	var hit Hit
	for _, h := range d.passages {
		verdict, err := d.answerer.Model.Checker.Check(ctx, claim, allEvidence([]Hit{h}))
		switch {
		case err != nil:
			return verify.Verdict{}, Hit{}, err
		case contradicts(verdict):
			return verify.Verdict{}, Hit{}, nil
		case verdict.OK && verdict.Support >= sureElsewhere && verdict.Support > best.Support:
			best, hit = verdict, h
		}
	}
	return best, hit, nil
}

// contradicts reports whether a passage says the opposite of a sentence.
func contradicts(v verify.Verdict) bool {
	return v.Reason.Kind == verify.Negation || v.Reason.Kind == verify.Direction
}

// spelled is a sentence in the characters of the documents.
func (d *drafting) spelled(s string) string {
	if d.ans.AnswerLanguage == text.ZHHant {
		return d.answerer.chinese.ToSimplified(s)
	}
	return s
}

func claimLanguage(answer text.Lang) text.Lang {
	if answer == text.ZHHant {
		return text.ZH
	}
	return answer
}

// speaks reports whether a sentence is in a language, as far as it shows, and not for the greater part in other letters.
func speaks(sentence string, lang text.Lang) bool {
	if !sameReader(text.Detect(sentence, lang), lang) {
		return false
	}
	latin, other := 0, 0
	for _, r := range sentence {
		switch {
		case unicode.Is(unicode.Han, r):
			other += lettersOfHan
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	return lang == text.EN || latin <= other
}

// isFragment reports whether something states nothing: it asks, or is too short.
func isFragment(s string) bool {
	const fewestWords, fewestHan = 4, 6
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？") {
		return true
	}
	words, han := 0, 0
	for _, w := range text.Words(s) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Han, r) {
			han++
		} else {
			words++
		}
	}
	return words < fewestWords && han < fewestHan
}

// lettersOfHan is how many letters a Chinese character stands for.
const lettersOfHan = 2

func allEvidence(hits []Hit) []verify.Evidence {
	out := make([]verify.Evidence, len(hits))
	for i, h := range hits {
		out[i] = evidence(h.Passage)
	}
	return out
}
