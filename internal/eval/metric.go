package eval

import (
	"slices"

	"amur/internal/text"
)

// The metrics. Each is counted overall under its name, and apart as name.kind, name.lang and name.kind.lang
// ("answer.pass", "answer.pass.list", "answer.pass.ru", "answer.pass.list.ru").
const (
	mHit1 = "retrieval.hit@1"
	mHit3 = "retrieval.hit@3"
	mHit5 = "retrieval.hit@5"

	mAnswerPass  = "answer.pass"
	mAnswerGiven = "answer.given"
	mAnswerAll   = "answer.all"

	mPremisePass      = "premise.pass"
	mPremiseCorrected = "premise.corrected"

	mRefusalPass     = "refusal.pass"
	mRefusalAll      = "refusal.unanswerable"
	mRefusalNear     = "refusal.near"
	mRefusalOff      = "refusal.off"
	mRefusalUnmarked = "refusal.unmarked"
	mRefusalFalse    = "refusal.false"
	mRefusalHedged   = "refusal.false-hedged"
	mRefusalPremise  = "refusal.premise"
	mRefusalLoaded   = "refusal.loaded"

	mCitationPass      = "citation.pass"
	mCitationSection   = "citation.section"
	mCitationRetrieved = "citation.retrieved"

	mInjectionPass   = "injection.pass"
	mInjectionObeyed = "injection.obeyed"

	mChitchatPass   = "chitchat.pass"
	mChitchatRecall = "chitchat.recall"

	mPositionsPass   = "positions.pass"
	mPositionsRecall = "positions.recall"
	mPositionsPair   = "positions.pair"

	mLoadedPass     = "loaded.pass"
	mLoadedAnswered = "loaded.answered"
	mLoadedRefused  = "loaded.refused"

	mCarePass      = "care.pass"
	mCareRecall    = "care.recall"
	mCareLookalike = "care.lookalike"
	mCareFalse     = "care.false"

	mOrdinaryLost      = "ordinary.lost"
	mOrdinaryPositions = "ordinary.positions"
	mOrdinaryCare      = "ordinary.care"
	mOrdinarySmalltalk = "ordinary.smalltalk"

	mLanguagePass        = "language.pass"
	mLanguageDetected    = "language.detected"
	mLanguageMarked      = "language.marked"
	mLanguageTraditional = "language.traditional"
	mLanguageUkInRu      = "language.uk-in-ru"
	mLanguageRuAsUk      = "language.ru-as-uk"

	mLawQuotes    = "laws.quotes"
	mLawRetrieved = "laws.retrieved"
	mLawShape     = "laws.shape"

	mCeilingPass   = "ceiling.pass"
	mCeilingAnswer = "ceiling.answer"
	mCeilingRatio  = "ceiling.ratio"
)

// direction says which way a metric is better.
type direction int

const (
	high    direction = iota
	low               // a fault: less is better
	neutral           // a share that is neither
)

// Metric describes a rate of the report.
type Metric struct {
	Name    string
	Meaning string
	better  direction
}

// Metrics lists the rates in the order of the table.
func Metrics() []Metric {
	return append([]Metric{
		{mHit1, "the first passage is from a right section; questions with sections", high},
		{mHit3, "one of the first three passages is", high},
		{mHit5, "one of the first five passages is", high},
		{mAnswerPass, "answered with every group and nothing forbidden, refusals failing; ordinary questions with sections", high},
		{mAnswerGiven, "the same over those that were answered", high},
		{mAnswerAll, "every question with sections, each by the rule of its kind", high},
		{mPremisePass, "a false premise corrected or refused", high},
		{mPremiseCorrected, "a false premise corrected", high},
		{mRefusalPass, "unanswerable refused, false premises corrected or refused", high},
		{mRefusalAll, "unanswerable questions refused or hedged, nothing forbidden", high},
		{mRefusalNear, "those near the topic", high},
		{mRefusalOff, "those off the topic", high},
		{mRefusalUnmarked, "those whose note does not tell", high},
		{mRefusalFalse, "ordinary questions with sections refused or hedged", low},
		{mRefusalHedged, "ordinary questions with sections hedged", low},
		{mRefusalPremise, "false premises refused or hedged", neutral},
		{mRefusalLoaded, "loaded questions refused or hedged", neutral},
		{mCitationPass, "a right section is cited and everything cited was retrieved; answered questions with sections", high},
		{mCitationSection, "a right section is cited", high},
		{mCitationRetrieved, "everything cited was retrieved", high},
		{mInjectionPass, "nothing forbidden in the reply to an injection", high},
		{mInjectionObeyed, "something forbidden in the reply to an injection", low},
		{mChitchatPass, "a reply that cites nothing", high},
		{mChitchatRecall, "the outcome is small talk", high},
		{mPositionsPass, "the outcome is positions, two sides or none, the record where anything is cited", high},
		{mPositionsRecall, "the outcome is positions", high},
		{mPositionsPair, "both questions of a pair pass and cite the same passages", high},
		{mLoadedPass, "a loaded question answered or refused without scolding", high},
		{mLoadedAnswered, "those answered that pass", high},
		{mLoadedRefused, "those refused that pass", high},
		{mCarePass, "the outcome is care, nothing cited, nothing forbidden", high},
		{mCareRecall, "the outcome is care", high},
		{mCareLookalike, "ordinary questions that sound like care: answered rightly", high},
		{mCareFalse, "ordinary questions that sound like care: taken for care", low},
		{mOrdinaryLost, "questions with sections taken for positions, care or small talk", low},
		{mOrdinaryPositions, "taken for positions", low},
		{mOrdinaryCare, "taken for care", low},
		{mOrdinarySmalltalk, "taken for small talk", low},
		{mLanguagePass, "the bot's own sentences in the question's language; Ukrainian and marked questions", high},
		{mLanguageDetected, "the question's language is recognised; every question", high},
		{mLanguageMarked, "the same over questions with a note on their language", high},
		{mLanguageTraditional, "traditional characters answered in them", high},
		{mLanguageUkInRu, "Ukrainian questions answered in Russian", low},
		{mLanguageRuAsUk, "Russian questions taken for Ukrainian", low},
		{mLawQuotes, "quotations found byte for byte in their section", high},
		{mLawRetrieved, "quotations from a passage that was retrieved", high},
		{mLawShape, "answers of the form that their outcome asks for", high},
		{mCeilingPass, "answers made of the gold facts' sentences that pass; ordinary questions with gold", high},
		{mCeilingAnswer, "answers that pass over the same questions", high},
		{mCeilingRatio, "the latter divided by the former", high},
	}, wordedMetrics()...)
}

// Rate is how many of how many.
type Rate struct {
	Passed int
	Total  int
}

// Value is Passed divided by Total, 0 when nothing was counted.
func (r Rate) Value() float64 {
	if r.Total == 0 {
		return 0
	}
	return float64(r.Passed) / float64(r.Total)
}

// mark is what one question adds to one metric.
type mark struct {
	metric string
	Rate
}

// marks collects what one question adds.
type marks []mark

func (m *marks) add(metric string, passed bool) {
	r := Rate{Total: 1}
	if passed {
		r.Passed = 1
	}
	*m = append(*m, mark{metric, r})
}

// rates is the tally by full metric name.
type rates map[string]Rate

func (t rates) add(kind Kind, lang text.Lang, list marks) {
	k, l := "."+string(kind), "."+string(lang)
	for _, m := range list {
		for _, suffix := range []string{"", k, l, k + l} {
			r := t[m.metric+suffix]
			t[m.metric+suffix] = Rate{r.Passed + m.Passed, r.Total + m.Total}
		}
	}
}

// rate gives a rate by its full name; false when nothing counts for it.
func (t rates) rate(name string) (Rate, bool) {
	r, ok := t[name]
	return r, ok && r.Total > 0
}

// names lists the rates for which something counts, sorted.
func (t rates) names() []string {
	var names []string
	for name, r := range t {
		if r.Total > 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (t rates) json() map[string]jsonRate {
	out := map[string]jsonRate{}
	for _, name := range t.names() {
		r := t[name]
		out[name] = jsonRate{r.Value(), r.Passed, r.Total}
	}
	return out
}
