package rag_test

import (
	"math"
	"math/bits"
	"testing"

	"amur/internal/encoder"
	"amur/knowledge"
	"amur/rag"
)

// TestCarriedIndex embeds 64 of the built-in passages anew and compares them with the index beside the documents.
func TestCarriedIndex(t *testing.T) {
	t.Parallel()
	const (
		sample = 64
		remedy = "run: go run . index --builtin knowledge/vectors.bin"
	)
	base, err := knowledge.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	model, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	carried, err := rag.SnapshotVectors(knowledge.BuiltinVectors())
	if err != nil {
		t.Fatalf("knowledge/vectors.bin: %v; %s", err, remedy)
	}
	var passages []knowledge.Passage
	var texts []string
	for i := range sample {
		p := base.Passages()[i*len(base.Passages())/sample]
		passages, texts = append(passages, p), append(texts, p.Heading+": "+p.Text)
	}
	fresh, tokens, err := model.EmbedPassageTokens(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range passages {
		stored, signs, ok := carried.Stored(p)
		if !ok {
			t.Fatalf("knowledge/vectors.bin lacks %s; %s", p.ID, remedy)
		}
		if c := cosine(stored, fresh[i]); c < 0.9999 {
			t.Errorf("%s: the stored vector has cosine %v to a fresh one; %s", p.ID, c, remedy)
		}
		if want := len(tokens[i]) * model.Dim() / 8; len(signs) != want {
			t.Errorf("%s: %d bytes of signs, want %d; %s", p.ID, len(signs), want, remedy)
		}
		ones := 0
		for _, b := range signs {
			ones += bits.OnesCount8(b)
		}
		if share := float64(ones) / float64(8*len(signs)); math.Abs(share-0.5) > 0.1 {
			t.Errorf("%s: %.2f of the signs are above the centre, want about half", p.ID, share)
		}
	}
}
