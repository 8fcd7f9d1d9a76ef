package rag

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag/llm"
)

// What the tests look into: the 16-bit numbers, the sealed files, the terms, and the search without a judge.

func ToHalf(f float32) uint16 { return toHalf(f) }

func FromHalf(h uint16) float32 { return fromHalf(h) }

func OneSlip(a, b string) bool { return oneSlip([]rune(a), []rune(b)) }

// Seal makes a sealed file of any body.
func Seal(body []byte) []byte {
	var b bytes.Buffer
	if err := writeSealed(&b, body); err != nil {
		return nil
	}
	return b.Bytes()
}

// Equal says whether both hold the same vectors of the same model.
func (v *Vectors) Equal(other *Vectors) bool {
	return v.model == other.model && v.dim == other.dim && maps.EqualFunc(v.byKey, other.byKey, func(a, b entry) bool {
		sameBits := func(x, y float32) bool { return math.Float32bits(x) == math.Float32bits(y) }
		return slices.EqualFunc(a.vector, b.vector, sameBits) && bytes.Equal(a.signs, b.signs)
	})
}

// Terms is the lexical side of one language.
type Terms struct{ t *terms }

// NewTerms indexes texts, numbered from 0.
func NewTerms(lang text.Lang, texts ...string) (Terms, error) {
	t, err := newTerms(lang)
	if err != nil {
		return Terms{}, err
	}
	for i, s := range texts {
		t.add(i, s)
	}
	return Terms{t}, nil
}

func (t Terms) Query(s string) []string { return t.t.query(s) }

func (t Terms) Scores(question string) map[int]float64 {
	out := map[int]float64{}
	t.t.scores(t.t.query(question), out)
	return out
}

// WordList is a speller that knows the words of a list; nil knows none.
type WordList []string

func (l WordList) IsWord(word string) bool { return slices.Contains(l, word) }

func (t Terms) Repaired(question string, known WordList) []string {
	return t.t.repaired(question, known)
}

func (t Terms) Encode() []byte {
	var b bytes.Buffer
	t.t.write(&b)
	return b.Bytes()
}

// DecodeTerms reads all of data; false where it does not fit or leaves a rest.
func DecodeTerms(lang text.Lang, data []byte, limit int) (Terms, bool) {
	t, err := newTerms(lang)
	if err != nil {
		return Terms{}, false
	}
	d := decoder{rest: data}
	t.read(&d, limit)
	return Terms{t}, !d.failed && len(d.rest) == 0
}

// Search finds passages with the default weights, without token states.
func (ix *Index) Search(ctx context.Context, vector []float32, words string, asker text.Lang) ([]Hit, error) {
	return ix.search(ctx, ix.prepare(words, asker, embedded{vector: vector}), DefaultWeights(), nil)
}

// Visible lists the passages that an asker may be shown, in the order of the base.
func (ix *Index) Visible(asker text.Lang) []knowledge.PassageID {
	var at []int
	for _, g := range ix.visible(asker) {
		at = append(at, g.passages...)
	}
	slices.Sort(at)
	out := make([]knowledge.PassageID, len(at))
	for i, n := range at {
		out[i] = ix.passages[n].ID
	}
	return out
}

// Route is Router.route.
func (r *Router) Route(s string) (Outcome, bool) { return r.route(s) }

// SecondOpinion is Router.secondOpinion.
func (r *Router) SecondOpinion(model string, vector []float32) (Outcome, bool) {
	return r.secondOpinion(model, vector)
}

// RouterWords are the embedded word lists.
func RouterWords() string { return routerWords }

// NewRouterOf reads other word lists than the embedded ones.
func NewRouterOf(lists string, fold func(string) string) (*Router, error) {
	return newRouter(lists, fold)
}

// HunchOutcomes are the outcomes of the weights, in their order.
func HunchOutcomes() []Outcome { return hunchOutcomes() }

// ReadHunch reports whether weights can be read.
func ReadHunch(data []byte) error {
	_, err := readHunch(data)
	return err
}

// Plain is the form in which the word lists are written.
func Plain(s string) string { return plain(s) }

// Late is the late interaction of a question's token states with a passage's.
func Late(question [][]float32, questionCentre []float32, passage [][]float32, passageCentre []float32) float64 {
	return late(newTokenTables(question, questionCentre), packSigns(passage, passageCentre))
}

// Brevity says what a question wants told in short: "no", "section" or "whole".
func Brevity(s string) (string, error) {
	j, err := newJudge(nil)
	if err != nil {
		return "", err
	}
	return [...]string{nothingShort: "no", sectionShort: "section", wholeShort: "whole"}[j.brevity(s)], nil
}

// Stored returns what a cache holds of a passage: its vector and the signs of its tokens.
func (v *Vectors) Stored(p knowledge.Passage) (vector []float32, signs []byte, ok bool) {
	e, ok := v.byKey[keyOf(embeddedText(p))]
	return e.vector, e.signs, ok
}

// Likeness is the share of two texts' terms that both have.
func (t Terms) Likeness(a, b string) float64 { return t.t.likeness(a, b) }

// Cues are the patterns of the judge.
func Cues() ([]string, error) {
	c, err := newCues()
	if err != nil {
		return nil, err
	}
	return []string{c.quantity.String(), c.now.String(), c.summary.String(), c.whole.String()}, nil
}

const vectorsMagic = "AMURVEC1"

// Write seals the cache alone, as WriteSnapshot does beside the rest: a magic word, the model's name, the dimension, the count, then keys in order with their
// components, and a SHA-256 over all of it.
func (v *Vectors) Write(w io.Writer) error {
	var b bytes.Buffer
	b.WriteString(vectorsMagic)
	v.encode(&b)
	return writeSealed(w, b.Bytes())
}

// ReadVectors decodes what Write wrote. Anything else is an error wrapping ErrDamaged.
func ReadVectors(data []byte) (*Vectors, error) {
	body, err := openSealed(data, vectorsMagic)
	if err != nil {
		return nil, err
	}
	d := decoder{rest: body}
	v := decodeVectors(&d)
	if d.failed || len(d.rest) != 0 {
		return nil, fmt.Errorf("vectors: %w", ErrDamaged)
	}
	return v, nil
}

// StreamSentences cuts a stream that comes in pieces.
func StreamSentences(pieces []string) []string {
	s := newSentenceStream(newClaimForms())
	var out []string
	for _, p := range pieces {
		out = append(out, s.add(p)...)
	}
	return append(out, s.rest()...)
}

// ReadClaim takes a model's sentence apart.
func ReadClaim(sentence string, given int) (text string, marks []int) {
	s := newClaimForms().read(sentence, given)
	if len(s.marks) == 0 {
		return s.text, nil
	}
	return s.text, s.marks
}

// IsForeignClaim reports whether a claim holds what has no place in one.
func IsForeignClaim(s string) bool { return newClaimForms().isForeign(s) }

// AnswerPrompt, RepairPrompt and RewritePrompt are what a model is sent.
func AnswerPrompt(q Question, lang text.Lang, passages []Hit) string {
	return printed(answerPrompt(q, lang, passages, DefaultMaxTokens))
}

func RepairPrompt(lang text.Lang, sentence, reason string, marks []int, passages []Hit) string {
	return printed(repairPrompt(lang, []draftedSentence{{text: sentence, marks: marks, reason: reason}}, passages, DefaultMaxTokens))
}

func RewritePrompt(q Question, lang text.Lang) string { return printed(rewritePrompt(q, lang)) }

func printed(r llm.Request) string {
	out := ""
	for _, m := range r.Messages {
		out += "--- " + string(m.Role) + "\n" + m.Text + "\n"
	}
	return out
}
