package eval

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"unicode/utf8"

	"amur/internal/text"
	"amur/knowledge"
)

// CorruptOptions say what pairs to make.
type CorruptOptions struct {
	Limit int   // pairs of a kind and pair of languages; 0 means all that can be made
	Facts Facts // which sentences tell the same; nil when not known
}

// Corrupt makes pairs from the documents by rule: of each sentence a number, unit, date, name, negation or direction is
// changed, something is added to it, or it is put beside a passage that does not say it; and the sentence itself, in other
// notation or without the name of who said it, is to be kept. A claim is made in the passage's language, and where the
// documents have the same section with as many sentences in another language, also in that one: sentence for sentence
// they say the same. The same documents give the same pairs, in the same order.
func Corrupt(base *knowledge.Base, o CorruptOptions) ([]Pair, error) {
	all, err := tongues()
	if err != nil {
		return nil, err
	}
	c := corrupter{tongues: all, statements: statements(base)}
	if o.Limit > 0 {
		c.statements = spread(c.statements, manyStatements*o.Limit) // more would not be taken, but compared with each other
	}
	c.prepare(o.Facts)
	var pairs []Pair
	for _, kind := range slices.Concat(corruptedKinds(), supportedKinds()) {
		for _, claimLang := range storedLanguages() {
			for _, passageLang := range storedLanguages() {
				pairs = append(pairs, spread(c.pairs(kind, claimLang, passageLang), o.Limit)...)
			}
		}
	}
	return pairs, nil
}

// manyStatements is from how many sentences the pairs of a kind are taken, for each pair: kinds need what few have.
const manyStatements = 50

// spread keeps at most limit items, evenly over the list.
func spread[T any](list []T, limit int) []T {
	if limit <= 0 || len(list) <= limit {
		return list
	}
	kept := make([]T, limit)
	for i := range kept {
		kept[i] = list[(2*i+1)*len(list)/(2*limit)]
	}
	return kept
}

// statement is a sentence of the documents in the languages that have it.
type statement struct {
	section knowledge.SectionID
	number  int // of the sentence in its section, from 1
	in      map[text.Lang]sentence
}

type sentence struct {
	text, heading string
	next          string // the sentence behind it in the section, or empty
	taboo         taboo  // what it says, so that no change says the same
}

// statements lists what the documents say, in their order. Sentences of two languages are one statement where both
// have the section and as many sentences in it.
func statements(base *knowledge.Base) []statement {
	var all []statement
	at := map[string]int{}
	counts := map[knowledge.SectionID]map[text.Lang]int{}
	for _, d := range base.Documents() {
		if !slices.Contains(storedLanguages(), d.Lang) {
			continue
		}
		for _, s := range d.Sections {
			if counts[s.ID] == nil {
				counts[s.ID] = map[text.Lang]int{}
			}
			counts[s.ID][d.Lang] = len(s.Sentences)
		}
	}
	for _, d := range base.Documents() {
		if !slices.Contains(storedLanguages(), d.Lang) {
			continue
		}
		for _, s := range d.Sections {
			for i, span := range s.Sentences {
				said := sentence{text: span.In(s.Text), heading: strings.TrimSpace(d.Title + ". " + s.Heading)} // as a checker gets it
				if !whole(said.text) {
					continue
				}
				if i+1 < len(s.Sentences) && whole(s.Sentences[i+1].In(s.Text)) {
					said.next = s.Sentences[i+1].In(s.Text)
				}
				name := fmt.Sprintf("%s.%d/%d", s.ID, i+1, counts[s.ID][d.Lang])
				place, ok := at[name]
				if !ok {
					place = len(all)
					at[name] = place
					all = append(all, statement{s.ID, i + 1, map[text.Lang]sentence{}})
				}
				all[place].in[d.Lang] = said
			}
		}
	}
	return all
}

// whole tells whether s looks like a sentence of running text: neither a heading nor a table, nor cut off.
func whole(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 12 && n <= 600 && (strings.HasSuffix(s, ".") || strings.HasSuffix(s, "。")) && !strings.ContainsAny(s, "\n\t|")
}

// change is a claim that was made, and what was changed.
type change struct {
	claim, note string
}

// site is a sentence from which a claim is made, and the passage that the claim will cite.
type site struct {
	*tongue
	claim, next string // the sentence in the claim's language, and the one behind it
	passage     sentence
}

// corrupter makes pairs of statements.
type corrupter struct {
	tongues    map[text.Lang]*tongue
	statements []statement
	people     map[text.Lang][][]string // full names, by the lists of given names
	tell       [][]string               // the facts of each statement
	shared     map[text.Lang][][]float64
}

// pairs makes all pairs of a kind in two languages.
func (c *corrupter) pairs(kind PairKind, claimLang, passageLang text.Lang) []Pair {
	if kind == Paraphrase || kind == Verbatim && claimLang != passageLang || kind == Aligned && claimLang == passageLang {
		return nil
	}
	var pairs []Pair
	for i, s := range c.statements {
		said, ok := s.in[claimLang]
		passage, also := s.in[passageLang]
		if !ok || !also {
			continue
		}
		if kind == WrongPassage {
			pairs = append(pairs, c.misplaced(i, claimLang, passageLang)...)
			continue
		}
		place := site{c.tongues[claimLang], said.text, said.next, passage}
		made := c.changes(kind, place)
		if len(made) == 0 {
			continue
		}
		pick := made[int(seed(kind, s))%len(made)]
		p := s.pair(kind, claimLang, passageLang)
		p.Claim, p.Note, p.Passage, p.Heading = pick.claim, pick.note, passage.text, passage.heading
		if kind == Elsewhere && strings.HasPrefix(pick.note, beside) {
			p.Passage = join(passageLang, passage.text, passage.next)
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// changes gives every claim of a kind that can be made at a place.
func (c *corrupter) changes(kind PairKind, s site) []change {
	var made []change
	switch kind {
	case WrongNumber:
		made = s.numbers()
	case WrongUnit:
		made = s.units()
	case WrongDate:
		made = s.dates()
	case WrongName:
		made = append(s.names(), s.persons(c.people[s.lang])...)
	case WrongNegation:
		made = s.negations()
	case WrongWay:
		made = append(s.opposites(), s.swaps()...)
	case Addition:
		made = s.additions()
	case Elsewhere:
		made = s.elsewhere()
	case Verbatim, Aligned:
		return []change{{claim: s.claim}}
	case Notation:
		made = s.notations()
	case Shortened:
		made = s.shorter()
	}
	return slices.DeleteFunc(made, func(m change) bool { return m.claim == s.claim || m.claim == s.passage.text })
}

func (s statement) pair(kind PairKind, claimLang, passageLang text.Lang) Pair {
	id := fmt.Sprintf("%s.%d@%s>%s/%s", s.section, s.number, passageLang, claimLang, kind)
	return Pair{ID: id, Kind: kind, PassageLang: passageLang, ClaimLang: claimLang}
}

// seed makes the choice among several changes steady, and different from sentence to sentence.
func seed(kind PairKind, s statement) uint32 {
	h := fnv.New32a()
	_, _ = fmt.Fprintf(h, "%s %s %d", kind, s.section, s.number) // a hash does not fail
	return h.Sum32() >> 8
}

func join(lang text.Lang, a, b string) string {
	if lang == text.ZH || b == "" {
		return a + b
	}
	return a + " " + b
}
