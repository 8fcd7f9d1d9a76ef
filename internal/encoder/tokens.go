package encoder

import "context"

// EmbedQueryTokens returns the unit vector of each question, as EmbedQueries does, and the last states of its tokens, a row
// a token, without the control pieces and without those of the prefix. Comparing texts token by token is late interaction
// (Khattab and Zaharia 2020, "ColBERT").
func (e *Encoder) EmbedQueryTokens(ctx context.Context, texts []string) (vectors [][]float32, tokens [][][]float32, err error) {
	return e.embedTokens(ctx, e.prefixes.Query, texts)
}

// EmbedPassageTokens returns vectors and token states of passages, as EmbedQueryTokens does for questions.
func (e *Encoder) EmbedPassageTokens(ctx context.Context, texts []string) (vectors [][]float32, tokens [][][]float32, err error) {
	return e.embedTokens(ctx, e.prefixes.Passage, texts)
}

func (e *Encoder) embedTokens(ctx context.Context, prefix string, texts []string) (vectors [][]float32, tokens [][][]float32, err error) {
	windows, counts, err := e.windows(ctx, prefix, texts)
	if err != nil {
		return nil, nil, err
	}
	width := e.model.width
	for i := range windows {
		windows[i].states = make([]float32, len(windows[i].ids)*width)
	}
	if err := e.encode(ctx, windows); err != nil {
		return nil, nil, err
	}
	if vectors, err = e.join(windows, counts); err != nil {
		return nil, nil, err
	}
	lead := len(e.tokenizer.encode(prefix))
	for _, n := range counts {
		var of [][]float32
		for i, w := range windows[:n] {
			first := len(e.frame.before)
			if i == 0 {
				first += lead
			}
			for at := first; at < len(w.ids)-len(e.frame.after); at++ {
				of = append(of, w.states[at*width:(at+1)*width:(at+1)*width])
			}
		}
		tokens, windows = append(tokens, of), windows[n:]
	}
	return vectors, tokens, nil
}
