package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joined reports whether what follows at offset after belongs to the sentence
// that seemed to end at offset end.
func (c *cutter) joined(end, after int) bool {
	s := c.s
	next, _ := utf8.DecodeRuneInString(s[after:])
	body := strings.TrimRight(s[max(c.start, end-reach):end], closing+`"'*_`+"`~")
	last, _ := utf8.DecodeLastRuneInString(body)
	closed := len(body) < end-max(c.start, end-reach)
	wide := last >= 0x3000
	switch {
	case last == '.' && unicode.IsLower(next):
		return true
	case after == end && !wide && !unicode.IsUpper(next) && scriptOf(next) != han && !closed && strings.ContainsRune(".!?", last):
		return true // an address: ?page=2
	case closed && unicode.IsLower(next) && strings.ContainsRune("!?…", last):
		return true // "Who?" he asked
	case closed && wide && strings.ContainsRune("的等之", next):
		return true // “谁？”的问题
	case c.item(end):
		return true
	case c.inBrackets(end, after):
		return true
	case last == '.' && !closed && !strings.HasSuffix(body, ".."):
		return c.abbreviated(body[:len(body)-1], after)
	}
	return false
}

// item reports whether the sentence so far is nothing but the number of a list
// item: "1.", "(2)", "а)", "IV.".
func (c *cutter) item(end int) bool {
	t := strings.Trim(s0(c.s, c.start, end), " \t.()*_")
	if t == "" {
		return true
	}
	if len(t) > 4 {
		return false
	}
	letters, digits := 0, 0
	for _, r := range t {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case strings.ContainsRune("IVX", r):
		case unicode.IsLetter(r):
			letters++
		default:
			return false
		}
	}
	return digits <= 3 && letters <= 1 && (letters == 0 || digits == 0)
}

// s0 returns the sentence s[start:end] without leading white space, at most a
// dozen bytes more than an item's number could have.
func s0(s string, start, end int) string {
	start = skipSpace(s, start)
	if end-start > 12 {
		return "-too long-"
	}
	return s[min(start, end):end]
}

// inBrackets reports whether offset end lies inside round brackets that opened
// in the middle of the sentence and close soon.
func (c *cutter) inBrackets(end, after int) bool {
	from := max(c.start, end-reach)
	open := strings.LastIndexAny(c.s[from:end], "(（")
	if open < 0 || strings.ContainsAny(c.s[from+open:end], ")）") || skipSpace(c.s, c.start) == from+open {
		return false
	}
	ahead := c.s[after:min(len(c.s), after+reach)]
	shut := strings.IndexAny(ahead, ")）")
	return shut >= 0 && !strings.ContainsAny(ahead[:shut], "(（\n")
}

// abbreviated reports whether the full stop behind before is that of an
// abbreviation which the text at offset after continues.
func (c *cutter) abbreviated(before string, after int) bool {
	next := leadingWord(c.s[after:])
	token := lastToken(before)
	if token == "" {
		return false
	}
	first, size := utf8.DecodeRuneInString(token)
	if size == len(token) && unicode.IsUpper(first) && scriptOf(first) != han {
		return c.initial(first, before[:len(before)-len(token)], next, after)
	}
	rest := before[:len(before)-len(token)]
	if size == len(token) { // "т. е."
		if trimmed := strings.TrimRight(rest, " \u00a0"); strings.HasSuffix(trimmed, ".") {
			if earlier := lastToken(trimmed[:len(trimmed)-1]); utf8.RuneCountInString(earlier) == 1 {
				token = earlier + "." + token
			}
		}
	}
	kind := abbreviationOf(strings.ToLower(token))
	if kind == noAbbreviation && isInitials(token) {
		kind = beforeName
	}
	switch kind {
	case beforeAnything:
		return true
	case beforeNumber:
		return isNumeral(next)
	case beforeName:
		return !starts(next)
	case afterNumber:
		return isAcronym(next)
	case yearOrPlace:
		if digit, _ := utf8.DecodeLastRuneInString(strings.TrimRight(rest, " \u00a0")); !unicode.IsDigit(digit) && !strings.ContainsRune("IVX", digit) {
			return true // г. Москва
		}
		// "В 2022 г. Китай …": too little yet for a sentence.
		return len(strings.Fields(c.s[max(c.start, after-reach):after])) <= 4
	}
	return false
}

// initial decides on a full stop after a single capital letter: a person's
// initial, unless the next word is one that begins sentences.
func (c *cutter) initial(letter rune, before, next string, after int) bool {
	if letter == 'I' && !strings.HasSuffix(strings.TrimRight(before, " \u00a0"), ".") {
		return false // "World War I.", "than I."
	}
	r, n := utf8.DecodeRuneInString(next)
	if n == len(next) && strings.HasPrefix(c.s[after+n:], ".") {
		return unicode.IsUpper(r)
	}
	return unicode.IsUpper(r) && !starts(next)
}

// isInitials reports whether a token is capital letters with full stops between.
func isInitials(token string) bool {
	for part := range strings.SplitSeq(token, ".") {
		if r, n := utf8.DecodeRuneInString(part); n != len(part) || !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// starts reports whether a word often begins a sentence: a function word.
func starts(word string) bool {
	w := fold(word)
	return !isAcronym(word) && (isFunctionWord(w, EN) || isFunctionWord(w, RU) || isFunctionWord(w, UK))
}

func isAcronym(word string) bool {
	return utf8.RuneCountInString(word) > 1 && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsUpper(r) })
}

func isNumeral(word string) bool {
	return word != "" && (unicode.IsDigit(rune(word[0])) || strings.Trim(word, "IVXLC") == "")
}

// leadingWord returns the word or number that s begins with, past opening marks.
func leadingWord(s string) string {
	s = strings.TrimLeft(s[:min(len(s), reach)], "\"'“‘«„([*_")
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' {
			return s[:i]
		}
	}
	return s
}

// lastToken returns the letters, with full stops between them, that s ends with.
func lastToken(s string) string {
	start := len(s)
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:start])
		if !unicode.IsLetter(r) && r != '.' && r != '-' {
			break
		}
		start -= n
	}
	return strings.TrimLeft(s[start:], ".-")
}
