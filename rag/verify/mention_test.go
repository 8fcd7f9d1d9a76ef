package verify_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
	"amur/rag/verify"
)

func TestMentions(t *testing.T) {
	t.Parallel()
	c := checkerWith(t, nil)
	const english, russian = "Putin visited Warsaw and spoke of SWIFT.", "Путин молчал."
	found := c.Mentions(english, text.EN)
	var names []string
	var actors []bool
	for _, m := range found {
		names, actors = append(names, m.In(english)), append(actors, m.Actor)
	}
	if diff := cmp.Diff([]string{"Putin", "Warsaw", "SWIFT"}, names); diff != "" {
		t.Fatalf("Mentions(%q) (-want +got):\n%s", english, diff)
	}
	if diff := cmp.Diff([]bool{true, false, false}, actors); diff != "" {
		t.Errorf("actors of %q (-want +got):\n%s", english, diff)
	}
	var other []verify.Mention
	if other = c.Mentions(russian, text.RU); len(other) != 1 {
		t.Fatalf("Mentions(%q) = %v, want one", russian, other)
	}
	if !c.SameName(found[0], other[0]) || c.SameName(found[1], other[0]) {
		t.Errorf("SameName does not tell %q from %q", names[0], names[1])
	}
}
