package rag

import (
	"amur/internal/text"
	"amur/knowledge"
)

// Outcome says what kind of reply a question got.
type Outcome string

// The outcomes of a question.
const (
	Answered  Outcome = "answered"  // claims with citations
	Positions Outcome = "positions" // a judgement was asked for: who holds which position, never a verdict
	Refused   Outcome = "refused"   // the documents do not say, or the request is declined
	Smalltalk Outcome = "smalltalk" // a greeting or thanks: one friendly line
	Care      Outcome = "care"      // loss, fear, threat: one plain line and nothing else
)

// Mode says which machine worded the answer.
type Mode string

// The modes of an answer.
const (
	ModeQuotes Mode = "quotes" // sentences of the documents, verbatim
	ModeModel  Mode = "model"  // worded by a language model, each sentence checked
)

// Turn is one earlier message of a conversation.
type Turn struct {
	Role string `json:"role"` // "user" or "assistant"
	Text string `json:"text"`
}

// Question is what somebody asks.
type Question struct {
	Text    string    `json:"question"`
	History []Turn    `json:"history,omitempty"` // earlier turns, oldest first
	Lang    text.Lang `json:"-"`                 // language of the answer where the text does not tell; empty for none

	// On whose account a language model is asked, and whose rewritten questions are remembered apart; empty for nobody's.
	Asker  string `json:"-"`
	Server string `json:"-"`

	// Quotes has the answer quoted even where a model could word it.
	Quotes bool `json:"-"`
	// Withheld are passages, by their hashes, that are as good as not there for this question; nil for none.
	Withheld map[string]bool `json:"-"`
}

// Claim is one sentence of an answer with its citations and how well they support it.
type Claim struct {
	Text      string  `json:"text"`
	Citations []int   `json:"citations"` // numbers of Answer.Citations
	Support   float64 `json:"support"`   // 0 to 1; 1 for a verbatim quotation
	// Repaired says that the model's first wording did not stand up to the check and its second did.
	Repaired bool `json:"repaired,omitempty"`
	// Added says that the program quotes it because the answer told another side of a dispute.
	Added bool `json:"added,omitempty"`
}

// SourceView is a source as a reader sees it beside a citation.
type SourceView struct {
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	URL       string `json:"url"`
	Published string `json:"published"`
	Section   string `json:"section"` // verbatim heading in the source
	Kind      string `json:"kind,omitempty"`
	Archived  string `json:"archived,omitempty"`
}

// Citation is a verbatim span of a retrieved passage: Quote equals the section's text at Start to End (byte offsets).
// It can only be made from a Hit.
type Citation struct {
	N        int                  `json:"n"`
	Passage  knowledge.PassageID  `json:"passage"`
	Document knowledge.DocumentID `json:"document"`
	Title    string               `json:"title"`
	Section  knowledge.SectionID  `json:"section"`
	Heading  string               `json:"heading"`
	Lang     text.Lang            `json:"language"`
	Quote    string               `json:"quote"`
	Start    int                  `json:"start"`
	End      int                  `json:"end"`
	AsOf     string               `json:"as_of"`
	URL      string               `json:"url"`
	Sources  []SourceView         `json:"sources"`
}

// Retrieved is a passage that was found for a question, best first.
type Retrieved struct {
	Passage  knowledge.PassageID  `json:"passage"`
	Document knowledge.DocumentID `json:"document"`
	Section  knowledge.SectionID  `json:"section"`
	Heading  string               `json:"heading"`
	Lang     text.Lang            `json:"language"`
	Text     string               `json:"text"`
	Sources  []SourceView         `json:"sources"`
	Score    float64              `json:"score"`
}

// Nearest is what a refusal points to: a quotation under the same laws as a citation.
type Nearest struct {
	Section knowledge.SectionID `json:"section"`
	Heading string              `json:"heading"`
	Lang    text.Lang           `json:"language"`
	Passage knowledge.PassageID `json:"passage"`
	Quote   string              `json:"quote"`
	Start   int                 `json:"start"`
	End     int                 `json:"end"`
	AsOf    string              `json:"as_of"`
}

// Dispute says that sources differ on what is cited.
type Dispute struct {
	Note      string `json:"note"`
	Citations []int  `json:"citations"`
}

// DropKind says for what a sentence was dropped: one of the checks of package verify (number, date, name, negation,
// direction, addition, support), or one of these.
type DropKind string

// What a sentence is dropped for before its evidence is looked at.
const (
	DropForeign  DropKind = "link"     // it holds a link, a mention or code
	DropLanguage DropKind = "language" // it is not in the language of the answer
	DropFragment DropKind = "fragment" // it states nothing of its subject: a question, a few words, something of its writer
	DropCitation DropKind = "citation" // it cites nothing that was given
)

// Dropped is a sentence that was taken out because its evidence does not carry it.
type Dropped struct {
	Text   string   `json:"text"`
	Kind   DropKind `json:"kind"`
	Reason string   `json:"reason"`
}

// Checked counts what a model wrote before anything was taken out, its mended sentences included.
type Checked struct {
	Sentences int `json:"sentences"`
	Citations int `json:"citations"` // numbers of passages that were given
	Carried   int `json:"carried"`   // of these, how many carry the sentence that cites them, or a part of it
}

// Timings are wall-clock milliseconds of the steps.
type Timings struct {
	Embed  float64 `json:"embed"`
	Search float64 `json:"search"`
	Draft  float64 `json:"draft"` // Verify included
	Verify float64 `json:"verify"`
	First  float64 `json:"first,omitempty"` // from asking the model to its first sentence that holds
	Total  float64 `json:"total"`
}

// Answer is the reply to one question, in the form of the JSON contract. Text is the whole reply as a person reads it
// in AnswerLanguage; in a refusal it never repeats the question.
type Answer struct {
	Question       string      `json:"question"`
	Language       text.Lang   `json:"language"`
	AnswerLanguage text.Lang   `json:"answer_language"`
	Outcome        Outcome     `json:"outcome"`
	Mode           Mode        `json:"mode"`
	Text           string      `json:"answer"`
	Claims         []Claim     `json:"claims"`
	Citations      []Citation  `json:"citations"`
	Retrieved      []Retrieved `json:"retrieved"`
	Nearest        []Nearest   `json:"nearest"`
	Hedged         bool        `json:"hedged"` // something near, not an answer; never in quotes mode, docs/adr has why
	Disputes       []Dispute   `json:"disputes"`
	Dropped        []Dropped   `json:"dropped"`
	Timings        Timings     `json:"timings_ms"`

	Model    string   `json:"model,omitempty"`    // that worded the answer
	Fallback string   `json:"fallback,omitempty"` // why the model worded none, where one is set: unavailable, slow, budget, unsupported, never_for, declined
	Note     string   `json:"note,omitempty"`     // what a reader is told of that, in AnswerLanguage
	Checked  *Checked `json:"checked,omitempty"`  // nil where no model was asked
	Usage    *Usage   `json:"usage,omitempty"`    // likewise
}

// usage is where the calls for an answer are counted.
func (a *Answer) usage() *Usage {
	if a.Usage == nil {
		a.Usage = &Usage{}
	}
	return a.Usage
}
