package verify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// maxTokens is how much of a sentence is read for direction and negation; an honest one has a fifth of it.
const maxTokens = 400

// token is a word, a Chinese form or a mark of punctuation, with what it stands for.
type token struct {
	text   string
	marks  []mark
	actor  string // the country or body that it names; empty for others
	owner  bool   // with 's
	glued  bool   // behind a hyphen
	punct  bool
	han    bool
	clause int
}

// reading is a sentence as the clashes see it.
type reading struct {
	lex    *lexicon
	lang   text.Lang
	tokens []token
	roles  []actorRole
	known  []fact   // nil before facts
	denied []denial // nil before denials
}

func (c *clashes) read(s *sentence) *reading {
	r := &reading{lex: c.lexicon, lang: s.lang}
	folded := c.fold(s.text)
	mentions := c.gazetteer.Mentions(folded)
	clause := 0
	for i := 0; i < len(folded) && len(r.tokens) < maxTokens; {
		for len(mentions) > 0 && mentions[0].Start < i {
			mentions = mentions[1:]
		}
		if len(mentions) > 0 && mentions[0].Start == i {
			t := token{text: folded[i:mentions[0].End], actor: mentions[0].Country, clause: clause}
			t.han, t.glued = isHanStart(t.text), i > 0 && folded[i-1] == '-'
			i = mentions[0].End
			if t.text == "us" && !strings.Contains(s.text, "US") {
				t.actor = ""
			}
			if rest := folded[i:]; strings.HasPrefix(rest, "'s") {
				t.owner, i = true, i+2
			} else if strings.HasPrefix(rest, "'") && strings.HasSuffix(t.text, "s") {
				t.owner, i = true, i+1
			}
			r.tokens = append(r.tokens, t)
			continue
		}
		next := len(folded)
		if len(mentions) > 0 {
			next = mentions[0].Start
		}
		i += r.token(folded[i:], next-i, &clause)
	}
	r.mark()
	r.forgetSeas()
	r.roles = r.actorRoles()
	return r
}

// token takes one token off the front of s, which ends at the latest at byte next, and returns how long it was.
func (r *reading) token(s string, next int, clause *int) int {
	first, size := utf8.DecodeRuneInString(s)
	switch {
	case unicode.Is(unicode.Han, first):
		t := token{text: s[:size], han: true, clause: *clause}
		if form, ok := r.lex.chineseAt(s[:next]); ok {
			t.text, t.marks = form.text, form.marks
		}
		r.tokens = append(r.tokens, t)
		return len(t.text)
	case unicode.IsLetter(first) || unicode.IsDigit(first):
		end := min(wordLength(s), next)
		if startsClause(s[:end]) {
			*clause++
		}
		word, owner := strings.CutSuffix(s[:end], "'s")
		r.tokens = append(r.tokens, token{text: word, owner: owner, clause: *clause})
		return end
	case !unicode.IsPunct(first) && first != '—' || strings.ContainsRune("«»“”\"'、·-%《》", first):
		return size
	}
	r.tokens = append(r.tokens, token{text: s[:size], punct: true, clause: *clause})
	*clause++
	return size
}

// wordLength is the length of the word or number at the front of s, with the marks inside it.
func wordLength(s string) int {
	end := 0
	for i, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			return end
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			end = i + utf8.RuneLen(r)
		case strings.ContainsRune("'-.,", r) && end == i && i > 0:
			next, _ := utf8.DecodeRuneInString(s[i+1:])
			last, _ := utf8.DecodeLastRuneInString(s[:i])
			digits := unicode.IsDigit(next) && unicode.IsDigit(last)
			letters := unicode.IsLetter(next) && !unicode.Is(unicode.Han, next)
			if !digits && (!letters || r == '.' || r == ',') {
				return end
			}
		default:
			return end
		}
	}
	return max(end, 1)
}

// mark gives the tokens what they stand for.
func (r *reading) mark() {
	for i := 0; i < len(r.tokens); i++ {
		t := &r.tokens[i]
		if t.punct || t.han {
			r.adopt(t)
			continue
		}
		marks, taken := r.lex.lookup(r.tokens[i:])
		if t.actor == "" || taken > 1 {
			t.marks = marks
			r.adopt(t)
		}
		if t.actor != "" && taken > 1 {
			for _, rest := range r.tokens[i+1 : i+taken] {
				t.text, t.owner = t.text+" "+rest.text, rest.owner
			}
			r.tokens = slices.Delete(r.tokens, i+1, i+taken)
			continue
		}
		i += taken - 1
	}
}

// forgetSeas makes the names of seas no actors: the Sea of Japan, Южно-Китайское море, 日本海.
func (r *reading) forgetSeas() {
	for i := range r.tokens {
		if r.tokens[i].actor == "" {
			continue
		}
		sea := i+1 < len(r.tokens) && hasAnyPrefix(r.tokens[i+1].text, "sea", "море", "моря", "морю", "морем", "海")
		if sea || i > 1 && r.tokens[i-1].text == "of" && r.tokens[i-2].text == "sea" {
			r.tokens[i].actor = ""
		}
	}
}

// adopt makes a token an actor when the lexicon says so.
func (r *reading) adopt(t *token) {
	for _, m := range t.marks {
		if m.concept == actorMark {
			t.actor, t.marks = m.pole, nil
			return
		}
	}
}

// kind reports whether a token stands for a concept of a kind, and for which pole of which.
func (r *reading) kind(i int, kinds ...conceptKind) (mark, bool) {
	for _, m := range r.tokens[i].marks {
		if slices.Contains(kinds, r.lex.concepts[m.concept].kind) {
			return m, true
		}
	}
	return mark{}, false
}

func startsClause(w string) bool {
	switch w {
	case "that", "while", "whereas", "because", "although", "though", "but", "when", "which", "who", "whose", "whom", "what", "где", "пока":
		return true
	}
	return false
}

func isHanStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Han, r)
}
