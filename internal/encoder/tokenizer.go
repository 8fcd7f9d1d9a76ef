package encoder

import "fmt"

// tokenizer cuts a text into pieces of the vocabulary, without the control pieces around it.
type tokenizer interface {
	encode(text string) []int32
}

// frame is what stands around the pieces of a text.
type frame struct {
	before, after []int32
}

func newTokenizer(f *file) (tokenizer, *vocab, frame, error) {
	var t tokenizer
	var v *vocab
	first, last := "<s>", "</s>"
	switch model := f.text("tokenizer.ggml.model"); model {
	case "t5":
		u, err := newUnigram(f)
		if err != nil {
			return nil, nil, frame{}, err
		}
		t, v = u, u.vocab
	case "bert":
		w, err := newWordpiece(f)
		if err != nil {
			return nil, nil, frame{}, err
		}
		t, v, first, last = w, w.vocab, "[CLS]", "[SEP]"
	default:
		return nil, nil, frame{}, fmt.Errorf("%w: tokenizer %q: this program reads t5 (SentencePiece unigram) and bert (WordPiece), choose such a model", ErrModel, model)
	}
	var around frame
	if f.flag("tokenizer.ggml.add_bos_token", true) {
		id, err := special(f, v, "bos", first, "cls")
		if err != nil {
			return nil, nil, frame{}, err
		}
		around.before = []int32{id}
	}
	if f.flag("tokenizer.ggml.add_eos_token", true) {
		// GGUF's key for the separator is misspelled; newer files may not be.
		id, err := special(f, v, "eos", last, "seperator", "separator")
		if err != nil {
			return nil, nil, frame{}, err
		}
		around.after = []int32{id}
	}
	return t, v, around, nil
}

// special returns the number of a control piece: by its key or one of the other keys, else by its spelling.
func special(f *file, v *vocab, key, spelling string, others ...string) (int32, error) {
	for _, k := range append([]string{key}, others...) {
		n, err := f.number("tokenizer.ggml."+k+"_token_id", -1)
		switch {
		case err != nil:
			return 0, err
		case n >= v.len():
			return 0, fmt.Errorf("%w: tokenizer.ggml.%s_token_id is %d in a vocabulary of %d: convert the model again", ErrModel, k, n, v.len())
		case n >= 0:
			return int32(n), nil
		}
	}
	if id, ok := v.lookup(spelling); ok {
		return id, nil
	}
	return 0, fmt.Errorf("%w: no tokenizer.ggml.%s_token_id and no piece %q: convert the model again with its tokenizer", ErrModel, key, spelling)
}
