package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"amur/internal/text"
	"amur/rag"
	"amur/rag/verify"
)

// The metrics of answers that a language model words, or could have.
const (
	modelPrefix    = "model."
	mModelWorded   = "model.worded"
	mModelQuoted   = "model.quoted" // and the reason after a dash
	mModelBefore   = "model.precision.before"
	mModelAfter    = "model.precision.after"
	mModelCoverage = "model.coverage"
	mModelRepaired = "model.repaired"
	mModelDropped  = "model.dropped" // and the kind after a dash
)

// quotedReasons are why an answer is quoted although there is a model, as [rag.Answer] has them.
func quotedReasons() []string {
	return []string{"unavailable", "slow", "budget", "unsupported", "never_for", "declined"}
}

func dropKinds() []string {
	return []string{
		string(verify.Number), string(verify.Date), string(verify.Name), string(verify.Negation), string(verify.Direction),
		string(verify.Addition), string(verify.Support),
		string(rag.DropForeign), string(rag.DropLanguage), string(rag.DropFragment), string(rag.DropCitation),
	}
}

// wordedMetrics follow the others; nothing counts for them where no model was set.
func wordedMetrics() []Metric {
	out := []Metric{{mModelWorded, "answers worded by the model, of those that it was to word", high}}
	for _, reason := range quotedReasons() {
		out = append(out, Metric{mModelQuoted + "-" + reason, "quoted or refused instead: " + reason, neutral})
	}
	out = append(out,
		Metric{mModelBefore, "citations of the model that carry the sentence, of those that it wrote", neutral},
		Metric{mModelAfter, "the same in the answers that are shown, checked once more", high},
		Metric{mModelCoverage, "sentences of the model that are shown, of those that it wrote", high},
		Metric{mModelRepaired, "sentences shown that it had to write anew", neutral},
	)
	for _, kind := range dropKinds() {
		out = append(out, Metric{mModelDropped + "-" + kind, "sentences dropped, of those that it wrote: " + kind, neutral})
	}
	return out
}

// worded counts what became of the model's sentences; carried is what their citations came to when checked once more.
func (r *Result) worded(carried Rate) {
	a := r.Answer
	if a.Mode != rag.ModeModel && a.Fallback == "" {
		return
	}
	r.marks.add(mModelWorded, a.Mode == rag.ModeModel)
	for _, reason := range quotedReasons() {
		r.marks.add(mModelQuoted+"-"+reason, a.Fallback == reason)
	}
	if a.Checked == nil {
		return
	}
	kept, repaired := modelClaims(a), 0
	for _, c := range kept {
		if c.Repaired {
			repaired++
		}
	}
	written := len(kept) + len(a.Dropped)
	r.marks = append(r.marks,
		mark{mModelBefore, Rate{a.Checked.Carried, a.Checked.Citations}}, mark{mModelAfter, carried},
		mark{mModelCoverage, Rate{len(kept), written}}, mark{mModelRepaired, Rate{repaired, len(kept)}},
	)
	for _, kind := range dropKinds() {
		dropped := 0
		for _, d := range a.Dropped {
			if string(d.Kind) == kind {
				dropped++
			}
		}
		r.marks = append(r.marks, mark{mModelDropped + "-" + kind, Rate{dropped, written}})
	}
	if carried.Passed < carried.Total {
		r.blame("the check, made once more, refuses %d of %d citations", carried.Total-carried.Passed, carried.Total)
	}
}

// modelClaims are the claims that the model worded.
func modelClaims(a rag.Answer) []rag.Claim {
	if a.Mode != rag.ModeModel {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(a.Claims), func(c rag.Claim) bool { return c.Added })
}

func simplified(s string) string {
	var c text.Converter
	return c.ToSimplified(s)
}

// recheck checks the model's claims of an answer once more against the passages that they cite, and counts the citations
// that carry them.
func recheck(ctx context.Context, checker ClaimChecker, a rag.Answer) (Rate, error) {
	var out Rate
	if checker == nil {
		return out, nil
	}
	for _, c := range modelClaims(a) {
		claim := verify.Claim{Text: c.Text, Lang: a.AnswerLanguage}
		if claim.Lang == text.ZHHant {
			claim = verify.Claim{Text: simplified(c.Text), Lang: text.ZH}
		}
		verdict, err := checker.Check(ctx, claim, citedEvidence(a, c))
		if err != nil {
			return Rate{}, fmt.Errorf("check a claim once more: %w", err)
		}
		for _, span := range verdict.Spans {
			out.Total++
			if verdict.OK && span.Start < span.End {
				out.Passed++
			}
		}
	}
	return out, nil
}

// citedEvidence are the passages that a claim cites.
func citedEvidence(a rag.Answer, c rag.Claim) []verify.Evidence {
	var out []verify.Evidence
	for _, n := range c.Citations {
		for _, cited := range a.Citations {
			if cited.N != n {
				continue
			}
			e := verify.Evidence{Text: cited.Quote, Lang: cited.Lang, Heading: strings.TrimSpace(cited.Title + ". " + cited.Heading)}
			for _, p := range a.Retrieved {
				if p.Passage == cited.Passage {
					e.Text = p.Text
				}
			}
			out = append(out, e)
		}
	}
	return out
}
