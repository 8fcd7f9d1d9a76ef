package verify

import "slices"

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
		return hasAnySuffix(r.tokens[i].text, "ен", "ена", "ено", "ены", "ан", "ана", "ано", "аны")
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
