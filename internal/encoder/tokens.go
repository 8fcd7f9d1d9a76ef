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
	windows, counts, err := e.encodeStates(ctx, prefix, texts, false)
	if err != nil {
		return nil, nil, err
	}
	if vectors, err = e.join(windows, counts); err != nil {
		return nil, nil, err
	}
	return vectors, e.rows(prefix, windows, counts), nil
}

// EmbedPassageStates returns for each passage the states of its tokens after three quarters of the layers, rows as of
// EmbedPassageTokens. There they serve best to compare texts word by word, also across languages (Jalili Sabet and others
// 2020, "SimAlign"), and the layers behind are not computed. The errors are those of EmbedQueries.
func (e *Encoder) EmbedPassageStates(ctx context.Context, texts []string) ([][][]float32, error) {
	windows, counts, err := e.encodeStates(ctx, e.prefixes.Passage, texts, true)
	if err != nil {
		return nil, err
	}
	if _, err := e.join(windows, counts); err != nil {
		return nil, err
	}
	return e.rows(e.prefixes.Passage, windows, counts), nil
}

// encodeStates runs the texts through the model and keeps the states of their tokens.
func (e *Encoder) encodeStates(ctx context.Context, prefix string, texts []string, inner bool) ([]window, []int, error) {
	windows, counts, err := e.windows(ctx, prefix, texts)
	if err != nil {
		return nil, nil, err
	}
	for i := range windows {
		windows[i].states = make([]float32, len(windows[i].ids)*e.model.width)
		windows[i].inner = inner
	}
	return windows, counts, e.encode(ctx, windows)
}

// rows parts the states of windows, counts[i] of which belong to text i, into rows, without the control pieces and the prefix.
func (e *Encoder) rows(prefix string, windows []window, counts []int) [][][]float32 {
	width, lead := e.model.width, len(e.tokenizer.encode(prefix))
	texts := make([][][]float32, 0, len(counts))
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
		texts, windows = append(texts, of), windows[n:]
	}
	return texts
}
