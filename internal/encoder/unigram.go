package encoder

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

const space = "▁" // how SentencePiece writes a space inside a piece

// unigram is the tokenizer of SentencePiece unigram models (Kudo 2018): of all segmentations of a word into pieces, the one
// whose scores sum highest.
type unigram struct {
	vocab     *vocab
	chars     charsmap
	unknown   int32
	penalty   float64 // score of a character that no piece spells
	addSpace  bool    // one space is put in front of the text
	trimSpace bool    // space at the ends is dropped, runs of it become one
}

func newUnigram(f *file) (*unigram, error) {
	v, err := newVocab(f, nil)
	if err != nil {
		return nil, err
	}
	if v.scores == nil {
		return nil, fmt.Errorf("%w: no tokenizer.ggml.scores: convert the model again with its tokenizer", ErrModel)
	}
	t := &unigram{
		vocab:     v,
		addSpace:  f.flag("tokenizer.ggml.add_space_prefix", true),
		trimSpace: f.flag("tokenizer.ggml.remove_extra_whitespaces", true),
	}
	if t.chars, err = newCharsmap(f); err != nil {
		return nil, err
	}
	if t.unknown, err = special(f, v, "unknown", "<unk>"); err != nil {
		return nil, err
	}
	for i := range v.len() {
		t.penalty = min(t.penalty, v.score(int32(i)))
	}
	t.penalty -= 10
	return t, nil
}

// encode returns the pieces of a text, none for one of white space only.
func (t *unigram) encode(text string) []int32 {
	var ids []int32
	var best path
	spaced := t.spaced(t.chars.apply(make([]byte, 0, len(text)+8), text))
	for len(spaced) > 0 {
		end := len(spaced)
		for i := 1; i+len(space) <= len(spaced); i++ {
			if string(spaced[i:i+len(space)]) == space {
				end = i
				break
			}
		}
		ids = t.word(ids, spaced[:end], &best)
		spaced = spaced[end:]
	}
	return ids
}

// spaced writes every space of a text as ▁.
func (t *unigram) spaced(text []byte) []byte {
	out := make([]byte, 0, len(text)+len(text)/2+len(space))
	pending := t.addSpace
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case !unicode.IsSpace(r):
			if pending {
				out = append(out, space...)
			}
			out, pending = append(out, text[i:i+n]...), false
		case t.trimSpace:
			pending = len(out) > 0 || t.addSpace
		default:
			if pending {
				out = append(out, space...)
			}
			pending = true
		}
		i += n
	}
	if pending && !t.trimSpace && len(text) > 0 {
		out = append(out, space...)
	}
	return out
}

// path is the best segmentation of every start of a word: its score, the number of its last piece and where that begins.
type path struct {
	score []float64
	id    []int32
	from  []int32
}

// word appends the best segmentation of one word. Neighbouring unknown characters become one unknown piece.
func (t *unigram) word(ids []int32, word []byte, best *path) []int32 {
	n := len(word) + 1
	if cap(best.score) < n {
		*best = path{make([]float64, n), make([]int32, n), make([]int32, n)}
	}
	score, id, from := best.score[:n], best.id[:n], best.from[:n]
	for i := range from {
		score[i], from[i] = 0, -1
	}
	for at := 0; at < len(word); {
		_, width := utf8.DecodeRune(word[at:])
		known := false
		reach := func(piece int32, length int, s float64) {
			if end := at + length; from[end] < 0 || s > score[end] {
				score[end], id[end], from[end] = s, piece, int32(at)
			}
		}
		t.vocab.prefixesOf(word[at:], func(piece int32, length int) {
			known = known || length == width
			reach(piece, length, score[at]+t.vocab.score(piece))
		})
		if !known {
			reach(t.unknown, width, score[at]+t.penalty)
		}
		at += width
	}
	first := len(ids)
	for end := len(word); end > 0; end = int(from[end]) {
		if id[end] == t.unknown && len(ids) > first && ids[len(ids)-1] == t.unknown {
			continue
		}
		ids = append(ids, id[end])
	}
	reverse(ids[first:])
	return ids
}

func reverse(ids []int32) {
	for i, j := 0, len(ids)-1; i < j; i, j = i+1, j-1 {
		ids[i], ids[j] = ids[j], ids[i]
	}
}
