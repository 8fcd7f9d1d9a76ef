package rag_test

import (
	"bytes"
	"errors"
	"testing"

	"amur/rag"
)

// FuzzSnapshot holds two laws. A file is an error or the very file that was written: never a partial index. And whatever
// stands under a right checksum is an error or an index that can be searched and is written back.
func FuzzSnapshot(f *testing.F) {
	e, base := newWordEmbedder(), harbour(f)
	e.dim = 2
	whole := encodeSnapshot(f, build(f, base, e, nil))
	f.Add(whole)
	f.Add(whole[:len(whole)-sealSize])
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("AMURIDX1"))
	f.Add([]byte{})
	question := e.vector("Which cranes are blue?")
	f.Fuzz(func(t *testing.T, data []byte) {
		index, err := rag.ReadSnapshot(t.Context(), data, base, e.Model())
		if (err == nil) != bytes.Equal(data, whole) {
			t.Errorf("ReadSnapshot of other bytes than were written: %v", err)
		}
		checkIndex(t, index, err, question)
		index, err = rag.ReadSnapshot(t.Context(), rag.Seal(data), base, e.Model())
		checkIndex(t, index, err, question)
		_, err = rag.SnapshotVectors(rag.Seal(data))
		checkDamaged(t, err)
	})
}

func checkIndex(t *testing.T, index *rag.Index, err error, question []float32) {
	t.Helper()
	checkDamaged(t, err)
	if (index == nil) != (err != nil) {
		t.Fatalf("an index beside the error %v", err)
	}
	if err != nil {
		return
	}
	if hits, err := index.Search(t.Context(), question, "Which cranes are blue?", "en"); err == nil && len(hits) == 0 {
		t.Error("the index finds nothing")
	}
	encodeSnapshot(t, index)
}

func checkDamaged(t *testing.T, err error) {
	t.Helper()
	if err != nil && !errors.Is(err, rag.ErrDamaged) && !errors.Is(err, rag.ErrStaleIndex) {
		t.Errorf("the error %v is neither ErrDamaged nor ErrStaleIndex", err)
	}
}

// FuzzVectors holds that a file is an error or the vectors that were written, and that what stands under a right
// checksum is an error or vectors that are written back and read as the same.
func FuzzVectors(f *testing.F) {
	e := newWordEmbedder()
	e.dim = 2
	vectors := build(f, harbour(f), e, nil).Vectors()
	whole := encodeVectors(f, vectors)
	f.Add(whole)
	f.Add(whole[:len(whole)-sealSize])
	f.Add([]byte("AMURVEC1\x01m\x00\x00"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := rag.ReadVectors(data)
		checkDamaged(t, err)
		if (err == nil) != bytes.Equal(data, whole) || err == nil && !v.Equal(vectors) {
			t.Errorf("ReadVectors of other bytes than were written: %v", err)
		}
		v, err = rag.ReadVectors(rag.Seal(data))
		checkDamaged(t, err)
		if err != nil {
			return
		}
		again, err := rag.ReadVectors(encodeVectors(t, v))
		if err != nil || !again.Equal(v) {
			t.Errorf("vectors do not come back: %v", err)
		}
	})
}
