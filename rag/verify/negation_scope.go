package verify

import "slices"

// denial is a negation of a sentence: its cue and what it negates, the nearest first.
type denial struct {
	cue     int
	soft    bool // a word like refuse or lack, and no plain negation
	bare    bool // the soft word stands right before what it denies
	double  bool // denies a denial: did not refuse
	aside   bool // sets aside what it denies for something else: not A but B
	targets []int
}

// maxDenials bounds what is compared of a sentence.
const maxDenials = 16

// denials finds the negations of a sentence. Words that only strengthen one (никогда не, not … any) belong to it.
func (r *reading) denials() []denial {
	if r.denied != nil {
		return r.denied
	}
	out := []denial{}
	for i := range r.tokens {
		_, hard := r.kind(i, notConcept)
		_, soft := r.kind(i, softConcept)
		aside := r.setsAside(i)
		if !hard && !soft && !aside || len(out) >= maxDenials {
			continue
		}
		d := denial{cue: i, soft: soft && !hard, aside: aside, targets: r.scope(i)}
		d.bare = d.soft && len(d.targets) > 0 && (d.targets[0] <= i+2 || r.tokens[i].han)
		n := len(out) - 1
		switch {
		case n < 0:
			out = append(out, d)
		case d.soft && !out[n].soft && !out[n].double && i-out[n].cue <= 3 && r.tokens[out[n].cue].clause == r.tokens[i].clause:
			out[n].double, out[n].targets = true, append([]int{i}, d.targets...)
		case hard && !out[n].soft && !r.partial(i) && !r.partial(out[n].cue) && (r.strengthens(out[n].cue) || r.strengthens(i) || r.goesOn(i)):
			out[n].targets = append(out[n].targets, d.targets...)
			if r.strengthens(out[n].cue) && !r.strengthens(i) {
				out[n].targets = append(d.targets, out[n].targets...)
			}
		default:
			out = append(out, d)
		}
	}
	r.denied = out
	return out
}

// setsAside reports whether a cue denies one thing to say another: rather than A, not A but B, B, а не A, 不是A而是B.
func (r *reading) setsAside(i int) bool {
	if _, ok := r.kind(i, contrastConcept); ok {
		return true
	}
	if _, ok := r.kind(i, notConcept); !ok {
		return false
	}
	if i > 0 && slices.Contains([]string{"а", "but"}, r.tokens[i-1].text) {
		return true
	}
	for j := i + 1; j < len(r.tokens); j++ {
		t := r.tokens[j]
		switch {
		case t.han && t.text == "而" && r.followedBy(j, "是"), t.text == "而是":
			return true
		case t.punct || t.clause == r.tokens[i].clause:
			continue
		}
		return slices.Contains([]string{"а", "but", "rather"}, t.text)
	}
	return false
}

// strengthens reports whether a cue goes with another negation of the same: ни, никогда, nor.
func (r *reading) strengthens(i int) bool {
	switch w := r.tokens[i].text; w {
	case "neither", "nor", "ever", "ні", "ни", "жоден":
		return true
	default:
		return isCyrillic(w) && hasAnyPrefix(w, "ни", "ні", "жодн")
	}
}

// goesOn reports whether a cue goes on with the negation before it: не A и не B.
func (r *reading) goesOn(i int) bool {
	return i > 0 && slices.Contains([]string{"и", "та", "і", "й", "and", "or"}, r.tokens[i-1].text)
}

// scope is what a cue negates: the words with a content of their own behind it, as far as its clause goes. Where Russian puts
// the negation last (договора нет, поставок не было), it is what stands before.
func (r *reading) scope(cue int) []int {
	const reach = 9
	most := 3
	if r.tokens[cue].han {
		most = 6
	}
	var out []int
	for j := cue + 1; j < len(r.tokens) && j <= cue+reach && len(out) < most; j++ {
		t := &r.tokens[j]
		if t.punct || t.clause != r.tokens[cue].clause {
			break
		}
		if t.actor == "" && !r.isLightAt(j) && !r.seeks(j) {
			out = append(out, j)
		}
	}
	if r.tokens[cue].han {
		out = r.markedFirst(out)
	}
	if len(out) > 0 && !slices.Contains([]string{"нет", "немає", "нема"}, r.tokens[cue].text) {
		return out
	}
	for j := cue - 1; j >= 0 && j >= cue-reach && len(out) < most; j-- {
		t := &r.tokens[j]
		if t.punct || t.clause != r.tokens[cue].clause {
			break
		}
		if t.actor == "" && !r.isLightAt(j) {
			out = append(out, j)
		}
	}
	return out
}

// seeks tells a word that only leads to what is denied: does not seek to replace.
func (r *reading) seeks(j int) bool {
	m, ok := r.kind(j, topicConcept)
	return ok && r.lex.concepts[m.concept].name == "seek"
}

// markedFirst puts the tokens that stand for a concept before the lone characters.
func (r *reading) markedFirst(tokens []int) []int {
	slices.SortStableFunc(tokens, func(a, b int) int {
		return min(1, len(r.tokens[b].marks)) - min(1, len(r.tokens[a].marks))
	})
	return tokens
}

// negated reports whether a token is or stands in the scope of a negation. A word like reject is a pole of its own.
func (r *reading) negated(i int) bool {
	for _, d := range r.denials() {
		if d.cue == i && !d.soft || slices.Contains(d.targets, i) {
			return true
		}
	}
	return false
}

// isLightAt tells words that carry no content for a negation: forms of be, have and do, articles, adverbs of time.
func (r *reading) isLightAt(i int) bool {
	t := &r.tokens[i]
	for _, m := range t.marks {
		if k := r.lex.concepts[m.concept].kind; k != nearConcept && k != blindConcept && k != doubtConcept && k != notConcept {
			return false
		}
	}
	if len(t.marks) > 0 {
		return true
	}
	switch t.text {
	case "be", "been", "being", "is", "are", "was", "were", "have", "has", "had", "do", "did", "does", "become", "became", "get", "got", "make", "made",
		"the", "a", "an", "any", "its", "their", "his", "to", "of", "in", "on", "at", "by", "for", "with", "and", "or", "yet", "still", "ever",
		"so", "far", "as", "it", "they", "would", "will", "could", "should", "can", "what", "that", "than",
		"он", "она", "они", "оно", "его", "их", "и", "в", "на", "с", "к", "о", "у", "за", "из", "от", "по", "для", "был", "была",
		"были", "было", "быть", "стал", "стала", "стали", "стать", "является", "являются", "являлась", "являлся", "являлись", "являлось", "пока", "еще", "это", "во", "со", "до", "при", "между",
		"є", "був", "була", "було", "були", "бути", "та", "і", "з", "від", "його", "й", "щодо", "під",
		"的", "了", "在", "与", "和", "对", "向", "给", "为", "被", "把", "将", "过", "是", "有", "这", "该", "其", "从", "就", "由", "也", "都", "能", "会", "曾", "以":
		return true
	}
	return false
}
