package text_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"

	"amur/internal/text"
)

// question is what this test needs of the development questions.
type question struct {
	ID       string `yaml:"id"`
	Lang     string `yaml:"lang"`
	Question string `yaml:"question"`
	Note     string `yaml:"note"`
}

// The development questions name their language. Nothing of them is in the
// word lists; they only show whether the lists are good enough.
func TestDetectOnDevelopmentQuestions(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"dev.yaml", "dev2.yaml", "dev3.yaml"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "eval", file))
		if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") != "true" {
			t.Skipf("needs ../shared/eval/%s beside the repository", file)
		}
		if err != nil {
			t.Fatal(err)
		}
		var questions []question
		if err := yaml.Unmarshal(data, &questions); err != nil {
			t.Fatal(err)
		}
		wrong := 0
		for _, q := range questions {
			got := text.Detect(q.Question, "")
			if got == text.ZHHant {
				got = text.ZH
			}
			if string(got) == q.Lang {
				continue
			}
			wrong++
			t.Logf("%s %q: %s, want %s (%s)", q.ID, q.Question, got, q.Lang, q.Note)
			if q.Lang == "ru" && got == text.UK {
				t.Errorf("%s: Russian taken for Ukrainian", q.ID)
			}
		}
		t.Logf("%s: %d of %d wrong", file, wrong, len(questions))
		if wrong*50 > len(questions) {
			t.Errorf("%s: %d of %d wrong, want at most 2 %%", file, wrong, len(questions))
		}
	}
}
