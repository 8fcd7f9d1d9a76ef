package encoder

import (
	"bytes"
	"context"
	"unicode"
	"unicode/utf8"
)

// EmbedQueryWords returns the unit vector of each question, as EmbedQueries does, and the vectors of its words: for each
// word the mean of its pieces' last states, not normalised, in order; an ideograph is a word. Comparing questions and
// passages word by word is late interaction (Khattab and Zaharia 2020, "ColBERT").
func (e *Encoder) EmbedQueryWords(ctx context.Context, texts []string) (vectors [][]float32, words [][][]float32, err error) {
	return e.embedWords(ctx, e.prefixes.Query, texts)
}

// EmbedPassageWords returns vectors and words of passages, as EmbedQueryWords does for questions.
func (e *Encoder) EmbedPassageWords(ctx context.Context, texts []string) (vectors [][]float32, words [][][]float32, err error) {
	return e.embedWords(ctx, e.prefixes.Passage, texts)
}

func (e *Encoder) embedWords(ctx context.Context, prefix string, texts []string) (vectors [][]float32, words [][][]float32, err error) {
	windows, counts, err := e.windows(ctx, prefix, texts)
	if err != nil {
		return nil, nil, err
	}
	for i := range windows {
		windows[i].states = make([]float32, len(windows[i].ids)*e.model.width)
	}
	if err := e.encode(ctx, windows); err != nil {
		return nil, nil, err
	}
	lead := len(e.tokenizer.encode(prefix))
	rest := windows
	for _, n := range counts {
		var of [][]float32
		for i, w := range rest[:n] {
			skip := 0
			if i == 0 {
				skip = lead
			}
			of = append(of, e.words(w, skip)...)
		}
		words, rest = append(words, of), rest[n:]
	}
	if vectors, err = e.join(windows, counts); err != nil {
		return nil, nil, err
	}
	return vectors, words, nil
}

// words averages a window's states to words, leaving out the control pieces and the first pieces of the prefix.
func (e *Encoder) words(w window, skip int) [][]float32 {
	width := e.model.width
	var out [][]float32
	pieces := 0
	finish := func() {
		for f := range width {
			if pieces > 1 {
				out[len(out)-1][f] /= float32(pieces)
			}
		}
	}
	alone := true
	for i := len(e.frame.before) + skip; i < len(w.ids)-len(e.frame.after); i++ {
		piece := e.vocab.piece(w.ids[i])
		ideograph := isIdeograph(piece)
		if alone || ideograph || bytes.HasPrefix(piece, []byte(space)) {
			if pieces > 0 {
				finish()
			}
			out, pieces = append(out, make([]float32, width)), 0
		}
		for f, x := range w.states[i*width : (i+1)*width] {
			out[len(out)-1][f] += x
		}
		pieces++
		alone = ideograph
	}
	if pieces > 0 {
		finish()
	}
	return out
}

// isIdeograph reports whether a piece begins, after its mark, with a Chinese character.
func isIdeograph(piece []byte) bool {
	r, _ := utf8.DecodeRune(bytes.TrimPrefix(piece, []byte(space)))
	return unicode.Is(unicode.Han, r)
}
