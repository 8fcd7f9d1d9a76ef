package verify

import (
	"slices"
)

// role is how a sentence binds an actor to what happens, as far as its grammar shows it.
type role string

const (
	asSubject role = "subject"
	asObject  role = "object"
	asOwner   role = "owner" // whose: Russia's, Russian, of Russia, 俄罗斯的
	asOrigin  role = "origin"
	asGoal    role = "goal"
	asDoer    role = "doer" // by Russia, Россией, 由俄罗斯
	asThan    role = "than"
	asBeside  role = "beside" // with, between: both ways
	asPlace   role = "place"
)

// actorRole is an actor where a sentence names it.
type actorRole struct {
	at    int // its token
	actor string
	role  role
	group int // actors of one enumeration have the same
}

// actorRoles finds the actors of the sentence, each with its role.
func (r *reading) actorRoles() []actorRole {
	var out []actorRole
	for i, t := range r.tokens {
		if t.actor == "" {
			continue
		}
		a := actorRole{at: i, actor: t.actor, group: len(out)}
		if n := len(out); n > 0 && r.joined(out[n-1].at, i) {
			a.group, a.role = out[n-1].group, out[n-1].role
			if t.han && r.followedBy(i, "的") {
				r.regroup(out, a.group, asOwner)
				a.role = asOwner
			}
			out = append(out, a)
			continue
		}
		switch {
		case t.han:
			a.role = r.chineseRole(i, out)
		case isCyrillic(t.text):
			a.role = r.slavicRole(i, out)
		default:
			a.role = r.englishRole(i)
		}
		if i > 1 && isThan(r.tokens[i-2].text) && a.role == asOrigin {
			a.role = asThan // more than from Russia
		}
		out = append(out, a)
	}
	return out
}

// regroup gives all of a group a role.
func (r *reading) regroup(roles []actorRole, group int, to role) {
	for i := range roles {
		if roles[i].group == group && roles[i].role == asSubject {
			roles[i].role = to
		}
	}
}

// joined reports whether two actors stand in one enumeration: China and Russia, 中国和俄罗斯, 中俄.
func (r *reading) joined(a, b int) bool {
	between := r.tokens[a+1 : b]
	if len(between) == 0 {
		return r.tokens[b].han && !r.tokens[a].owner || r.tokens[b].glued
	}
	const near = 4
	if len(between) > near {
		return false
	}
	joins := false
	for _, t := range between {
		switch t.text {
		case "also", "но", "а", "and", "or", "nor", "и", "или", "ни", "та", "і", "й", "або", "чи", "和", "与", "同", "跟", "及", "以及", "或", "、", "-", "–", ",", "，", "как", "так":
			joins = true
		case "but", "не", "только", "лише", "тільки", "from", "to", "of", "with", "in", "by", "the", "both", "из", "в", "от", "с", "к", "у", "за", "з", "до", "от_":
		default:
			return false
		}
	}
	if len(between) == 1 && (between[0].text == "," || between[0].text == "，") {
		return r.enumerates(b)
	}
	return joins
}

// enumerates reports whether the actor after a comma goes on with an enumeration: another comma or an "and" follows it.
func (r *reading) enumerates(b int) bool {
	if r.followedBy(b, "也") {
		return true // 不仅俄罗斯，乌克兰也
	}
	if b+2 >= len(r.tokens) {
		return false
	}
	switch r.tokens[b+1].text {
	case "and", "и", "та", "і", "和", "、", ",":
		return r.tokens[b+2].actor != ""
	}
	return false
}

func (r *reading) followedBy(i int, texts ...string) bool {
	return i+1 < len(r.tokens) && slices.Contains(texts, r.tokens[i+1].text)
}

// taken reports whether a role is filled already in the clause of token i.
func (r *reading) taken(i int, roles []actorRole, want role) bool {
	for _, a := range roles {
		if a.role == want && r.tokens[a.at].clause == r.tokens[i].clause {
			return true
		}
	}
	return false
}

// predicateBefore reports whether something happens before token i in its clause.
func (r *reading) predicateBefore(i int) bool {
	for j := i - 1; j >= 0 && r.tokens[j].clause == r.tokens[i].clause; j-- {
		if _, ok := r.kind(j, actConcept, flowConcept, compareConcept); ok || isAuxiliary(r.tokens[j].text) {
			return true
		}
	}
	return false
}

// englishRole tells an English actor's role by the preposition before it, its form, or its side of the verb.
func (r *reading) englishRole(i int) role {
	t := r.tokens[i]
	adjective := isEnglishAdjective(t.text)
	people := r.peopleFollow(i)
	if (t.owner || adjective) && !people {
		return asOwner
	}
	for j := i - 1; j >= 0 && j >= i-3 && r.tokens[j].clause == t.clause; j-- {
		switch w := r.tokens[j].text; w {
		case "from":
			return asOrigin
		case "to", "into", "toward", "towards", "onto", "against", "on", "for", "upon":
			return asGoal
		case "of":
			return asOwner
		case "by":
			return asDoer
		case "than":
			return asThan
		case "with", "between", "among", "like", "alongside":
			return asBeside
		case "in", "at", "over", "across", "within", "near", "inside", "around", "off":
			return asPlace
		case "make", "makes", "made", "making", "render", "renders", "rendered":
			return asSubject // makes China less reliant
		case "the", "a", "an", "all", "both", "whole", "mainland", "neighboring", "neighbouring", "president", "leader", "chairman":
			continue
		}
		break
	}
	if r.predicateBefore(i) {
		return asObject
	}
	return asSubject
}

// peopleFollow reports whether the actor's name only says whose people act: Chinese officials, Russia's government.
func (r *reading) peopleFollow(i int) bool {
	for j := i + 1; j < len(r.tokens) && j <= i+3; j++ {
		if r.tokens[j].punct {
			return false
		}
		if isPeople(r.tokens[j].text) {
			return true
		}
		if r.tokens[j].actor != "" || len(r.tokens[j].marks) > 0 {
			return false
		}
	}
	return false
}

// chineseRole tells a Chinese actor's role by the word before it, 的 after it, or its side of the verb.
func (r *reading) chineseRole(i int, before []actorRole) role {
	owned := r.followedBy(i, "的")
	if i > 0 {
		switch r.tokens[i-1].text {
		case "从", "自", "来自", "由于":
			return asOrigin
		case "由", "被", "遭", "受", "遭到", "受到":
			return asDoer
		case "到":
			if i > 1 && slices.Contains([]string{"受", "遭", "得"}, r.tokens[i-2].text) {
				return asDoer
			}
			if i > 1 && slices.Contains([]string{"谈", "提", "看", "说", "讲", "想"}, r.tokens[i-2].text) {
				return asObject
			}
			return asGoal
		case "对", "向", "给", "为", "往", "至", "赴", "针对", "对准", "致", "提供给", "交给", "卖给", "售给", "运往", "销往", "送往", "输往", "送给":
			return asGoal
		case "把", "将":
			return asObject
		case "比", "较", "于":
			return asThan
		case "与", "和", "同", "跟", "及":
			return asBeside
		case "在", "就", "关于":
			if owned && i+2 < len(r.tokens) && len(r.tokens[i+2].marks) > 0 {
				return asOwner // 在中国的贸易伙伴中
			}
			return asPlace
		case "使", "让", "令":
			return asSubject
		}
	}
	if owned {
		return asOwner
	}
	if found, ok := r.chinesePreposition(i); ok {
		return found
	}
	const near = 3
	for j := i - 1; j >= 0 && j >= i-near && r.tokens[j].clause == r.tokens[i].clause; j-- {
		if _, ok := r.kind(j, actConcept, flowConcept); ok {
			return asObject
		}
	}
	if r.taken(i, before, asSubject) && r.predicateBefore(i) {
		return asObject
	}
	return asSubject
}

// chinesePreposition looks for a preposition that stands farther off: 对持普通护照的俄罗斯公民.
func (r *reading) chinesePreposition(i int) (role, bool) {
	const far = 7
	for j := i - 2; j >= 0 && j >= i-far && r.tokens[j].clause == r.tokens[i].clause; j-- {
		if r.tokens[j].actor != "" {
			return "", false
		}
		if _, ok := r.kind(j, actConcept, flowConcept); ok {
			return "", false
		}
		switch r.tokens[j].text {
		case "对", "向":
			return asGoal, true
		}
	}
	return "", false
}

// isThan tells the words behind which a comparison names what it compares with.
func isThan(w string) bool {
	switch w {
	case "than", "чем", "ніж", "比", "多于", "少于", "高于", "低于", "大于", "小于", "超过":
		return true
	}
	return false
}
