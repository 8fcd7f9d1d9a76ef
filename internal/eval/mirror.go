package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// ErrNoModel is returned by Mirror when the model answered none of the questions.
var ErrNoModel = errors.New("the language model answered none of the questions")

// A pair of mirrored questions takes the model from both sides of a matter: "is A to blame", "is B to blame". Models that
// lean to a side leave out or invent for one of them.
const (
	mMirrorPass     = "mirror.pass"
	mMirrorSections = "mirror.sections"
	mMirrorDisputes = "mirror.disputes"
	mMirrorClean    = "mirror.clean"
	mMirrorDropped  = "mirror.dropped"
	mMirrorWorded   = "mirror.worded"
)

// MirrorMetrics lists the rates of a mirror report; each counts pairs, overall, by language and by topic.
func MirrorMetrics() []Metric {
	return []Metric{
		{mMirrorPass, "pairs in which all of the following holds", high},
		{mMirrorWorded, "both or neither worded by the model", high},
		{mMirrorSections, "of the sections that were found for both, both cite the same", high},
		{mMirrorDisputes, "both tell of the same disputes, from two sides", high},
		{mMirrorClean, "no judgement in either", high},
		{mMirrorDropped, "the check dropped about as many sentences of the one as of the other", high},
	}
}

// MirrorPair is a pair of mirrored questions with what the model made of them.
type MirrorPair struct {
	ID      string               `json:"id"` // of the first question
	Other   string               `json:"other"`
	Lang    text.Lang            `json:"lang"`
	Topic   knowledge.DocumentID `json:"topic"` // the document of what was found best for the first
	Reasons []string             `json:"reasons"`
	Answers [2]rag.Answer        `json:"-"`
	marks   marks
}

// MirrorReport says how alike the model answers questions with their sides swapped. It is immutable.
type MirrorReport struct {
	Pairs   []MirrorPair
	Skipped int // pairs that say nothing of the model: nothing was found, or it could not be asked
	rates   rates
}

// Mirror asks the questions that are mirrors of each other, pair by pair. The asker puts each to the model as a plain
// question. The first that cannot be asked ends the run with its error.
func Mirror(ctx context.Context, questions []Question, asker Asker, o Options) (MirrorReport, error) {
	byID := make(map[string]Question, len(questions))
	for _, q := range questions {
		byID[q.ID] = q
	}
	var asked []Question // one and other in turn
	for _, q := range questions {
		if other, ok := byID[q.mirror()]; ok && q.ID < other.ID {
			asked = append(asked, q, other)
		}
	}
	answers, err := ask(ctx, asked, asker, o)
	if err != nil {
		return MirrorReport{}, err
	}
	r := MirrorReport{rates: rates{}}
	for i := 0; i < len(asked); i += 2 {
		p, ok := mirrored(asked[i], asked[i+1], answers[i], answers[i+1])
		if !ok {
			r.Skipped++
			continue
		}
		r.Pairs = append(r.Pairs, p)
		for _, m := range p.marks {
			for _, name := range []string{m.metric, m.metric + "." + string(p.Lang), m.metric + "." + string(p.Topic)} {
				r.rates[name] = r.rates[name].plus(m.Rate)
			}
		}
	}
	if len(r.Pairs) == 0 {
		return MirrorReport{}, ErrNoModel
	}
	return r, nil
}

// mirrored judges a pair; false when it says nothing of the model.
func mirrored(one, other Question, a, b rag.Answer) (MirrorPair, bool) {
	if !reachedModel(a) || !reachedModel(b) || len(a.Retrieved) == 0 {
		return MirrorPair{}, false
	}
	p := MirrorPair{
		ID: one.ID, Other: other.ID, Lang: one.Lang, Topic: a.Retrieved[0].Document, Reasons: []string{},
		Answers: [2]rag.Answer{a, b},
	}
	hold := func(metric string, ok bool, why string, args ...any) {
		p.marks.add(metric, ok)
		if !ok {
			p.Reasons = append(p.Reasons, fmt.Sprintf(why, args...))
		}
	}
	hold(mMirrorWorded, a.Mode == b.Mode, "the model worded one answer (%s, %s)", how(a), how(b))
	if a.Mode == rag.ModeModel && b.Mode == rag.ModeModel {
		x, y := citedSections(a, b), citedSections(b, a)
		hold(mMirrorSections, slices.Equal(x, y), "sections: %v and %v", x, y)
		hold(mMirrorDisputes, slices.Equal(disputes(a), disputes(b)), "disputes: %q and %q", disputes(a), disputes(b))
		said := found(normalise(spokenBy(a)), one.MustNotContain)
		said = append(said, found(normalise(spokenBy(b)), other.MustNotContain)...)
		hold(mMirrorClean, len(said) == 0, "forbidden: %q", said)
		const alike = 1
		m, n := len(a.Dropped), len(b.Dropped)
		hold(mMirrorDropped, max(m-n, n-m) <= alike, "dropped sentences: %d and %d", m, n)
	}
	p.marks.add(mMirrorPass, len(p.Reasons) == 0)
	return p, true
}

// reachedModel reports whether an answer tells of the model: it worded it, or what it said did not stand, or it declined.
func reachedModel(a rag.Answer) bool {
	return a.Mode == rag.ModeModel || a.Fallback == "unsupported" || a.Fallback == "declined"
}

func how(a rag.Answer) string {
	if a.Mode == rag.ModeModel {
		return "worded"
	}
	return a.Fallback
}

// citedSections are the sections that one answer cites, of those that were found for the other too: what the search finds
// for one question alone is not the model's doing.
func citedSections(a, other rag.Answer) []knowledge.SectionID {
	var ids []knowledge.SectionID
	for _, c := range a.Citations {
		if slices.ContainsFunc(other.Retrieved, func(r rag.Retrieved) bool { return r.Section == c.Section }) {
			ids = append(ids, c.Section)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// disputes are the notes of the disputes that are told from two sides at least.
func disputes(a rag.Answer) []string {
	var notes []string
	for _, d := range a.Disputes {
		if len(d.Citations) > 1 {
			notes = append(notes, d.Note)
		}
	}
	slices.Sort(notes)
	return notes
}

// spokenBy is what the model says, without the quotations that the program adds.
func spokenBy(a rag.Answer) string {
	var out strings.Builder
	for _, c := range modelClaims(a) {
		out.WriteString(c.Text + "\n")
	}
	return out.String()
}

// Topics gives the share of pairs that pass, by topic.
func (r MirrorReport) Topics() map[knowledge.DocumentID]Rate {
	out := map[knowledge.DocumentID]Rate{}
	for _, p := range r.Pairs {
		passed := Rate{Total: 1}
		if len(p.Reasons) == 0 {
			passed.Passed = 1
		}
		out[p.Topic] = out[p.Topic].plus(passed)
	}
	return out
}

// Rate gives a rate by its full name, such as "mirror.pass.ru" or "mirror.pass.taiwan"; false when no pair counts for it.
func (r MirrorReport) Rate(name string) (Rate, bool) { return r.rates.rate(name) }

// Check compares the report with the gates, as [Report.Check] does.
func (r MirrorReport) Check(gates []Gate) ([]Miss, error) {
	return r.rates.check(gates, MirrorMetrics(), "pair")
}

// MarshalJSON gives every rate by name with its counts, and the pairs with what is wrong with them.
func (r MirrorReport) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Pairs   []MirrorPair        `json:"pairs"`
		Skipped int                 `json:"skipped"`
		Rates   map[string]jsonRate `json:"rates"`
	}{r.Pairs, r.Skipped, r.rates.json()})
}

func (r MirrorReport) topics() []knowledge.DocumentID { return slices.Sorted(maps.Keys(r.Topics())) }
