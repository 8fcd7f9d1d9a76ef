package eval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// opposites puts the opposite in the place of a word.
func (s site) opposites() []change {
	before, body, after, _ := s.parts(s.claim)
	var made []change
	taken := s.spared(body)
	try := func(word, other string) {
		span, ok := s.find(body, word, 0)
		if !ok || overlaps(span, taken) || s.has(body, []string{other}) && !strings.Contains(other, word) {
			return
		}
		taken = append(taken, span)
		made = append(made, change{before + put(body, span, other) + after, word + " → " + other})
	}
	for _, pair := range s.Opposites {
		try(pair[0], pair[1])
		try(pair[1], pair[0])
	}
	for _, pair := range s.Replaced {
		try(pair[0], pair[1])
	}
	return made
}

// negations puts in a "not", or takes one out.
func (s site) negations() []change {
	before, body, after, _ := s.parts(s.claim)
	made := s.denials(body)
	for _, m := range s.affirmations(body) {
		made = append([]change{m}, made...)
	}
	for i := range made {
		made[i].claim = before + made[i].claim + after
	}
	return made[:min(1, len(made))]
}

// affirmations take a "not" out, by the first rule that fits.
func (s site) affirmations(body string) []change {
	for _, rule := range s.Removals {
		claim, ok := s.replaced(body, rule)
		if !ok || len(s.spared(body)) > 0 || s.lang == text.RU && strings.Contains(body, ", а ") {
			continue
		}
		return []change{{claim, strings.TrimSpace(rule[0]) + " taken out"}}
	}
	return nil
}

// replaced makes all replacements of a rule, once each; false when one finds nothing to replace. Words in a rule with
// spaces around them stand as they are.
func (s site) replaced(body string, rule []string) (string, bool) {
	claim := body
	for i := 0; i+1 < len(rule); i += 2 {
		from, to := rule[i], rule[i+1]
		if strings.TrimSpace(from) != from {
			if !strings.Contains(claim, from) {
				return "", false
			}
			claim = strings.Replace(claim, from, to, 1)
			continue
		}
		n := 0
		for {
			span, ok := s.find(claim, from, 0)
			if !ok || n > 0 && len(rule) == 2 {
				break
			}
			claim = strings.NewReplacer("  ", " ", "« ", "«").Replace(put(claim, span, to))
			n++
			if strings.Contains(to, from) || n > 3 {
				break
			}
		}
		if n == 0 {
			return "", false
		}
	}
	return claim, true
}

// denials put in a "not".
func (s site) denials(body string) []change {
	if s.has(body, s.Negators) {
		return nil
	}
	var claim string
	var ok bool
	switch s.lang {
	case text.EN:
		claim, ok = s.denyEnglish(body)
	case text.RU:
		claim, ok = s.denyRussian(body)
	default:
		claim, ok = s.denyChinese(body)
	}
	if !ok {
		return nil
	}
	return []change{{claim, "not put in"}}
}

// word is a word of a sentence without the marks around it.
func words(s string) []text.Span {
	var spans []text.Span
	start := -1
	for i, r := range s + " " {
		inside := wordRune(r) || start >= 0 && (r == '-' || r == '\'' || r == '’')
		if inside && start < 0 {
			start = i
		}
		if !inside && start >= 0 {
			spans = append(spans, text.Span{Start: start, End: i})
			start = -1
		}
	}
	return spans
}

// denyEnglish negates the first verb that stands in no subordinate clause.
func (s site) denyEnglish(body string) (string, bool) {
	list := words(body)
	below, quoted := false, false
	for i, span := range list {
		w := span.In(body)
		if i > 0 {
			between := body[list[i-1].End:span.Start]
			if strings.ContainsAny(between, ",:;") {
				below = false
			}
			if strings.Count(between, `"`)%2 == 1 {
				quoted = !quoted
			}
		}
		if slices.Contains(s.Subordinators, strings.ToLower(w)) {
			below = true
		}
		if below || quoted {
			continue
		}
		following := ""
		if i+1 < len(list) {
			following = list[i+1].In(body)
		}
		if slices.Contains(s.Auxiliaries, w) {
			return body[:span.End] + " not" + body[span.End:], true
		}
		if w == "has" || w == "have" || w == "had" {
			if s.participle(following) || strings.HasSuffix(following, "ly") || i+2 < len(list) && s.participle(list[i+2].In(body)) ||
				following == "both" {
				return body[:span.End] + " not" + body[span.End:], true
			}
			helper := map[string]string{"has": "does", "have": "do", "had": "did"}[w]
			return body[:span.Start] + helper + " not have" + body[span.End:], true
		}
		for _, verb := range s.Verbs {
			switch {
			case w == verb[0] && i > 0 && !nounBefore(body, list, i) && s.isVerb(verb[2], body[list[i-1].Start:span.Start]):
				return body[:span.Start] + "does not " + verb[2] + body[span.End:], true
			case w == verb[1] && i > 0 && !nounBefore(body, list, i) && (!s.participle(w) || !slices.Contains([]string{"by", "in", "as", "from"}, following)):
				return body[:span.Start] + "did not " + verb[2] + body[span.End:], true
			case w == verb[2] && i > 0 && pluralBefore(body, list, i):
				return body[:span.Start] + "do not " + w + body[span.End:], true
			}
		}
	}
	return "", false
}

// participle tells whether a word is one, as far as its ending or the list tells.
func (s site) participle(w string) bool {
	return strings.HasSuffix(w, "ed") || slices.Contains(s.Participles, w)
}

// isVerb tells whether a form that might be a noun ("imports") is a verb: behind a name or an adverb.
func (s site) isVerb(base, before string) bool {
	first, _ := utf8.DecodeRuneInString(before)
	return !slices.Contains(s.Homonyms, base) || unicode.IsUpper(first) || strings.HasSuffix(strings.TrimSpace(before), "ly")
}

// nounBefore tells whether what stands before a word makes it a noun: "China's imports", "the increases".
func nounBefore(body string, list []text.Span, i int) bool {
	before := list[i-1].In(body)
	return strings.HasSuffix(before, "'s") || strings.HasSuffix(before, "’s") ||
		slices.Contains([]string{"the", "a", "an", "of", "to", "in", "on", "its", "their", "these", "for", "joint", "arms"}, strings.ToLower(before))
}

// pluralBefore tells whether the word before looks like the end of a subject in the plural: "experts", "China and Russia".
func pluralBefore(body string, list []text.Span, i int) bool {
	before := list[i-1].In(body)
	if nounBefore(body, list, i) || slices.Contains([]string{"also", "both", "together", "often"}, before) && i > 1 {
		return slices.Contains([]string{"also", "both", "together", "often"}, before)
	}
	joined := i > 2 && list[i-2].In(body) == "and"
	return joined || strings.HasSuffix(before, "s") && !strings.HasSuffix(before, "ss") && unicode.IsLower(rune(before[0])) || i == 1 && strings.HasSuffix(before, "s")
}

// denyRussian puts «не» before the first word that looks like a verb in the past or present, or behind the dash that
// stands for "is".
func (s site) denyRussian(body string) (string, bool) {
	quoted := 0
	list := words(body)
	for i, span := range list {
		if i == 0 {
			continue
		}
		between := body[list[i-1].End:span.Start]
		quoted += strings.Count(between, "«") + strings.Count(between, "(") - strings.Count(between, "»") - strings.Count(between, ")")
		if quoted > 0 {
			continue
		}
		if at := strings.Index(between, " — "); at >= 0 {
			at += list[i-1].End + len(" — ")
			return body[:at] + "не " + body[at:], true
		}
		asks := i+1 < len(list) && list[i+1].In(body) == "ли"
		if s.finite(span.In(body)) && !asks {
			return body[:span.Start] + "не " + body[span.Start:], true
		}
	}
	return "", false
}

// finite tells whether a Russian word looks like a verb in the past or present.
func (s site) finite(w string) bool {
	if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) || utf8.RuneCountInString(w) < 4 || strings.HasSuffix(w, "тели") || slices.Contains(s.Exceptions, w) {
		return false
	}
	for _, end := range []string{
		"ал", "ил", "ел", "ул", "ял", "ыл", "ала", "ила", "ела", "яла", "ыла", "али", "или", "ели", "яли", "ули", "ало", "ило", "ело",
		"лся", "лась", "лось", "лись", "шёл", "шла", "шли", "ает", "яет", "ует", "еет", "жет", "дёт", "дет", "тёт", "шет", "чет", "ит", "ают", "яют", "уют", "еют", "гут", "ят",
		"ется", "ются", "ится", "ятся", "рос", "росла", "росли", "стиг",
	} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// denyChinese uses the first rule that fits, at the first place outside quotation marks.
func (s site) denyChinese(body string) (string, bool) {
	spared := s.spared(body)
	for _, rule := range s.Insertions {
		depth := 0
		for i, r := range body {
			switch r {
			case '“', '《', '（':
				depth++
			case '”', '》', '）':
				depth--
			}
			if depth == 0 && strings.HasPrefix(body[i:], rule[0]) && !overlaps(text.Span{Start: i, End: i + len(rule[0])}, spared) {
				return body[:i] + rule[1] + body[i+len(rule[0]):], true
			}
		}
	}
	return "", false
}
