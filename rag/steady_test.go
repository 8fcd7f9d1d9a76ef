package rag_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
	"amur/rag"
)

// What answers rest on is the same to the bit each time, whatever order maps are read in.

func TestLikenessIsSteady(t *testing.T) {
	t.Parallel()
	var texts []string
	var all strings.Builder
	for i := range 40 {
		fmt.Fprintf(&all, "pier%d ", i)
		texts = append(texts, all.String())
	}
	terms := newTerms(t, text.EN, texts...)
	want := terms.Likeness(texts[39], "pier0 pier7")
	for range 200 {
		if got := terms.Likeness(texts[39], "pier0 pier7"); math.Float64bits(got) != math.Float64bits(want) {
			t.Fatalf("the likeness is %v, then %v", want, got)
		}
	}
}

func TestCuesAreSteady(t *testing.T) {
	t.Parallel()
	want, err := rag.Cues()
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		got, err := rag.Cues()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("other patterns the second time (-first +second):\n%s", diff[:min(300, len(diff))])
		}
	}
}
