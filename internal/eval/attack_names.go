package eval

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// names puts another name of its group in the place of a name, everywhere in the sentence.
func (s site) names() []change {
	found := s.mentions(s.claim)
	said := map[string]bool{}
	for _, m := range found {
		for key := range strings.SplitSeq(m.key, "+") {
			said[key] = true
		}
	}
	var made []change
	seen := map[string]bool{}
	for _, m := range found {
		f := m.as[0]
		item := s.item(f)
		if seen[item.Key] {
			continue
		}
		seen[item.Key] = true
		for i, other := range s.Names[f.class].Groups[f.group] {
			if i == f.item || s.known(other.Key, item.Key, said) {
				continue
			}
			made = append(made, change{s.renamed(found, item, other), item.word(0) + " → " + other.word(0)})
		}
	}
	return made
}

// known tells whether a name brings nothing new: each part of it stands in the passage, the claim or the old name.
func (s site) known(key, old string, said map[string]bool) bool {
	for part := range strings.SplitSeq(key, "+") {
		if !slices.Contains(strings.Split(old, "+"), part) && (s.passage.taboo.names[part] || said[part]) {
			return true
		}
	}
	return false
}

// renamed puts other in every place of an item, in the same form.
func (s site) renamed(found []mention, item, other nameItem) string {
	claim := s.claim
	for _, m := range slices.Backward(found) {
		for _, f := range m.as {
			if s.item(f).Forms == item.Forms {
				claim = put(claim, m.Span, other.word(f.at))
				break
			}
		}
	}
	return claim
}

// fullName finds a given name with the capital words behind it.
func (t *tongue) fullName(s string, given []string) (text.Span, bool) {
	for _, name := range given {
		span, ok := t.find(s, name, 0)
		if !ok || span.In(s) != name {
			continue
		}
		behind := regexp.MustCompile(`^(?: \p{Lu}\.| \p{Lu}\p{Ll}+)+`).FindString(s[span.End:])
		words := strings.Fields(behind)
		if len(words) == 0 || len(words) > 2 || strings.HasSuffix(words[len(words)-1], ".") {
			continue
		}
		span.End += len(behind)
		return span, true
	}
	return text.Span{}, false
}

// persons puts another full name of the documents in the place of one, with given names from the same list. The name in
// brackets behind a name in another script goes.
func (s site) persons(people [][]string) []change {
	var made []change
	for list, given := range s.Given {
		span, ok := s.fullName(s.claim, given)
		if !ok {
			continue
		}
		name := span.In(s.claim)
		if at := regexp.MustCompile(`^ \(\p{Latin}[^)]*\)`).FindStringIndex(s.claim[span.End:]); at != nil {
			span.End += at[1]
		}
		for _, other := range people[list] {
			_, family, _ := strings.Cut(other, " ")
			if other != name && !strings.Contains(s.claim, family) && !strings.Contains(s.passage.taboo.text, family) {
				made = append(made, change{s.claim[:span.Start] + other + s.claim[span.End:], name + " → " + other})
			}
		}
	}
	return made
}

// swaps lets two powers or persons change their roles. What is joined by "and" has no roles to change.
func (s site) swaps() []change {
	before, body, after, _ := s.parts(s.claim)
	found := s.mentions(body)
	apart := s.apart(body, found)
	var made []change
	done := map[string]bool{}
	for _, i := range apart {
		for _, j := range apart {
			a, b := found[i], found[j]
			if i > j || s.power(a) == s.power(b) || a.as[0].class != b.as[0].class || !s.plays(a) || done[a.key+" "+b.key] {
				continue
			}
			done[a.key+" "+b.key] = true
			if claim, ok := s.swapped(body, found, a, b); ok {
				made = append(made, change{before + claim + after, a.In(body) + " ↔ " + b.In(body)})
			}
		}
	}
	return made
}

// plays tells whether a name is of a class whose members act, and can be declined where the language does so.
func (s site) plays(m mention) bool {
	class := s.Names[m.as[0].class].Class
	forms := strings.Split(s.item(m.as[0]).Forms, "|")
	stiff := s.lang == text.RU && (len(forms) < 2 || forms[0] == forms[1])
	return !stiff && (class == "country" || class == "person")
}

// power is the country that a name stands for, so that Moscow and Russia are not taken for two.
func (s site) power(m mention) string {
	if of := s.item(m.as[0]).Of; of != "" {
		return of
	}
	return m.key
}

// apart gives the names that are not members of a row of names.
func (s site) apart(body string, found []mention) []int {
	joined := regexp.MustCompile(`^(?:['’]s|['’])?(?: \p{L}+){0,2}(?:,? (?:and|or|nor|as in|as)|,? (?:и|или|ни|так и|а также)(?: в)?|-|–|\p{Han}{0,3}(?:和|、|与|或|及))(?: the)? ?$`)
	comma := regexp.MustCompile(`^(?:, (?:the )?|、)$`)
	more := regexp.MustCompile(`^(?:,| and| or| и| или|、|和|与)`)
	inRow := map[int]bool{}
	for i := 1; i < len(found); i++ {
		between := body[found[i-1].End:found[i].Start]
		if joined.MatchString(between) || comma.MatchString(between) && more.MatchString(body[found[i].End:]) {
			inRow[i-1], inRow[i] = true, true
		}
	}
	var rest []int
	for i := range found {
		if !inRow[i] && !bracketed(body[:found[i].Start]) {
			rest = append(rest, i)
		}
	}
	return rest
}

// bracketed tells whether brackets or quotation marks are open at the end of s.
func bracketed(s string) bool {
	open := strings.Count(s, "(") + strings.Count(s, "（") + strings.Count(s, "«") + strings.Count(s, "“") + strings.Count(s, "《")
	closed := strings.Count(s, ")") + strings.Count(s, "）") + strings.Count(s, "»") + strings.Count(s, "”") + strings.Count(s, "》")
	return open > closed || strings.Count(s, `"`)%2 == 1
}

// swapped exchanges all places of two names, each in the form of the other; false where the forms do not fit.
func (s site) swapped(body string, found []mention, a, b mention) (string, bool) {
	claim := body
	for _, m := range slices.Backward(found) {
		other := a
		switch m.key {
		case a.key:
			other = b
		case b.key:
		default:
			continue
		}
		if m.as[0].class != other.as[0].class {
			continue
		}
		at := s.formOf(claim, m)
		if s.lang == text.RU && at%6 == 0 && s.genders(claim[m.End:]) && m.as[0].group != other.as[0].group {
			return "", false
		}
		item := s.item(other.as[0])
		if at >= len(strings.Split(item.Forms, "|")) {
			return "", false
		}
		claim = put(claim, m.Span, item.word(at))
	}
	return claim, claim != body
}

// formOf says which form a name has, where its ending fits several: by the preposition before it.
func (s site) formOf(body string, m mention) int {
	if len(m.as) == 1 || s.lang != text.RU {
		return m.as[0].at
	}
	words := strings.Fields(strings.ToLower(body[:m.Start]))
	last := ""
	if len(words) > 0 {
		last = words[len(words)-1]
	}
	const genitive, dative, instrumental, accusative, prepositional = 1, 2, 3, 4, 5
	want := []int{genitive}
	switch {
	case slices.Contains([]string{"в", "во", "на", "о", "об"}, last):
		want = []int{prepositional, accusative}
	case last == "при":
		want = []int{prepositional}
	case slices.Contains([]string{"через", "за", "про", "под"}, last):
		want = []int{accusative}
	case slices.Contains([]string{"с", "со", "между", "перед", "над"}, last):
		want = []int{instrumental, genitive}
	case slices.Contains([]string{"к", "ко", "по", "вопреки", "благодаря"}, last), strings.HasPrefix(last, "предоставл"),
		strings.HasPrefix(last, "поставл"), strings.HasPrefix(last, "прода"), strings.HasPrefix(last, "помо"):
		want = []int{dative}
	}
	for _, w := range want {
		for _, f := range m.as {
			if f.at%6 == w {
				return f.at
			}
		}
	}
	return m.as[0].at
}

// genders tells whether one of the next words is a verb in the past, which agrees with the name in gender.
func (s site) genders(behind string) bool {
	words := strings.Fields(behind)
	for _, w := range words[:min(6, len(words))] {
		for _, end := range []string{"л", "ла", "лся", "лась", "рос", "росла", "ый", "ая", "та", "ен"} {
			if strings.HasSuffix(strings.TrimRight(w, ",.;:"), end) {
				return true
			}
		}
	}
	return false
}

// startsWithName tells whether a sentence begins with a name, so that something may be put before it.
func (t *tongue) startsWithName(s string) bool {
	found := t.mentions(s)
	return t.lang == text.ZH || len(found) > 0 && found[0].Start == 0
}

// lowered gives the sentence as it stands behind other words; false when its first word may be a name.
func (t *tongue) lowered(s string) (string, bool) {
	if t.startsWithName(s) {
		return s, true
	}
	r, size := utf8.DecodeRuneInString(s)
	first := strings.ToLower(strings.TrimRight(strings.Fields(s)[0], ",.:"))
	common := []string{"in", "most", "some", "many", "the", "over", "only", "since", "experts", "trade", "в", "на", "за", "многие", "некоторые", "большинство", "эксперты", "с", "только"}
	if slices.Contains(common, first) {
		return string(unicode.ToLower(r)) + s[size:], true
	}
	return "", false
}
