package encoder_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"strings"
	"testing"

	"amur/internal/encoder"
)

func TestBuiltin(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256(encoder.BuiltinFile())
	if got := hex.EncodeToString(sum[:]); got != encoder.BuiltinSum {
		t.Errorf("the embedded model has the sum %s, but builtinSum is %s", got, encoder.BuiltinSum)
	}
	e := builtin(t, false)
	if e.Dim() != 384 {
		t.Errorf("Dim() = %d, want 384", e.Dim())
	}
	opened, err := encoder.Open(encoder.BuiltinFile(), encoder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if e.Model() != opened.Model() || !strings.HasSuffix(e.Model(), "@"+encoder.BuiltinSum[:12]) {
		t.Errorf("Model() = %q when embedded, %q when opened, want both to end with the file's sum", e.Model(), opened.Model())
	}
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(c *container)
		want  string
	}{
		{"old version", func(c *container) { c.version = 2 }, "version 2"},
		{"huge tensor count", func(c *container) { c.tensors = 1 << 60 }, "more than the file can hold"},
		{"huge key count", func(c *container) { c.kvs = 1 << 60 }, "more than the file can hold"},
		{"more tensors than there are", func(c *container) { c.tensors = 5 }, "tensor"},
		{"other architecture", func(c *container) { c.setText("general.architecture", "llama") }, `architecture "llama"`},
		{"no architecture", func(c *container) { c.drop("general.architecture") }, "architecture"},
		{"other tokenizer", func(c *container) { c.setText("tokenizer.ggml.model", "gpt2") }, `tokenizer "gpt2"`},
		{"no vocabulary", func(c *container) { c.drop("tokenizer.ggml.tokens") }, "no vocabulary"},
		{"no scores", func(c *container) { c.drop("tokenizer.ggml.scores") }, "scores"},
		{"fewer scores than pieces", func(c *container) {
			c.setArray("tokenizer.ggml.scores", kindFloat32, 2, make([]byte, 8))
		}, "2 scores"},
		{"huge array", func(c *container) { c.setArray("tokenizer.ggml.tokens", kindString, 1<<50, nil) }, "elements"},
		{"array beyond the end", func(c *container) { c.setArray("tokenizer.ggml.tokens", kindString, 1<<13, nil) }, ""},
		{"array of arrays", func(c *container) { c.setArray("x", kindArray, 1, make([]byte, 64)) }, "nested"},
		{"unknown value kind", func(c *container) { c.set("x", 77, make([]byte, 8)) }, "kind 77"},
		{"long piece", func(c *container) {
			c.setArray("tokenizer.ggml.tokens", kindString, 18, bytes.Repeat(text(nil, strings.Repeat("a", 2000)), 18))
		}, "longer than"},
		{"control piece out of range", func(c *container) { c.setNumber("tokenizer.ggml.bos_token_id", 18) }, "bos_token_id"},
		{"number of another kind", func(c *container) { c.setText("bert.block_count", "two") }, "bert.block_count"},
		{"absurd width", func(c *container) { c.setNumber("bert.embedding_length", 1<<31-1) }, "bert.embedding_length"},
		{"absurd layers", func(c *container) { c.setNumber("bert.block_count", 1<<30) }, "bert.block_count"},
		{"no heads", func(c *container) { c.setNumber("bert.attention.head_count", 0) }, "head_count"},
		{"heads that do not divide", func(c *container) { c.setNumber("bert.attention.head_count", 3) }, "3 heads"},
		{"pooling of another kind", func(c *container) { c.setNumber("bert.pooling_type", 3) }, "pooling_type"},
		{"more layers than tensors", func(c *container) { c.setNumber("bert.block_count", 3) }, `"blk.2.`},
		{"no positions", func(c *container) { c.setNumber("bert.context_length", 2) }, "context_length"},
		{"odd alignment", func(c *container) { c.setNumber("general.alignment", 48) }, "alignment"},
		{"zero alignment", func(c *container) { c.setNumber("general.alignment", 0) }, "alignment"},
		{"missing tensor", func(c *container) { c.weight("blk.0.ffn_up.weight").name = "x" }, `"blk.0.ffn_up.weight"`},
		{"tensor twice", func(c *container) { c.weight("blk.0.ffn_up.bias").name = "blk.1.ffn_up.bias" }, "twice"},
		{"key twice", func(c *container) { c.values = append(c.values, c.values[0]) }, "twice"},
		{"tensor of another shape", func(c *container) {
			w := c.weight("blk.0.attn_q.weight")
			w.dims = []uint64{32, 128}
		}, "128 × 32, want 64 × 64"},
		{"offset beyond the end", func(c *container) { c.weight("blk.0.attn_q.weight").offset = 1 << 40 }, "truncated"},
		{"offset that overflows", func(c *container) { c.weight("blk.0.attn_q.weight").offset = math.MaxInt64 &^ 31 }, "truncated"},
		{"offset not aligned", func(c *container) { c.weight("blk.0.attn_q.weight").offset = 3 }, "aligned"},
		{"overlapping tensors", func(c *container) { c.weight("blk.0.attn_q.weight").offset = 0 }, "overlaps"},
		{"no dimensions", func(c *container) { c.weights[0].dims = nil }, "dimensions"},
		{"five dimensions", func(c *container) { c.weights[0].dims = []uint64{1, 1, 1, 1, 1} }, "5 dimensions"},
		{"dimension zero", func(c *container) { c.weights[0].dims = []uint64{0, 4} }, "dimension 0"},
		{"huge dimension", func(c *container) { c.weights[0].dims = []uint64{64, 1 << 62} }, "dimension 1"},
		{"dimensions that overflow", func(c *container) { c.weights[0].dims = []uint64{1<<31 - 1, 1<<31 - 1, 4, 4} }, "rows"},
		{"unread tensor type", func(c *container) { c.weights[0].kind = 12 }, "type 12"},
		{"broken blocks", func(c *container) { c.weights[0].kind, c.weights[0].dims = typeQ8, []uint64{33, 1} }, "blocks of 32"},
		{"charsmap too short", func(c *container) { c.setArray("tokenizer.ggml.precompiled_charsmap", 0, 2, []byte{1, 2}) }, "charsmap"},
		{"charsmap without its list", func(c *container) {
			c.setArray("tokenizer.ggml.precompiled_charsmap", 0, 8, []byte{4, 0, 0, 0, 1, 2, 3, 4})
		}, "charsmap"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := unigramShape(typeF32).container(1)
			tt.spoil(c)
			e, err := encoder.Open(c.bytes(), encoder.Options{})
			if !errors.Is(err, encoder.ErrModel) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Open = %v, %v, want an error with ErrModel and %q", e, err, tt.want)
			}
		})
	}
}

func TestOpenTruncated(t *testing.T) {
	t.Parallel()
	whole := wordpieceShape(typeQ4).container(1).bytes()
	for n := 0; n < len(whole)-32; n += 1 + n/40 {
		if _, err := encoder.Open(whole[:n], encoder.Options{}); !errors.Is(err, encoder.ErrModel) {
			t.Errorf("Open of the first %d of %d bytes = %v, want ErrModel", n, len(whole), err)
		}
	}
}

func TestEmbedBrokenWeights(t *testing.T) {
	t.Parallel()
	c := unigramShape(typeF32).container(1)
	w := c.weight("blk.1.ffn_up.weight").raw
	for i := 0; i < len(w); i += 4 {
		binary.LittleEndian.PutUint32(w[i:], math.Float32bits(float32(math.NaN())))
	}
	e, err := encoder.Open(c.bytes(), encoder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := e.EmbedQueries(t.Context(), []string{"a"}); v != nil || !errors.Is(err, encoder.ErrModel) {
		t.Errorf("EmbedQueries = %v, %v, want ErrModel", v, err)
	}
}

func TestPrefixes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(c *container)
		opts  encoder.Options
		want  string // what EmbedQueries("b") sees
	}{
		{"another model has none", func(*container) {}, encoder.Options{}, "b"},
		{"e5 has its own", func(c *container) { c.setText("general.name", "Multilingual-E5-Large") }, encoder.Options{}, "query: b"},
		{"the file says", func(c *container) { c.setText("prompt.query", "abc ") }, encoder.Options{}, "abc b"},
		{"the caller says", func(c *container) { c.setText("prompt.query", "abc ") }, encoder.Options{Prefixes: &encoder.Prefixes{Query: "a "}}, "a b"},
		{"the caller wants none", func(c *container) { c.setText("general.name", "e5-base") }, encoder.Options{Prefixes: &encoder.Prefixes{}}, "b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := unigramShape(typeF32)
			c := s.container(1)
			tt.spoil(c)
			e, err := encoder.Open(c.bytes(), tt.opts)
			if err != nil {
				t.Fatal(err)
			}
			got, err := e.EmbedQueries(t.Context(), []string{"b"})
			if err != nil {
				t.Fatal(err)
			}
			want := reference(s, c, e.Tokens(tt.want))
			for f := range want {
				if math.Abs(float64(got[0][f])-want[f]) > 2e-5 {
					t.Fatalf("EmbedQueries(%q)[%d] = %v, want %v, the vector of %q", "b", f, got[0][f], want[f], tt.want)
				}
			}
		})
	}
}
