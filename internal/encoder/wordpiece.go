package encoder

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const maxWord = 100 // characters; BERT takes a longer word for unknown

// wordpiece is BERT's tokenizer (Devlin et al. 2019): words and single signs, each cut from its left into the longest known
// pieces.
type wordpiece struct {
	vocab   *vocab
	unknown int32
	cased   bool // letters keep their case and accents
}

// newWordpiece reads a vocabulary that marks the starts of words with ▁, as GGUF files do, or their continuations with ##, as
// BERT's own lists do. The file does not say whether the model keeps upper case; a vocabulary with a capital letter does.
func newWordpiece(f *file) (*wordpiece, error) {
	hashed, marked, cased := false, false, false
	if pieces, ok := f.array("tokenizer.ggml.tokens", ggufString); ok {
		pieces.strings(func(_ int, s []byte) bool {
			hashed = hashed || bytes.HasPrefix(s, []byte("##"))
			marked = marked || bytes.HasPrefix(s, []byte(space))
			cased = cased || !bracketed(s) && bytes.ContainsFunc(s, unicode.IsUpper)
			return true
		})
	}
	var rewrite func(dst, piece []byte) []byte
	if hashed && !marked {
		rewrite = markStart
	}
	v, err := newVocab(f, rewrite)
	if err != nil {
		return nil, err
	}
	t := &wordpiece{vocab: v, cased: cased}
	if t.unknown, err = special(f, v, "unknown", "[UNK]"); err != nil {
		return nil, err
	}
	return t, nil
}

// markStart turns BERT's spelling of a piece into GGUF's.
func markStart(dst, piece []byte) []byte {
	switch {
	case bytes.HasPrefix(piece, []byte("##")) && len(piece) > 2:
		return append(dst, piece[2:]...)
	case bracketed(piece):
		return append(dst, piece...)
	}
	return append(append(dst, space...), piece...)
}

// bracketed reports whether a piece is spelled like [CLS]; such a piece starts no word, so no text yields it.
func bracketed(piece []byte) bool {
	return len(piece) > 2 && piece[0] == '[' && piece[len(piece)-1] == ']'
}

// encode returns the pieces of a text, none for one of white space only.
func (t *wordpiece) encode(text string) []int32 {
	var ids []int32
	word := []byte(space)
	flush := func() {
		if len(word) > len(space) {
			ids = t.word(ids, word)
		}
		word = word[:len(space)]
	}
	if !t.cased {
		text = norm.NFD.String(text)
	}
	for _, r := range text {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || unicode.In(r, unicode.Z):
			flush()
		case r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co):
		case !t.cased && unicode.Is(unicode.Mn, r):
		case alone(r):
			flush()
			word = utf8.AppendRune(word, t.fold(r))
			flush()
		default:
			word = utf8.AppendRune(word, t.fold(r))
		}
	}
	flush()
	return ids
}

func (t *wordpiece) fold(r rune) rune {
	if t.cased {
		return r
	}
	return unicode.ToLower(r)
}

// word appends the pieces of one word that starts with ▁, or the unknown piece when it cannot be cut whole.
func (t *wordpiece) word(ids []int32, word []byte) []int32 {
	if utf8.RuneCount(word) > maxWord+1 {
		return append(ids, t.unknown)
	}
	first := len(ids)
	for at := 0; at < len(word); {
		var piece int32
		length := 0
		t.vocab.prefixesOf(word[at:], func(id int32, n int) {
			if at > 0 || n > len(space) {
				piece, length = id, n
			}
		})
		if length == 0 {
			return append(ids[:first], t.unknown)
		}
		ids, at = append(ids, piece), at+length
	}
	return ids
}

// alone reports whether a character is a word by itself: signs, and the ideographs of Chinese.
func alone(r rune) bool {
	switch {
	case r < 128:
		return r > ' ' && !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') && r != 127
	case r >= 0x4e00 && r <= 0x9fff, r >= 0x3400 && r <= 0x4dbf, r >= 0xf900 && r <= 0xfaff, r >= 0x20000 && r <= 0x2fa1f:
		return true
	}
	return unicode.IsPunct(r)
}
