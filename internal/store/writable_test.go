package store_test

import (
	"path/filepath"
	"testing"

	"amur/internal/store"
)

func TestWritable(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "amur.db")
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Writable(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Writable(t.Context()); err == nil {
		t.Error("a closed state can be written")
	}
	again, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatalf("after trying to write: %v", err)
	}
	_ = again.Close()
}
