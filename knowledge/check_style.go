package knowledge

import (
	"slices"
	"strings"
	"unicode"

	"amur/internal/text"
)

// Limits of a sentence.
const (
	mostWords = 30
	mostHan   = 70
)

// length gives the size of a sentence, its limit, and the unit of both.
func length(s string, lang text.Lang) (size, limit int, unit string) {
	if lang == text.ZH || lang == text.ZHHant {
		return hanLength(s), mostHan, "characters"
	}
	for word := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(word, isWordRune) {
			size++
		}
	}
	return size, mostWords, "words"
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// hanLength counts as Chinese editors do, but without punctuation: a Chinese character is one, and so is a number or
// a Latin word.
func hanLength(s string) int {
	size, inWord := 0, false
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			size++
			inWord = false
		case isWordRune(r):
			if !inWord {
				size++
			}
			inWord = true
		case inWord && strings.ContainsRune(".,-'’", r):
		default:
			inWord = false
		}
	}
	return size
}

// leadingPronoun gives the word at the start of a sentence that points back to another, or "". Quoted speech may begin
// as it likes.
func leadingPronoun(s string, lang text.Lang) string {
	if lang == text.ZH || lang == text.ZHHant {
		return leadingHanPronoun(s)
	}
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '’' && r != '\'' })
	if end < 0 {
		end = len(s)
	}
	first := s[:end]
	if slices.Contains(pronouns(lang), strings.ToLower(first)) {
		return first
	}
	return ""
}

// pronouns are the words that point back when a sentence begins with them.
func pronouns(lang text.Lang) []string {
	switch lang {
	case text.EN:
		return strings.Fields(`he she it they him her them his hers its their theirs this that these those such here
			it's he's she's they're that's`)
	case text.RU:
		return strings.Fields(`он она оно они его её ее ему ей им их ими этот эта это эти этого этой этих этому этим
			тот та то те того той тех тому такой такая такое такие там здесь тут тогда туда оттуда`)
	case text.UK:
		return strings.Fields(`він вона воно вони його її йому їй їм їх їхній їхня їхнє їхні цей ця це ці цього цієї цих
			той та те ті такий така таке такі там тут тоді туди звідти`)
	default:
		return nil
	}
}

func leadingHanPronoun(s string) string {
	for word := range strings.FieldsSeq(`其他 其它 其余 其餘 此外 此前 此后 此後 那不勒斯 那曲`) {
		if strings.HasPrefix(s, word) {
			return ""
		}
	}
	for word := range strings.FieldsSeq(`它们 它們 他们 他們 她们 她們 这些 這些 那些 前者 后者 後者 两者 兩者 二者
		它 他 她 这 這 那 该 該 其 此`) {
		if strings.HasPrefix(s, word) {
			return word
		}
	}
	return ""
}
