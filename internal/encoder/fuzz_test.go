package encoder_test

import (
	"errors"
	"math"
	"runtime"
	"testing"

	"amur/internal/encoder"
)

// FuzzOpen: any file is an error that wraps ErrModel, or a model that gives unit vectors or says that it cannot.
func FuzzOpen(f *testing.F) {
	// On one core every run takes the same path, which the fuzzer needs to tell a new one.
	cores := runtime.GOMAXPROCS(1)
	f.Cleanup(func() { runtime.GOMAXPROCS(cores) })
	for _, kind := range []uint32{typeF32, typeF16, typeQ4, typeQ8} {
		for _, s := range []shape{unigramShape(kind), wordpieceShape(kind)} {
			// As small as can be: the fuzzer finds more in short inputs.
			s.layers, s.heads, s.positions, s.width, s.inner = 1, 2, 8, 8, 8
			if kind == typeQ4 || kind == typeQ8 {
				s.width, s.inner = 32, 32
			}
			c := s.container(1)
			if s.tokenizer == "t5" {
				c.setArray("tokenizer.ggml.precompiled_charsmap", 0, 20, []byte{8, 0, 0, 0, 'a', 5, 0, 0, 'b', 9, 0, 0, 'c', 0, 'd', 'e', 0, 'f', 'g', 0})
			}
			f.Add(c.bytes())
		}
	}
	f.Add([]byte("GGUF"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := encoder.Open(data, encoder.Options{})
		if err != nil {
			if e != nil || !errors.Is(err, encoder.ErrModel) {
				t.Errorf("Open = %v, %v, want no encoder and ErrModel", e, err)
			}
			return
		}
		texts := []string{"", "ab 的 [CLS] </s>\xff", "abcabcabcabcabc abc abc, cab the unaffable 中国 abc abc abc abc abc abc abc abc"}
		vectors, err := e.EmbedQueries(t.Context(), texts)
		if err != nil {
			if vectors != nil || !errors.Is(err, encoder.ErrModel) {
				t.Errorf("EmbedQueries = %v, %v, want no vectors and ErrModel", vectors, err)
			}
			return
		}
		for i, v := range vectors {
			length := distance(v, make([]float32, e.Dim()))
			if len(vectors) != len(texts) || len(v) != e.Dim() || !(math.Abs(length-1) < 1e-4) {
				t.Errorf("vector %d of %d has %d numbers and the length %g, want %d and 1", i, len(vectors), len(v), length, e.Dim())
			}
		}
	})
}
