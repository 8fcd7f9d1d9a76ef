package verify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// slavicRole tells a Russian or Ukrainian actor's role by the preposition before it and by its ending; order decides only
// where the ending does not.
func (r *reading) slavicRole(i int, before []actorRole) role {
	w := r.tokens[i].text
	if next := i + 1; next < len(r.tokens) && hasAnyPrefix(r.tokens[next].text, "союз") {
		w = r.tokens[next].text // Советский Союз, Европейский союз
	}
	adjective := isSlavicAdjective(w)
	if adjective && !r.peopleFollow(i) {
		return asOwner
	}
	for j := i - 1; j >= 0 && j >= i-3 && r.tokens[j].clause == r.tokens[i].clause; j-- {
		if found, ok := r.slavicPreposition(j, w); ok {
			return found
		}
		if !isSlavicAdjective(r.tokens[j].text) && !hasAnySuffix(r.tokens[j].text, "ого", "его", "ому", "ему", "ой", "ую", "ых", "им", "ым", "ої", "ій") {
			break
		}
	}
	if adjective {
		switch {
		case hasAnySuffix(w, "им", "ими", "ым", "ыми"):
			return asDoer
		case hasAnySuffix(w, "ому"):
			return asGoal
		case hasAnySuffix(w, "их", "ого"):
			return asOwner
		}
		return r.byOrder(i)
	}
	switch caseOf(w) {
	case "nominative":
		if r.taken(i, before, asSubject) && !strings.HasSuffix(w, "ия") && !strings.HasSuffix(w, "ія") {
			return r.byOrder(i)
		}
		return asSubject
	case "accusative":
		if i > 0 && hasAnyPrefix(r.tokens[i-1].text, "сдела", "дела", "роби", "зроби") {
			return asSubject // делает Россию зависимой
		}
		return asObject
	case "instrumental":
		return asDoer
	case "dative":
		return asGoal
	case "genitive":
		if i > 0 && isSlavicVerb(r.tokens[i-1].text) {
			return asObject
		}
		return asOwner
	}
	return r.byOrder(i)
}

func (r *reading) byOrder(i int) role {
	if r.predicateBefore(i) {
		return asObject
	}
	return asSubject
}

// slavicPreposition tells the role that a preposition gives to the actor behind it.
func (r *reading) slavicPreposition(j int, actor string) (role, bool) {
	switch r.tokens[j].text {
	case "из", "от", "із", "зі", "від", "у":
		return asOrigin, true
	case "с", "со", "з":
		if hasAnySuffix(actor, "ем", "ом", "ей", "ым", "им", "ою", "єю", "єм", "сша", "нато", "кнр", "рф", "ес", "єс", "ію", "ією", "ами") {
			return asBeside, true
		}
		return asOrigin, true
	case "между", "среди", "між", "серед", "наряду":
		return asBeside, true
	case "чем", "ніж":
		return asThan, true
	case "к", "ко", "для", "против", "проти", "до", "о", "об", "про", "щодо":
		return asGoal, true
	case "в", "во", "на", "у_":
		if hasAnySuffix(actor, "ии", "ке", "не", "ае", "ле", "ве", "ії", "ні", "ві", "аї", "ці") {
			return asPlace, true
		}
		return asGoal, true
	case "за", "над", "перед", "под", "під", "при":
		return asGoal, true
	}
	return "", false
}

// caseOf guesses the case of a name by its ending; empty where the ending tells nothing.
func caseOf(w string) string {
	feminine := hasAnyPrefix(w, "украин", "україн", "москв", "америк", "европ", "європ", "коре", "монголи", "монголі")
	switch {
	case hasAnySuffix(w, "ия", "ія"):
		return "nominative"
	case hasAnySuffix(w, "ию", "ію"):
		return "accusative"
	case hasAnySuffix(w, "ией", "ією", "ией", "ем", "єм", "ом", "ым", "им", "ою"):
		return "instrumental"
	case hasAnySuffix(w, "ии", "ії"):
		return "genitive"
	case feminine && hasAnySuffix(w, "а"):
		return "nominative"
	case feminine && hasAnySuffix(w, "у"):
		return "accusative"
	case feminine && hasAnySuffix(w, "ой"):
		return "instrumental"
	case feminine && hasAnySuffix(w, "ы", "и"):
		return "genitive"
	case utf8.RuneCountInString(w) <= 3 || hasAnySuffix(w, "сша", "нато", "ссср", "срср"):
		return ""
	case hasAnySuffix(w, "а", "я"):
		return "genitive"
	case hasAnySuffix(w, "у", "ю", "ові", "еві"):
		return "dative"
	case hasAnySuffix(w, "е"):
		return ""
	}
	return "nominative"
}

func isSlavicAdjective(w string) bool {
	return hasAnySuffix(w, "ский", "ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских", "скими",
		"ський", "ського", "ському", "ським", "ська", "ської", "ській", "ську", "ською", "ське", "ські", "ських", "ськими", "цкий", "цкого", "цкая")
}

func isSlavicVerb(w string) bool {
	return !strings.HasSuffix(w, "ость") && hasAnySuffix(w, "л", "ла", "ло", "ли", "ет", "ют", "ит", "ат", "ят", "ть", "ться", "ся", "ет", "в", "ти", "є", "ють", "ить", "ає")
}

func isCyrillic(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Cyrillic, r)
}

func hasAnySuffix(s string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}

// isEnglishAdjective tells the form of a name that says whose: Chinese, Russian, American, British, Soviet.
func isEnglishAdjective(w string) bool {
	return hasAnySuffix(w, "ese", "ian", "ish", "ean", "american", "soviet", "german", "french") || w == "u.s." || w == "western" || w == "eu"
}

// isAuxiliary tells an English verb that carries another, and words for being.
func isAuxiliary(w string) bool {
	switch w {
	case "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "must", "should",
		"became", "become", "remains", "remained", "made", "makes", "是", "成为", "使", "为了", "стал", "стала", "является", "был", "была", "есть":
		return true
	}
	return false
}

// isPeople tells a word for those who act for a country or body.
func isPeople(w string) bool {
	return hasAnyPrefix(w, "government", "official", "leader", "president", "authorit", "diplomat", "compan", "firm", "force", "troop", "army",
		"military", "soldier", "minist", "citizen", "national", "people", "side", "expert", "negotiator", "buyer", "importer", "exporter", "refiner", "enterprise",
		"правительств", "власт", "руководств", "лидер", "президент", "чиновник", "должностн", "дипломат", "компани", "войск", "арми", "солдат", "министр", "министерств",
		"гражд", "сторон", "эксперт", "импортер", "экспортер", "покупател", "официальные",
		"уряд", "влад", "керівництв", "лідер", "чиновник", "компані", "військ", "армі", "громадян", "сторон", "міністр", "посадов")
}
