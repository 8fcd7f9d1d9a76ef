package rag_test

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

func itoa(n int) string { return strconv.Itoa(n) }

func encodeSnapshot(tb testing.TB, index *rag.Index) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := index.WriteSnapshot(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestSnapshotRoundTrip(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	none, err := knowledge.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		base *knowledge.Base
	}{
		{"three languages", harbour(t)},
		{"no documents", none},
		{"a language without an analyzer of its own", baseOf(t, part{"pont", "s", "fr", "Le pont", []string{"Le pont est fermé au mois de mai."}})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			index := build(t, tt.base, e, nil)
			data := encodeSnapshot(t, index)
			got, err := rag.ReadSnapshot(t.Context(), data, tt.base, e.Model())
			if err != nil {
				t.Fatal(err)
			}
			if again := encodeSnapshot(t, got); !bytes.Equal(again, data) {
				t.Error("written again, the bytes differ")
			}
			if got.Fingerprint() != index.Fingerprint() || got.Len() != index.Len() || !got.Vectors().Equal(index.Vectors()) {
				t.Errorf("read: %d passages, fingerprint %s, want %d, %s, and the same vectors", got.Len(), got.Fingerprint(), index.Len(), index.Fingerprint())
			}
			for _, lang := range []text.Lang{text.EN, text.RU, text.UK, text.ZH, text.ZHHant} {
				for _, question := range []string{"Which cranes are blue?", "Когда отходит паром?", "渡船什么时候开船？"} {
					if diff := cmp.Diff(find(t, index, e, question, lang), find(t, got, e, question, lang), cmpopts.IgnoreUnexported(rag.Hit{})); diff != "" {
						t.Errorf("%q in %s: hits differ after reading (-built +read):\n%s", question, lang, diff)
					}
				}
			}
		})
	}
}

// find embeds a question and searches.
func find(tb testing.TB, index *rag.Index, e rag.Embedder, question string, asker text.Lang) []rag.Hit {
	tb.Helper()
	vectors, err := e.EmbedQueries(tb.Context(), []string{question})
	if err != nil {
		tb.Fatal(err)
	}
	hits, err := index.Search(tb.Context(), vectors[0], question, asker)
	if err != nil {
		tb.Fatal(err)
	}
	return hits
}

func TestSnapshotIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	first := encodeSnapshot(t, build(t, harbour(t), newWordEmbedder(), nil))
	for range 5 {
		if again := encodeSnapshot(t, build(t, harbour(t), newWordEmbedder(), nil)); !bytes.Equal(again, first) {
			t.Fatal("the same base and model give other bytes")
		}
	}
}

func TestSnapshotDamaged(t *testing.T) {
	t.Parallel()
	e, base := newWordEmbedder(), harbour(t)
	e.dim = 4
	data := encodeSnapshot(t, build(t, base, e, nil))
	eachDamage(t, data, func(name string, damaged []byte) {
		if index, err := rag.ReadSnapshot(t.Context(), damaged, base, e.Model()); !errors.Is(err, rag.ErrDamaged) || index != nil {
			t.Errorf("%s: ReadSnapshot = an index: %t, %v; want none and ErrDamaged", name, index != nil, err)
		}
		if v, err := rag.SnapshotVectors(damaged); !errors.Is(err, rag.ErrDamaged) || v != nil {
			t.Errorf("%s: SnapshotVectors = %v, %v, want none and ErrDamaged", name, v, err)
		}
	})
}

// TestSnapshotCutUnderASeal cuts the body everywhere and seals it anew: the decoder alone must notice.
func TestSnapshotCutUnderASeal(t *testing.T) {
	t.Parallel()
	e, base := newWordEmbedder(), harbour(t)
	e.dim = 4
	data := encodeSnapshot(t, build(t, base, e, nil))
	body := data[:len(data)-sealSize]
	for n := range len(body) {
		if index, err := rag.ReadSnapshot(t.Context(), rag.Seal(body[:n]), base, e.Model()); !errors.Is(err, rag.ErrDamaged) || index != nil {
			t.Fatalf("cut at %d of %d: ReadSnapshot = an index: %t, %v; want none and ErrDamaged", n, len(body), index != nil, err)
		}
	}
	more := rag.Seal(append(bytes.Clone(body), 0))
	if index, err := rag.ReadSnapshot(t.Context(), more, base, e.Model()); !errors.Is(err, rag.ErrDamaged) || index != nil {
		t.Errorf("a byte more: ReadSnapshot = an index: %t, %v; want none and ErrDamaged", index != nil, err)
	}
}

func TestSnapshotStale(t *testing.T) {
	t.Parallel()
	e, base := newWordEmbedder(), harbour(t)
	data := encodeSnapshot(t, build(t, base, e, nil))
	changed := baseOf(t, part{"harbour", "cranes", text.EN, "Cranes", []string{"The harbour has thirteen blue cranes on the northern quay."}})
	tests := []struct {
		name  string
		base  *knowledge.Base
		model string
	}{
		{"other documents", changed, e.Model()},
		{"another model", base, "other words"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if index, err := rag.ReadSnapshot(t.Context(), data, tt.base, tt.model); !errors.Is(err, rag.ErrStaleIndex) || index != nil {
				t.Errorf("ReadSnapshot = an index: %t, %v; want none and ErrStaleIndex", index != nil, err)
			}
		})
	}
	t.Run("its vectors are still good", func(t *testing.T) {
		t.Parallel()
		v, err := rag.SnapshotVectors(data)
		if err != nil {
			t.Fatal(err)
		}
		counting := newWordEmbedder()
		build(t, base, counting, v)
		if n := counting.passages.Load(); n != 0 {
			t.Errorf("embedded %d passages, want 0", n)
		}
	})
}

func TestSnapshotCancelled(t *testing.T) {
	t.Parallel()
	e, base := newWordEmbedder(), harbour(t)
	data := encodeSnapshot(t, build(t, base, e, nil))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if index, err := rag.ReadSnapshot(ctx, data, base, e.Model()); !errors.Is(err, context.Canceled) || index != nil {
		t.Errorf("ReadSnapshot = an index: %t, %v; want none and %v", index != nil, err, context.Canceled)
	}
}

// failingWriter takes a number of bytes and then fails, as a full disk does.
type failingWriter struct {
	room int
	err  error
}

func (w *failingWriter) Write(p []byte) (int, error) {
	n := min(w.room, len(p))
	w.room -= n
	if n < len(p) {
		return n, w.err
	}
	return n, nil
}

func TestSnapshotWriteErrors(t *testing.T) {
	t.Parallel()
	index := build(t, harbour(t), newWordEmbedder(), nil)
	full := errors.New("disk full")
	size := len(encodeSnapshot(t, index))
	for _, room := range []int{0, 1, size / 2, size - sealSize, size - 1} {
		if err := index.WriteSnapshot(&failingWriter{room: room, err: full}); !errors.Is(err, full) {
			t.Errorf("WriteSnapshot into %d of %d bytes = %v, want %v", room, size, err, full)
		}
		if err := index.Vectors().Write(&failingWriter{room: min(room, 40), err: full}); !errors.Is(err, full) {
			t.Errorf("Vectors.Write into %d bytes = %v, want %v", room, err, full)
		}
	}
}
