package encoder

import (
	"fmt"
	"strings"
)

// Bounds that hold for every published BERT-family model by a wide margin; a file beyond them is damaged or hostile.
const (
	maxWidth  = 1 << 14
	maxLayers = 1 << 8
)

// model is a BERT-family transformer (Devlin et al. 2019): its sizes and its weights, which stay as the file stores them.
type model struct {
	width, inner, heads int
	positions           int // the most tokens a window may have, control pieces included
	eps                 float32
	firstToken          bool // the vector is the first token's, not the mean of all
	tokens, places      tensor
	types               []float32 // what token type 0 adds to every token
	gain, bias          []float32
	layers              []layer
}

// layer is one block: attention and a feed-forward network, each followed by its normalisation.
type layer struct {
	query, key, value, output linear
	up, down                  linear
	gain1, bias1              []float32
	gain2, bias2              []float32
}

// linear is a matrix of weights, a row for each output, and its bias.
type linear struct {
	weight tensor
	bias   []float32
}

func readModel(f *file, pieces int) (*model, error) {
	if arch := f.text("general.architecture"); arch != "bert" {
		return nil, fmt.Errorf("%w: architecture %q: this program reads bert, choose a BERT-family embedding model", ErrModel, arch)
	}
	var m model
	layers, pooling, context := 0, 0, 0
	for _, size := range []struct {
		key      string
		to       *int
		absent   int
		min, max int
	}{
		{"bert.embedding_length", &m.width, 0, 1, maxWidth},
		{"bert.feed_forward_length", &m.inner, 0, 1, 4 * maxWidth},
		{"bert.attention.head_count", &m.heads, 0, 1, maxWidth},
		{"bert.block_count", &layers, 0, 1, maxLayers},
		{"bert.context_length", &context, 0, 8, 1 << 24},
		{"bert.pooling_type", &pooling, 1, 1, 2},
	} {
		n, err := f.number(size.key, size.absent)
		if err != nil {
			return nil, err
		}
		if n < size.min || n > size.max {
			return nil, fmt.Errorf("%w: %s is %d, want %d to %d: convert the model again, or choose another", ErrModel, size.key, n, size.min, size.max)
		}
		*size.to = n
	}
	if m.width%m.heads != 0 {
		return nil, fmt.Errorf("%w: width %d does not divide into %d heads: convert the model again", ErrModel, m.width, m.heads)
	}
	if f.flag("bert.attention.causal", false) {
		return nil, fmt.Errorf("%w: attention is causal: choose a BERT-family embedding model", ErrModel)
	}
	m.firstToken = pooling == 2
	m.eps = f.float("bert.attention.layer_norm_epsilon", 1e-12)
	if !(m.eps >= 0 && m.eps < 1) {
		return nil, fmt.Errorf("%w: layer_norm_epsilon is %g: convert the model again", ErrModel, m.eps)
	}
	r := weights{file: f}
	m.tokens = r.matrix("token_embd.weight", pieces, m.width)
	m.places = r.matrix("position_embd.weight", 0, m.width)
	m.positions = min(context, m.places.rows, maxWindow)
	if r.err == nil && m.positions < 8 {
		return nil, fmt.Errorf("%w: only %d positions: convert the model again", ErrModel, m.positions)
	}
	m.types = make([]float32, m.width)
	if _, ok := f.tensors["token_types.weight"]; ok {
		if t := r.matrix("token_types.weight", 0, m.width); r.err == nil {
			unpack(m.types, t.bytes(0, 1), t.kind)
		}
	}
	m.gain, m.bias = r.norm("token_embd_norm", m.width)
	for i := 0; i < layers && r.err == nil; i++ {
		p := fmt.Sprintf("blk.%d.", i)
		l := layer{
			query:  r.linear(p+"attn_q", m.width, m.width),
			key:    r.linear(p+"attn_k", m.width, m.width),
			value:  r.linear(p+"attn_v", m.width, m.width),
			output: r.linear(p+"attn_output", m.width, m.width),
			up:     r.linear(p+"ffn_up", m.inner, m.width),
			down:   r.linear(p+"ffn_down", m.width, m.inner),
		}
		l.gain1, l.bias1 = r.norm(p+"attn_output_norm", m.width)
		l.gain2, l.bias2 = r.norm(p+"layer_output_norm", m.width)
		m.layers = append(m.layers, l)
	}
	if r.err != nil {
		return nil, r.err
	}
	return &m, nil
}

// weights takes tensors of a file by name and keeps the first error.
type weights struct {
	file *file
	err  error
}

// matrix returns a tensor with the given numbers of rows, 0 for any, and columns.
func (w *weights) matrix(name string, rows, columns int) tensor {
	t, ok := w.file.tensors[name]
	switch {
	case w.err != nil:
	case !ok:
		w.err = fmt.Errorf("%w: no tensor %q: convert the model again with a present llama.cpp", ErrModel, name)
	case t.columns != columns || rows > 0 && t.rows != rows:
		w.err = fmt.Errorf("%w: tensor %q is %d × %d, want %d × %d: convert the model again", ErrModel, name, t.rows, t.columns, rows, columns)
	default:
		return t
	}
	return tensor{}
}

func (w *weights) linear(name string, rows, columns int) linear {
	l := linear{weight: w.matrix(name+".weight", rows, columns)}
	if _, ok := w.file.tensors[name+".bias"]; ok {
		l.bias = w.vector(name+".bias", rows)
	} else if w.err == nil {
		l.bias = make([]float32, rows)
	}
	return l
}

func (w *weights) norm(name string, n int) (gain, bias []float32) {
	return w.vector(name+".weight", n), w.vector(name+".bias", n)
}

func (w *weights) vector(name string, n int) []float32 {
	t := w.matrix(name, 1, n)
	if w.err != nil {
		return nil
	}
	return t.floats()
}

// prefixes returns what a model wants in front of questions and passages: what its file says in the keys prompt.query and
// prompt.passage, else e5's own words for a model of that family, else nothing.
func prefixes(f *file) Prefixes {
	p := Prefixes{Query: f.text("prompt.query"), Passage: f.text("prompt.passage")}
	name := strings.ToLower(f.text("general.name"))
	if p == (Prefixes{}) && (strings.HasPrefix(name, "e5") || strings.Contains(name, "-e5-") || strings.Contains(name, " e5 ")) {
		return Prefixes{Query: "query: ", Passage: "passage: "}
	}
	return p
}
