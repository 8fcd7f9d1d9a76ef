package rag_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

func encodeVectors(tb testing.TB, v *rag.Vectors) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := v.Write(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestVectorsRoundTrip(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		v    *rag.Vectors
	}{
		{"none", rag.NewVectors("a model")},
		{"of a base", build(t, harbour(t), newWordEmbedder(), nil).Vectors()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data := encodeVectors(t, tt.v)
			got, err := rag.ReadVectors(data)
			if err != nil {
				t.Fatal(err)
			}
			if !got.Equal(tt.v) || got.Len() != tt.v.Len() || got.Model() != tt.v.Model() {
				t.Errorf("ReadVectors gives %d vectors of %q, want the %d of %q that were written", got.Len(), got.Model(), tt.v.Len(), tt.v.Model())
			}
			if again := encodeVectors(t, got); !bytes.Equal(again, data) {
				t.Error("written again, the bytes differ")
			}
		})
	}
}

func TestVectorsDamaged(t *testing.T) {
	t.Parallel()
	data := encodeVectors(t, build(t, harbour(t), newWordEmbedder(), nil).Vectors())
	eachDamage(t, data, func(name string, damaged []byte) {
		if v, err := rag.ReadVectors(damaged); !errors.Is(err, rag.ErrDamaged) || v != nil {
			t.Errorf("%s: ReadVectors = %v, %v, want no vectors and ErrDamaged", name, v, err)
		}
	})
}

// TestVectorsDamagedUnderASeal damages the body and seals it anew, as somebody would who means harm.
func TestVectorsDamagedUnderASeal(t *testing.T) {
	t.Parallel()
	data := encodeVectors(t, build(t, harbour(t), newWordEmbedder(), nil).Vectors())
	body := data[:len(data)-sealSize]
	tests := []struct {
		name string
		body []byte
	}{
		{"nothing behind the magic word", body[:8]},
		{"cut in a vector", body[:len(body)-1]},
		{"a byte more", append(bytes.Clone(body), 0)},
		{"a huge count", append([]byte("AMURVEC1\x01m\x20"), bytes.Repeat([]byte{0xff}, 9)...)},
		{"a huge dimension", append([]byte("AMURVEC1\x01m"), 0xff, 0xff, 0xff, 0xff, 0x7f, 1)},
		{"a huge name", append([]byte("AMURVEC1"), 0xff, 0xff, 0xff, 0xff, 0x7f)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if v, err := rag.ReadVectors(rag.Seal(tt.body)); !errors.Is(err, rag.ErrDamaged) || v != nil {
				t.Errorf("ReadVectors = %v, %v, want no vectors and ErrDamaged", v, err)
			}
		})
	}
}

// sealSize is the length of the checksum at the end of a sealed file.
const sealSize = 32

// eachDamage calls check with the file cut at every length, with single bits flipped all over it, with another magic
// word, and with a byte too many.
func eachDamage(t *testing.T, data []byte, check func(name string, damaged []byte)) {
	t.Helper()
	stride := 1
	if testing.Short() {
		stride = 17
	}
	for n := 0; n < len(data); n += stride {
		check("cut at "+itoa(n), data[:n])
	}
	for bit := 0; bit < 8*len(data); bit += 5 * stride {
		damaged := bytes.Clone(data)
		damaged[bit/8] ^= 1 << (bit % 8)
		check("bit "+itoa(bit)+" flipped", damaged)
	}
	check("a byte more", append(bytes.Clone(data), 0))
	check("a byte in front", append([]byte{0}, data...))
	check("doubled", append(bytes.Clone(data), data...))
	if t.Failed() {
		t.FailNow()
	}
}

func TestVectorsCacheByContent(t *testing.T) {
	t.Parallel()
	paragraphs := []string{"The first lock opens at seven.", "The second lock opens at eight.", "The third lock stays closed."}
	canal := func(paragraphs ...string) *knowledge.Base {
		return baseOf(t, part{"canal", "locks", text.EN, "Locks", paragraphs})
	}
	before := build(t, canal(paragraphs...), newWordEmbedder(), nil)
	tests := []struct {
		name  string
		base  *knowledge.Base
		model string
		want  int64
	}{
		{"nothing changed", canal(paragraphs...), "words", 0},
		{"one sentence changed", canal(paragraphs[0], "The second lock opens at nine.", paragraphs[2]), "words", 1},
		{"moved to another place", canal(paragraphs[2], paragraphs[0], paragraphs[1]), "words", 0},
		{"one taken out", canal(paragraphs[0], paragraphs[2]), "words", 0},
		{"another heading", baseOf(t, part{"canal", "locks", text.EN, "Sluices", paragraphs}), "words", 3},
		{"another document under the same heading", baseOf(t, part{"river", "locks", text.EN, "Locks", paragraphs}), "words", 0},
		{"another model", canal(paragraphs...), "other words", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := newWordEmbedder()
			e.name = tt.model
			after := build(t, tt.base, e, before.Vectors())
			if got := e.passages.Load(); got != tt.want {
				t.Errorf("embedded %d passages, want %d", got, tt.want)
			}
			if fresh := build(t, tt.base, e, nil).Vectors(); !after.Vectors().Equal(fresh) {
				t.Error("vectors from the cache differ from fresh ones, or others are kept")
			}
		})
	}
}

func TestVectorsMerge(t *testing.T) {
	t.Parallel()
	e, other := newWordEmbedder(), newWordEmbedder()
	other.name = "other words"
	left := build(t, harbour(t), e, nil).Vectors()
	right := build(t, baseOf(t, part{"canal", "locks", text.EN, "Locks", []string{"The first lock opens at seven."}}), e, nil).Vectors()
	foreign := build(t, harbour(t), other, nil).Vectors()

	merged := rag.NewVectors("words")
	merged.Merge(left)
	merged.Merge(nil)
	merged.Merge(foreign)
	if !merged.Equal(left) {
		t.Error("merging nothing or another model's vectors changes what is held")
	}
	merged.Merge(right)
	if merged.Len() <= left.Len() {
		t.Errorf("merged vectors: %d, want more than the %d of one side", merged.Len(), left.Len())
	}
}

func TestBuildReportsProgress(t *testing.T) {
	t.Parallel()
	var sentences []string
	for n := range 70 {
		sentences = append(sentences, "Lock number "+itoa(n)+" opens at seven.")
	}
	base := baseOf(t, part{"canal", "locks", text.EN, "Locks", sentences})
	type report struct{ Done, Total int }
	var got []report
	_, err := rag.Build(t.Context(), base, newWordEmbedder(), rag.BuildOptions{
		Progress: func(done, total int) { got = append(got, report{done, total}) },
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []report{{32, 70}, {64, 70}, {70, 70}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("progress differs (-want +got):\n%s", diff)
	}
}

func TestBuildWithABrokenEmbedder(t *testing.T) {
	t.Parallel()
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	tests := []struct {
		name  string
		spoil func([][]float32) [][]float32
		want  string
	}{
		{"no vectors", func([][]float32) [][]float32 { return nil }, "0 vectors for"},
		{"a vector too few", func(v [][]float32) [][]float32 { return v[1:] }, "vectors for"},
		{"a vector too many", func(v [][]float32) [][]float32 { return append(v, v[0]) }, "vectors for"},
		{"an empty vector", func(v [][]float32) [][]float32 { v[0] = nil; return v }, "0 components"},
		{"a shorter vector", func(v [][]float32) [][]float32 { v[1] = v[1][1:]; return v }, "components"},
		{"not a number", func(v [][]float32) [][]float32 { v[0][3] = nan; return v }, "not finite"},
		{"infinity", func(v [][]float32) [][]float32 { v[0][3] = inf; return v }, "not finite"},
		{"too large for 16 bits", func(v [][]float32) [][]float32 { v[0][3] = 1e6; return v }, "not finite"},
		{"no direction", func(v [][]float32) [][]float32 { clear(v[0]); return v }, "no direction"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := newWordEmbedder()
			e.spoil = tt.spoil
			index, err := rag.Build(t.Context(), harbour(t), e, rag.BuildOptions{})
			if err == nil || index != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Build = an index: %t, %v; want none and an error with %q", index != nil, err, tt.want)
			}
		})
	}

	t.Run("an error", func(t *testing.T) {
		t.Parallel()
		e := newWordEmbedder()
		e.fail = errors.New("the model is asleep")
		if index, err := rag.Build(t.Context(), harbour(t), e, rag.BuildOptions{}); !errors.Is(err, e.fail) || index != nil {
			t.Errorf("Build = an index: %t, %v; want none and %v", index != nil, err, e.fail)
		}
	})
	t.Run("cancelled while embedding", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		e := newWordEmbedder()
		e.after = func() {
			if e.passages.Load() > 0 {
				cancel()
			}
		}
		if index, err := rag.Build(ctx, harbour(t), e, rag.BuildOptions{}); !errors.Is(err, context.Canceled) || index != nil {
			t.Errorf("Build = an index: %t, %v; want none and %v", index != nil, err, context.Canceled)
		}
	})
}
