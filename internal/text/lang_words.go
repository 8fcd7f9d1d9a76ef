package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A script as far as the languages of this package need it.
type script int

const (
	none script = iota
	latin
	cyrillic
	han
	kana    // Hiragana, Katakana, and Hangul with them: scripts that stand beside Chinese characters
	foreign // letters of any other script
)

func scriptOf(r rune) script {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return latin
		}
		return none
	case 0x410 <= r && r <= 0x45f:
		return cyrillic
	case 0x4e00 <= r && r <= 0x9fff:
		return han
	case !unicode.IsLetter(r):
		return none
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		return kana
	case unicode.Is(unicode.Common, r):
		return none
	}
	return foreign
}

// place says how much a word tells about the language around it.
type place int

const (
	running place = iota
	opening       // capitalised because it opens a sentence, or a name that does
	name          // capitalised inside a sentence
	quoted        // between quotation marks
)

// word is a run of letters of one script.
type word struct {
	text   string // lower case, without stress marks
	langs  string // what the lexicon says
	script script
	place  place
}

// wordTally is a text taken apart for language detection.
type wordTally struct {
	words            []word // Latin and Cyrillic words
	han, kana, other int    // letters of the other scripts
	hanWeight        int
	asks             bool // a function word was met outside quotations
}

// running returns the script of the running words: function words count double,
// names and quotations half. Of equals the one that is not Latin wins, since
// Latin names stand in other scripts more often than the reverse.
func (t wordTally) running() script {
	var weight [foreign + 1]int
	for _, w := range t.words {
		switch {
		case w.place == name || w.place == quoted:
			weight[w.script]++
		case w.langs != "":
			weight[w.script] += 4
		default:
			weight[w.script] += 2
		}
	}
	weight[han] = t.hanWeight
	if t.kana > 0 {
		weight[han] += t.kana
	}
	weight[foreign] = t.other
	best := none
	for _, s := range []script{cyrillic, han, foreign, latin} {
		if weight[s] > weight[best] {
			best = s
		}
	}
	return best
}

// tally cuts s into words and looks them up in the lexicon. Addresses, mentions
// and the names of emoji are passed over. What follows a colon in another script
// is what the author talks about ("переведи: who goes there") and is passed over.
func tally(s, lexicon string) wordTally {
	var t wordTally
	shouting := !strings.ContainsFunc(s, unicode.IsLower)
	opens, quote, lead := true, false, none
	for i := 0; i < len(s); {
		if i == 0 || !encodes(s[i-1]) {
			if n := noise(s[i:]); n > 0 {
				i += n
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		sc := scriptOf(r)
		if sc == latin || sc == cyrillic {
			n = wordLen(s[i:], sc)
		}
		if lead != none && sc != none && sc != lead {
			i += n
			continue
		}
		switch sc {
		case none:
			switch r {
			case ':':
				opens = true
				if lead == none && t.asks {
					lead = t.running()
				}
			case '.', '!', '?', '\n', '…':
				opens = true
			case '«', '“', '„', '「', '『', '《':
				quote = true
			case '»', '”', '」', '』', '》':
				quote = false
			case '"':
				quote = !quote && strings.IndexByte(s[i+1:], '"') >= 0
			}
		case latin, cyrillic:
			w := word{text: fold(s[i : i+n]), script: sc}
			if sc != cyrillic || n > 4 || !strings.HasPrefix(s[i+n:], "-") { // де-факто
				w.langs = findWord(lexicon, w.text)
			}
			if before, _, ok := strings.Cut(w.text, "'"); ok && w.langs == "" && sc == latin {
				w.langs = findWord(lexicon, before) // l'accord, dell'anno
			}
			switch upper := unicode.IsUpper(r) && (!shouting || sc == latin && w.langs == ""); {
			case quote:
				w.place = quoted
			case upper && opens:
				w.place = opening
			case upper:
				w.place = name
			}
			t.words = append(t.words, w)
			t.asks = t.asks || w.langs != "" && w.place != quoted
			opens = false
		case han:
			t.han++
			if !quote {
				t.hanWeight++
				if findWord(lexicon, s[i:i+n]) != "" {
					t.hanWeight++
					t.asks = true
				}
			}
		case kana:
			t.kana++
		default:
			t.other++
		}
		i += n
	}
	if t.hanWeight == 0 && t.han > 0 {
		t.hanWeight = 1
	}
	return t
}

// wordLen returns the length of the word of one script that s begins with;
// an apostrophe or a mark between two of its letters belongs to it.
func wordLen(s string, sc script) int {
	end := 0
	for i, r := range s {
		switch {
		case scriptOf(r) == sc:
			end = i + utf8.RuneLen(r)
		case unicode.Is(unicode.Mn, r) && end == i:
			end = i + utf8.RuneLen(r)
		case (r == '\'' || r == '’' || r == 'ʼ') && end == i:
		default:
			return end
		}
	}
	return end
}

// fold writes a word as the lexicon has it: lower case, straight apostrophe, no
// stress mark.
func fold(w string) string {
	plain := true
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			plain = false
			break
		}
	}
	if plain {
		return w
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', 'ʼ':
			return '\''
		case '\u0301', '\u0300':
			return -1
		}
		return unicode.ToLower(r)
	}, w)
}

// noise returns the length of what s begins with if that is no word of the
// author: a web address, a mention or custom emoji of Discord, an emoji's name.
func noise(s string) int {
	switch {
	case s[0] == 'h' && (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")),
		s[0] == 'w' && strings.HasPrefix(s, "www."):
		if end := strings.IndexFunc(s, unicode.IsSpace); end > 0 {
			return end
		}
		return len(s)
	case encoded(s) > 0:
		return encoded(s)
	case s[0] == '<' && len(s) > 1 && strings.IndexByte("@#:a/t", s[1]) >= 0:
		if end := strings.IndexAny(s[:min(len(s), 80)], "> \n"); end > 0 && s[end] == '>' {
			return end + 1
		}
	case s[0] == ':' && len(s) > 2:
		end := strings.IndexFunc(s[1:], func(r rune) bool {
			return r != '_' && r != '+' && r != '-' && (r >= utf8.RuneSelf || scriptOf(r) != latin && !unicode.IsDigit(r))
		})
		if end > 0 && s[1+end] == ':' {
			return end + 2
		}
	}
	return 0
}

// encoded returns the length of the run of encoded data (base64, a hash, a key)
// that s begins with: long, and mixing digits with letters of both cases.
func encoded(s string) int {
	end := 0
	upper, lower, digit := false, false, false
	for end < len(s) && encodes(s[end]) {
		c := s[end]
		upper = upper || 'A' <= c && c <= 'Z'
		lower = lower || 'a' <= c && c <= 'z'
		digit = digit || '0' <= c && c <= '9'
		end++
	}
	if end >= 20 && upper && lower && digit {
		return end
	}
	return 0
}

// encodes reports whether c is of the alphabets of base64 and hexadecimal.
func encodes(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '+' || c == '/' || c == '=' || c == '_' || c == '-'
}
