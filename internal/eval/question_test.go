package eval_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/rag"
)

// development reads one of the development files.
func development(t testing.TB, name string) []eval.Question {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	questions, err := eval.Read(f)
	if err != nil {
		t.Fatalf("Read(%s): %v", name, err)
	}
	return questions
}

func TestReadDevelopment(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		want map[text.Lang]int
	}{
		{"dev.yaml", map[text.Lang]int{text.EN: 54, text.RU: 8, text.ZH: 8}},
		{"dev2.yaml", map[text.Lang]int{text.EN: 94, text.RU: 104, text.ZH: 104}},
		{"dev3.yaml", map[text.Lang]int{text.EN: 21, text.RU: 35, text.UK: 67, text.ZH: 41}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := map[text.Lang]int{}
			for _, q := range development(t, tt.name) {
				got[q.Lang]++
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("questions by language (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	got, err := eval.Read(strings.NewReader(`# a comment
- id: q1
  lang: ru
  kind: followup
  history:
    - {role: user, text: "первое"}
    - {role: assistant, text: "второе"}
  question: "а в 2022?"
  sections: ["Trade"]
  gold: [f001]
  must_contain: [["a", "b"], ["c"]]
  must_not_contain: ["d"]
  note: "derived"
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []eval.Question{{
		ID: "q1", Lang: text.RU, Kind: eval.FollowUp, Text: "а в 2022?", Sections: []string{"Trade"},
		Gold: []string{"f001"}, MustContain: [][]string{{"a", "b"}, {"c"}}, MustNotContain: []string{"d"},
		History: []rag.Turn{{Role: "user", Text: "первое"}, {Role: "assistant", Text: "второе"}}, Note: "derived",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Read (-want +got):\n%s", diff)
	}
}

func TestReadStrict(t *testing.T) {
	t.Parallel()
	item := func(lines ...string) string { return "- " + strings.Join(lines, "\n  ") + "\n" }
	good := item("id: q1", "lang: en", "kind: chitchat", `question: "hi"`)
	tests := []struct {
		name string
		yaml string
		want []string // parts of the message
	}{
		{"empty", " \n", []string{"empty"}},
		{"no list", "id: q1\n", []string{"no list of questions"}},
		{"empty list", "[]\n", []string{"no list of questions"}},
		{"two documents", good + "---\n" + good, []string{"2 YAML documents"}},
		{"not UTF-8", good + "- \xad\n", []string{"line 5", "UTF-8"}},
		{"a control character", good + "- \f\n", []string{"line 5", "U+000C"}},
		{"no YAML", "- id: [\n", []string{"line 1"}},
		{"unknown field", good + item("id: q2", "lang: en", "kind: chitchat", "question: hi", "answer: x"), []string{"line 5", "q2", `unknown field "answer"`, "line 9"}},
		{"wrong type", good + item("id: q2", "lang: en", "kind: chitchat", "question: hi", "sections: Trade"), []string{"line 5", "q2"}},
		{"a scalar", good + "- hello\n", []string{"line 5"}},
		{"doubled id", good + good, []string{"line 5", "q1", "already at line 1"}},
		{"doubled key", item("id: q1", "id: q2", "lang: en", "kind: chitchat", "question: hi"), []string{"line"}},
		{"no id", item("lang: en", "kind: chitchat", "question: hi"), []string{"line 1", "without id"}},
		{"no question", item("id: q1", "lang: en", "kind: chitchat", `question: " "`), []string{"q1", "question is empty"}},
		{"unknown lang", item("id: q1", "lang: fr", "kind: chitchat", "question: hi"), []string{"q1", `unknown lang "fr"`, "en ru uk zh"}},
		{"unknown kind", item("id: q1", "lang: en", "kind: joke", "question: hi"), []string{"q1", `unknown kind "joke"`}},
		{"lookup without sections", item("id: q1", "lang: en", "kind: lookup", "question: hi", "sections: []"), []string{"q1", "needs sections"}},
		{"chitchat with sections", item("id: q1", "lang: en", "kind: chitchat", "question: hi", "sections: [a]"), []string{"q1", "has no sections"}},
		{"followup without history", item("id: q1", "lang: en", "kind: followup", "question: hi", "sections: [a]"), []string{"q1", "needs a history"}},
		{"lookup with history", item("id: q1", "lang: en", "kind: lookup", "question: hi", "sections: [a]", "history: [{role: user, text: a}]"), []string{"q1", "has no history"}},
		{"unknown role", item("id: q1", "lang: en", "kind: followup", "question: hi", "sections: [a]", "history: [{role: bot, text: a}]"), []string{"q1", "turn 1"}},
		{"empty group", item("id: q1", "lang: en", "kind: chitchat", "question: hi", "must_contain: [[a], []]"), []string{"q1", "group 2"}},
		{"empty variant", item("id: q1", "lang: en", "kind: chitchat", "question: hi", `must_contain: [[a, " "]]`), []string{"q1", "empty string"}},
		{"empty forbidden", item("id: q1", "lang: en", "kind: chitchat", "question: hi", `must_not_contain: [""]`), []string{"q1", "empty string"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := eval.Read(strings.NewReader(tt.yaml))
			if err == nil || got != nil {
				t.Fatalf("Read = %v, %v, want no questions and an error", got, err)
			}
			for _, part := range tt.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("Read error %q lacks %q", err, part)
				}
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("- id: q1\n  lang: en\n  kind: chitchat\n  question: hi\n")
	f.Add("- &a [*a]\n")
	f.Add("- id: q1\n  <<: {lang: en}\n")
	f.Fuzz(func(t *testing.T, s string) {
		questions, err := eval.Read(strings.NewReader(s))
		if err != nil && questions != nil {
			t.Fatalf("Read = %v, %v, want no questions beside an error", questions, err)
		}
		for _, q := range questions {
			if q.ID == "" || fmt.Sprint(q.Text) == "" {
				t.Fatalf("Read accepted %+v", q)
			}
		}
	})
}
