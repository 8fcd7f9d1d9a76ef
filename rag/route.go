package rag

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed words.txt
var routerWords string

// Router recognises by general word lists what needs no documents: greetings, requests that are declined, calls for a
// judgement, and messages of distress. It is safe for concurrent use.
type Router struct {
	lexicon lexicon
	fold    func(string) string
	hunch   hunch
}

// NewRouter reads the word lists. fold turns traditional Chinese into simplified, in which the Chinese lists are
// written; nil leaves the text as it is.
func NewRouter(fold func(string) string) (*Router, error) {
	h, err := readHunch(hunchWeights)
	if err != nil {
		return nil, err
	}
	r, err := newRouter(routerWords, fold)
	if err != nil {
		return nil, err
	}
	r.hunch = h
	return r, nil
}

// secondOpinion is asked about a message that route let through, once its vector by the named embedding model is known.
// Of models that it does not know it has no opinion.
func (r *Router) secondOpinion(model string, vector []float32) (Outcome, bool) {
	return r.hunch.outcome(model, vector)
}

// newRouter reads word lists: headings "[class language]" and, below each, patterns parted by commas.
func newRouter(lists string, fold func(string) string) (*Router, error) {
	if fold == nil {
		fold = func(s string) string { return s }
	}
	r := &Router{lexicon: lexicon{}, fold: fold}
	var class, lang string
	for line := range strings.Lines(lists) {
		line = strings.TrimSpace(line)
		switch heading, isHeading := strings.CutPrefix(line, "["); {
		case line == "", line[0] == '#':
		case isHeading:
			class, lang, _ = strings.Cut(strings.TrimSuffix(heading, "]"), " ")
		case class == "":
			return nil, fmt.Errorf("word lists of the router: no heading above %q", line)
		default:
			gap := gapWords
			if lang == "zh" {
				gap = gapCharacters
			}
			for p := range strings.SplitSeq(line, ",") {
				r.lexicon.add(class, gap, p)
			}
		}
	}
	return r, nil
}

// route says which outcome a message has whatever the documents hold; false for an ordinary question. Distress comes
// first: where a message may be that or something lighter, it counts as distress.
func (r *Router) route(s string) (Outcome, bool) {
	all := sentences(r.fold(plain(s)))
	found := make([]classes, len(all))
	for i, words := range all {
		found[i] = words.classes(r.lexicon)
	}
	switch {
	case slices.ContainsFunc(found, distressed):
		return Care, true
	case slices.ContainsFunc(found, declined):
		return Refused, true
	case slices.ContainsFunc(found, judging):
		return Positions, true
	case r.chats(all, found, strings.ContainsAny(s, "?？0123456789")):
		return Smalltalk, true
	}
	return "", false
}

// distressed: somebody tells of loss, fear or danger of their own, and does not just ask about that of others.
func distressed(c classes) bool {
	asks := c["asks"] || c["fact"]
	ours := c["self"] || !c["fact"] && !c["actor"] // speakers of Russian, Ukrainian and Chinese often leave themselves unnamed
	return c["crisis"] ||
		c["fear"] && !c["trifle"] && (c["self"] || !c["actor"]) ||
		c["loss"] && (c["family"] && ours || c["home"] && !asks || c["plea"]) ||
		c["danger"] && ((c["self"] || c["family"]) && !asks || c["plea"])
}

// declined: an order to the bot that is not a question.
func declined(c classes) bool {
	return c["override"] || c["persona"] || c["secrets"] || c["exact"] || c["ping"] || c["write"] && c["writing"]
}

// orders reports whether a text that is no message orders the bot to break its rules, play a role, tell what it was told,
// or call people.
func (r *Router) orders(s string) bool {
	return r.any(s, func(c classes) bool { return c["override"] || c["persona"] || c["secrets"] || c["ping"] })
}

// speaksOfSelf reports whether a text says I or we of whoever wrote it. Words in capitals are none of these: US, Peter I.
func (r *Router) speaksOfSelf(s string) bool {
	var words []string
	for w := range strings.FieldsSeq(s) {
		if strings.ToUpper(w) != w || strings.ContainsFunc(w, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
			words = append(words, w)
		}
	}
	return r.any(strings.Join(words, " "), func(c classes) bool { return c["self"] })
}

func (r *Router) any(s string, is func(classes) bool) bool {
	return slices.ContainsFunc(sentences(r.fold(plain(s))), func(words sentence) bool { return is(words.classes(r.lexicon)) })
}

// judging: a judgement is asked for. Questions for facts, and for what others say or have signed, are not.
func judging(c classes) bool {
	if c["opinion"] {
		return true
	}
	return !c["fact"] && !c["record"] && (c["verdict"] || c["label"] ||
		c["territory"] && c["ownership"] && !c["name"] ||
		c["norm"] && (c["actor"] || c["territory"]))
}

// chats reports whether a message has no words at all, or only greetings, thanks and talk about the bot with fillers
// between; a few other words may stand beside these unless they ask for something or name a subject.
func (r *Router) chats(all []sentence, found []classes, asks bool) bool {
	chat, others := len(all) == 0, 0
	among := classes{"greeting": true, "thanks": true, "chat": true, "filler": true}
	for _, s := range all {
		for at := 0; at < len(s); {
			n, class := s.longest(r.lexicon, at, among)
			switch {
			case n > 0:
				chat = chat || class != "filler"
			case s[at] != clauseEnd:
				others++
			}
			at += max(n, 1)
		}
	}
	return chat && (others == 0 || others <= otherWords && !asks && !slices.ContainsFunc(found, asking))
}

// otherWords is how many words that are no small talk a message of small talk may have.
const otherWords = 4

// asking: somebody asks, or names what questions are about.
func asking(c classes) bool {
	return c["fact"] || c["asks"] || c["record"] || c["actor"] || c["territory"] || c["subject"]
}

// plain writes a text in one way: compatible letters, small ones, no apostrophes, no invisible signs, and letters that
// are drawn out ("hiiii") once.
func plain(s string) string {
	text := []rune(strings.ToLower(norm.NFKC.String(strings.ToValidUTF8(s, " "))))
	var b strings.Builder
	for i := 0; i < len(text); {
		end := i + 1
		for end < len(text) && text[end] == text[i] {
			end++
		}
		switch r := text[i]; {
		case strings.ContainsRune("'’ʼ`‘", r), unicode.In(r, unicode.Variation_Selector, unicode.Cf):
		case r == 'ё':
			b.WriteRune('е')
		case end-i > 2 && unicode.IsLetter(r) && !unicode.Is(unicode.Han, r):
			b.WriteRune(r)
		default:
			b.WriteString(string(text[i:end]))
		}
		i = end
	}
	return b.String()
}

// sentences cuts a plain text at the ends of sentences; sentences without words are left out.
func sentences(s string) []sentence {
	var all []sentence
	s = strings.NewReplacer("*", "", "^", " ", "$", " ", "_", " ").Replace(s) // Discord's marks, and those of patterns
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(".!?\n。！？…", r) }) {
		if w := words(part); len(w) > 0 {
			all = append(all, w)
		}
	}
	return all
}
