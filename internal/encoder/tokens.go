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
	for i := range windows {
		windows[i].states = make([]float32, len(windows[i].ids)*e.model.width)
	}
	if err := e.encode(ctx, windows); err != nil {
		return nil, nil, err
	}
	if vectors, err = e.join(windows, counts); err != nil {
		return nil, nil, err
	}
	return vectors, e.rows(prefix, windows, counts, func(w window) []float32 { return w.states }), nil
}

// EmbedPassageStates returns for each passage the states of its tokens after three quarters of the layers and after the last
// one, rows as of EmbedPassageTokens. The inner states say more about each token, the last ones more about the whole text
// (Jalili Sabet and others 2020, "SimAlign"). The errors are those of EmbedQueries.
func (e *Encoder) EmbedPassageStates(ctx context.Context, texts []string) (inner, last [][][]float32, err error) {
	windows, counts, err := e.windows(ctx, e.prefixes.Passage, texts)
	if err != nil {
		return nil, nil, err
	}
	for i := range windows {
		n := len(windows[i].ids) * e.model.width
		windows[i].states, windows[i].inner = make([]float32, n), make([]float32, n)
	}
	if err := e.encode(ctx, windows); err != nil {
		return nil, nil, err
	}
	if _, err := e.join(windows, counts); err != nil {
		return nil, nil, err
	}
	inner = e.rows(e.prefixes.Passage, windows, counts, func(w window) []float32 { return w.inner })
	last = e.rows(e.prefixes.Passage, windows, counts, func(w window) []float32 { return w.states })
	return inner, last, nil
}

// rows parts the states of windows, counts[i] of which belong to text i, into rows, without the control pieces and the prefix.
func (e *Encoder) rows(prefix string, windows []window, counts []int, states func(window) []float32) [][][]float32 {
	width, lead := e.model.width, len(e.tokenizer.encode(prefix))
	texts := make([][][]float32, 0, len(counts))
	for _, n := range counts {
		var of [][]float32
		for i, w := range windows[:n] {
			first := len(e.frame.before)
			if i == 0 {
				first += lead
			}
			all := states(w)
			for at := first; at < len(w.ids)-len(e.frame.after); at++ {
				of = append(of, all[at*width:(at+1)*width:(at+1)*width])
			}
		}
		texts, windows = append(texts, of), windows[n:]
	}
	return texts
}
