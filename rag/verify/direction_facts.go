package verify

import (
	"slices"
	"strings"
)

// fact is something that goes from one side to another: who acts on whom, who gives what to whom, who is ahead of whom.
type fact struct {
	at       int // token of its predicate
	mark     mark
	kind     conceptKind
	from, to []string // actors; empty where the sentence does not say
	weak     bool     // of a giving that may be of anything
}

// maxFacts bounds what is compared of a sentence; an honest one has a few.
const maxFacts = 24

// facts finds what goes from whom to whom in a sentence.
func (r *reading) facts() []fact {
	var out []fact
	for i := range r.tokens {
		for _, m := range r.tokens[i].marks {
			kind := r.lex.concepts[m.concept].kind
			f := fact{at: i, mark: m, kind: kind}
			switch kind {
			case actConcept:
				f.from, f.to = r.act(i)
			case flowConcept:
				f.from, f.to = r.flow(i, m.pole)
			case compareConcept:
				f.from, f.to = r.compared(i)
				if m.pole == "-" {
					f.from, f.to = f.to, f.from
				}
			default:
				continue
			}
			f.weak = r.lex.concepts[m.concept].name == "give"
			if len(f.from)+len(f.to) > 0 && len(out) < maxFacts {
				out = append(out, f)
			}
		}
	}
	return append(append(out, mirrored(out)...), r.routes()...)
}

// mirrored are the facts that a comparison of two leaves unsaid: A depends on B less than B on A.
func mirrored(facts []fact) []fact {
	var out []fact
	for _, f := range facts {
		for _, g := range facts {
			if f.kind == actConcept && g.kind == compareConcept && !partial(f) && overlap(f.from, append(g.from, g.to...)) && overlap(f.to, append(g.from, g.to...)) {
				f.from, f.to = f.to, f.from
				out = append(out, f)
				break
			}
		}
	}
	return out
}

// routes are the ways from one place or number to another, whatever it is that goes there: из Китая в Россию, from 7 to 63.
func (r *reading) routes() []fact {
	var out []fact
	for k := range r.roles {
		a := &r.roles[k]
		if a.role != asOrigin {
			continue
		}
		for j := range r.roles {
			b := &r.roles[j]
			if b.role == asGoal && r.tokens[a.at].clause == r.tokens[b.at].clause && abs(a.at-b.at) <= 6 && len(out) < maxFacts {
				from, to := r.pair(a, b)
				out = append(out, fact{at: a.at, mark: mark{concept: route}, from: from, to: to})
			}
		}
	}
	return append(out, r.ranges()...)
}

// ranges are the changes from one number to another.
func (r *reading) ranges() []fact {
	var out []fact
	for i := range r.tokens {
		if !isNumber(r.tokens[i].text) || !r.marked(i, "from", "с", "со", "из", "від", "з", "із", "从", "由") {
			continue
		}
		for j := i + 1; j < len(r.tokens) && j <= i+8; j++ {
			if isNumber(r.tokens[j].text) && r.marked(j, "to", "до", "к", "至", "到", "升至", "增至", "降至", "跌至") && len(out) < maxFacts {
				out = append(out, fact{at: i, mark: mark{concept: span}, from: []string{plainNumber(r.tokens[i].text)}, to: []string{plainNumber(r.tokens[j].text)}})
				break
			}
		}
	}
	return out
}

// marked reports whether one of the words stands before a token, or one word farther off.
func (r *reading) marked(i int, words ...string) bool {
	return i > 0 && slices.Contains(words, r.tokens[i-1].text) || i > 1 && !isNumber(r.tokens[i-1].text) && slices.Contains(words, r.tokens[i-2].text)
}

// Concepts that no list names.
const (
	route = -2
	span  = -3
)

func isNumber(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// plainNumber writes a number alike in all languages.
func plainNumber(s string) string { return strings.ReplaceAll(s, ",", ".") }

func abs(n int) int { return max(n, -n) }

// act tells who does what token i names, and to whom.
func (r *reading) act(i int) (from, to []string) {
	agent, patient := r.agent(i)
	if patient == nil && r.tokens[i].han {
		patient = r.beforeIn(i, asGoal)
	}
	if patient == nil {
		patient = r.nextOf(i, agent, asGoal, asObject)
	}
	if patient == nil {
		patient = r.beforeIn(i, asObject)
	}
	if patient == nil {
		patient = r.after(i, asOrigin)
	}
	if patient == nil && r.tokens[i].han {
		patient = r.beforeIn(i, asOrigin)
	}
	if patient == nil {
		patient = either(r.near(i, asOwner), r.after(i, asBeside))
	}
	if agent == nil && patient != nil {
		agent = r.near(i, asOwner)
	}
	return r.pair(agent, patient)
}

// flow tells where what token i names comes from and where it goes.
func (r *reading) flow(i int, pole string) (from, to []string) {
	agent, _ := r.agent(i)
	source, goalOf := r.after(i, asOrigin), r.after(i, asGoal)
	if r.tokens[i].han {
		source, goalOf = either(source, r.beforeIn(i, asOrigin)), either(goalOf, r.beforeIn(i, asGoal))
	}
	if pole == "+" {
		source, goalOf = either(agent, source), either(goalOf, r.after(i, asObject))
		if source == nil {
			source = r.near(i, asOwner)
		}
	} else {
		source, goalOf = either(source, r.after(i, asOwner)), either(agent, goalOf)
		if source == nil && r.tokens[i].han {
			source = r.after(i, asObject)
		}
	}
	return r.pair(source, goalOf)
}

// compared tells what is held against what.
func (r *reading) compared(i int) (from, to []string) {
	var ahead, behind *actorRole
	for k := range r.roles {
		a := &r.roles[k]
		switch {
		case a.role == asBeside:
		case a.at < i && a.role != asThan && (ahead == nil || r.tokens[ahead.at].clause != r.tokens[i].clause && r.tokens[a.at].clause == r.tokens[i].clause):
			ahead = a
		case a.at > i && behind == nil && r.thanBetween(i, a.at):
			behind = a
		case a.role == asThan && r.tokens[a.at].han && a.at < i:
			behind = a
		}
	}
	if ahead == nil || behind == nil {
		return nil, nil
	}
	return r.pair(ahead, behind)
}

// thanBetween reports whether a word for than stands between token i and the actor at j, or the actor follows directly.
func (r *reading) thanBetween(i, j int) bool {
	if j == i+1 && r.tokens[j].han {
		return true
	}
	for _, t := range r.tokens[i:j] {
		switch t.text {
		case "than", "чем", "ніж", "于", "低于", "高于", "多于", "少于", "大于", "小于", "超过":
			return true
		}
	}
	return isCyrillic(r.tokens[j].text) && j <= i+2 && caseOf(r.tokens[j].text) == "genitive"
}

// agent is who does what token i names; in the passive it also tells to whom it is done.
func (r *reading) agent(i int) (agent, patient *actorRole) {
	subj, passive := r.beforeIn(i, asSubject), r.passive(i)
	if other := r.beforeIn(i, asThan); other != nil && subj != nil && other.at > subj.at {
		subj = other // less than Russia depends on China
	}
	if by := either(r.after(i, asDoer), r.beforeIn(i, asDoer)); by != nil {
		if !passive {
			subj = nil
		}
		return by, either(subj, r.near(i, asOwner))
	}
	if passive {
		return nil, subj
	}
	if own := r.ownerBefore(i); own != nil && (subj == nil || !isParty(r.tokens[i].text)) {
		return own, nil
	}
	if own := r.near(i, asOwner); own != nil && r.isNoun(i) && r.after(i, asGoal, asOrigin) != nil {
		return own, nil
	}
	if asked := r.asked(i); asked != nil {
		return asked, nil
	}
	if subj != nil {
		return subj, nil
	}
	return r.earlier(i, asSubject), nil
}

// asked is whom somebody asks, invites or makes to do what token i names.
func (r *reading) asked(i int) *actorRole {
	a := r.beforeIn(i, asObject)
	if a == nil {
		return nil
	}
	for j := a.at - 1; j >= 0 && j >= a.at-3; j-- {
		m, ok := r.kind(j, actConcept)
		if !ok {
			continue
		}
		switch r.lex.concepts[m.concept].name {
		case "ask", "invite", "allow", "tell", "warn":
			return a
		}
	}
	return nil
}

// passive reports whether token i is done to its subject: was invaded, 被.
func (r *reading) passive(i int) bool {
	if r.tokens[i].han {
		for j := i - 1; j >= 0 && r.tokens[j].clause == r.tokens[i].clause; j-- {
			if slices.Contains([]string{"被", "遭", "遭到", "受到"}, r.tokens[j].text) {
				return true
			}
		}
		return false
	}
	if isCyrillic(r.tokens[i].text) {
		return hasAnySuffix(r.tokens[i].text, "ен", "ена", "ено", "ены", "ан", "ана", "ано", "аны", "ется", "ются", "лся", "лась", "лось", "лись")
	}
	if !hasAnySuffix(r.tokens[i].text, "ed", "en", "sold", "bought", "sent", "told", "lent", "given") {
		return false
	}
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		switch r.tokens[j].text {
		case "is", "are", "was", "were", "been", "being", "be":
			return true
		}
	}
	return false
}

// nextOf is the nearest actor behind token i, in its clause, with any of the roles, other than the agent.
func (r *reading) nextOf(i int, agent *actorRole, roles ...role) *actorRole {
	for k := range r.roles {
		a := &r.roles[k]
		if a.at > i && slices.Contains(roles, a.role) && r.tokens[a.at].clause == r.tokens[i].clause && (agent == nil || a.actor != agent.actor) {
			return a
		}
	}
	return nil
}

// after is the nearest actor behind token i, in its clause, with one of the roles; an earlier role wins.
func (r *reading) after(i int, roles ...role) *actorRole {
	for _, want := range roles {
		for k := range r.roles {
			if a := &r.roles[k]; a.at > i && a.role == want && r.tokens[a.at].clause == r.tokens[i].clause {
				return a
			}
		}
	}
	return nil
}

// beforeIn is the nearest actor ahead of token i, in its clause, with one of the roles.
func (r *reading) beforeIn(i int, roles ...role) *actorRole {
	for _, want := range roles {
		for k := len(r.roles) - 1; k >= 0; k-- {
			if a := &r.roles[k]; a.at < i && a.role == want && r.tokens[a.at].clause == r.tokens[i].clause {
				return a
			}
		}
	}
	return nil
}

// earlier is the nearest actor with a role in a clause before that of token i.
func (r *reading) earlier(i int, want role) *actorRole {
	for k := len(r.roles) - 1; k >= 0; k-- {
		if a := &r.roles[k]; a.at < i && a.role == want {
			return a
		}
	}
	return nil
}

// ownerBefore is the actor whose doing token i is: China's imports, китайский экспорт, 中国的进口.
func (r *reading) ownerBefore(i int) *actorRole {
	const near = 4
	for k := len(r.roles) - 1; k >= 0; k-- {
		a := &r.roles[k]
		if a.at < i && a.at >= i-near && a.role == asOwner && r.tokens[a.at].clause == r.tokens[i].clause {
			return a
		}
	}
	return nil
}

// near is an actor with a role close behind token i.
func (r *reading) near(i int, want role) *actorRole {
	const near = 4
	for k := range r.roles {
		a := &r.roles[k]
		if a.at > i && a.at <= i+near && a.role == want && r.tokens[a.at].clause == r.tokens[i].clause {
			return a
		}
	}
	return nil
}

// isNoun guesses that token i names a doing and does not say that somebody does it.
func (r *reading) isNoun(i int) bool {
	w := r.tokens[i].text
	switch {
	case r.tokens[i].han:
		return false
	case isCyrillic(w):
		return !isSlavicVerb(w)
	}
	return r.followedBy(i, "of") || hasAnySuffix(w, "ion", "nce", "sion")
}

// isParty tells a word for one side of a trade, whose owner is the other side: Russia's buyer.
func isParty(w string) bool {
	return hasAnySuffix(w, "er", "ers", "or", "ors", "家", "商", "方", "国") ||
		hasAnyPrefix(w, "покупател", "продавец", "продавц", "поставщик", "покупец", "покупц", "постачальник", "импортер", "экспортер", "імпортер", "експортер", "customer")
}

// pair names the actors of both sides, all of an enumeration; sides that share one say nothing.
func (r *reading) pair(a, b *actorRole) (from, to []string) {
	from, to = r.group(a), r.group(b)
	if overlap(from, to) {
		return nil, nil
	}
	return from, to
}

func (r *reading) group(a *actorRole) []string {
	if a == nil {
		return nil
	}
	var out []string
	for _, b := range r.roles {
		if b.group == a.group {
			out = append(out, b.actor)
		}
	}
	return out
}

func either(a, b *actorRole) *actorRole {
	if a != nil {
		return a
	}
	return b
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
