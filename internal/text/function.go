package text

// FunctionWord reports whether a lower-case word is a function word of lang: a pronoun, preposition, conjunction, particle,
// auxiliary or very common verb, which carries no content of its own. Chinese ones are single characters.
func FunctionWord(word string, lang Lang) bool {
	if lang == ZHHant {
		lang = ZH
	}
	return isFunctionWord(word, lang)
}
