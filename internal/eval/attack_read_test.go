package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
)

const onePair = `- id: p1
  kind: number
  passage: "Trade reached $240 billion in 2023."
  passage_lang: en
  claim: "Товарооборот достиг 260 млрд долларов."
  claim_lang: ru
  note: 240 to 260
`

func TestReadPairs(t *testing.T) {
	t.Parallel()
	want := []eval.Pair{{
		ID: "p1", Kind: eval.WrongNumber, Passage: "Trade reached $240 billion in 2023.", PassageLang: text.EN,
		Claim: "Товарооборот достиг 260 млрд долларов.", ClaimLang: text.RU, Note: "240 to 260",
	}}
	got, err := eval.ReadPairs(strings.NewReader(onePair))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ReadPairs (-want +got):\n%s", diff)
	}
}

func TestReadPairsFiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"pairs-dev.yaml", "pairs-held.yaml"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := eval.ReadPairs(strings.NewReader(string(data))); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestReadPairsErrors(t *testing.T) {
	t.Parallel()
	change := func(from, to string) string { return strings.Replace(onePair, from, to, 1) }
	tests := []struct {
		name, in string
		want     []string
	}{
		{"empty", " \n", []string{"the file is empty; give a list of pairs"}},
		{"no list", "id: p1\n", []string{"no list of pairs"}},
		{"not UTF-8", "- id: \xff\n", []string{"line 1: not UTF-8"}},
		{"no YAML", "- id: [\n", []string{"read pairs"}},
		{"unknown field", change("note", "remark"), []string{"line 1: ", "remark"}},
		{"no id", change("id: p1", `id: ""`), []string{"line 1: pair without id: give it an id"}},
		{"doubled id", onePair + onePair, []string{"line 8: p1: the id stands already at line 1; give it another"}},
		{"unknown kind", change("kind: number", "kind: figure"), []string{`unknown kind "figure"; use one of [paraphrase number`}},
		{"kind of the rules", change("kind: number", "kind: verbatim"), []string{`unknown kind "verbatim"`}},
		{"language of the passage", change("passage_lang: en", "passage_lang: uk"), []string{`unknown passage_lang "uk"; use one of [en ru zh]`}},
		{"language of the claim", change("claim_lang: ru", "claim_lang: de"), []string{`unknown claim_lang "de"; use one of [en ru uk zh]`}},
		{"no claim", change("Товарооборот достиг 260 млрд долларов.", " "), []string{"the claim is empty"}},
		{"no passage", change("Trade reached $240 billion in 2023.", ""), []string{"the passage is empty"}},
		{
			"the passage as claim", change("Товарооборот достиг 260 млрд долларов.", "Trade reached $240 billion in 2023."),
			[]string{"the claim is the passage, word for word"},
		},
		{
			"all of them", change("kind: number", "kind: figure") + change("claim_lang: ru", "claim_lang: de"),
			[]string{"line 1: p1: unknown kind", "line 8: p1: unknown claim_lang", "line 8: p1: the id stands already"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := eval.ReadPairs(strings.NewReader(tt.in))
			if err == nil || got != nil {
				t.Fatalf("ReadPairs = %v, %v, want an error alone", got, err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q, want %q in it", err, want)
				}
			}
		})
	}
}

// FuzzReadPairs: what is read is whole, and every id stands once.
func FuzzReadPairs(f *testing.F) {
	f.Add(onePair)
	f.Add(onePair + strings.Replace(onePair, "p1", "p2", 1))
	f.Add("- id: &a p\n  kind: *a\n")
	f.Fuzz(func(t *testing.T, in string) {
		pairs, err := eval.ReadPairs(strings.NewReader(in))
		if err != nil {
			if pairs != nil {
				t.Errorf("%d pairs beside the error %v", len(pairs), err)
			}
			return
		}
		seen := map[string]bool{}
		for _, p := range pairs {
			if seen[p.ID] || p.ID == "" || p.Claim == "" || p.Passage == "" || p.Claim == p.Passage || p.Kind == eval.Verbatim {
				t.Errorf("pair %+v", p)
			}
			seen[p.ID] = true
		}
	})
}
