package verify

import (
	"slices"
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
	if r.known == nil {
		r.known = r.findFacts()
	}
	return r.known
}

func (r *reading) findFacts() []fact {
	out := []fact{}
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
		if isThan(t.text) || t.text == "于" {
			return true
		}
	}
	return isCyrillic(r.tokens[j].text) && j <= i+2 && caseOf(r.tokens[j].text) == "genitive"
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
