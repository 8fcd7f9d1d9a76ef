package knowledge_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"amur/internal/text"
	"amur/knowledge"
)

// languages are those that every built-in document is written in.
func languages() []text.Lang { return []text.Lang{text.EN, text.RU, text.ZH} }

// shared reads a file that lies beside the repository, where there is one.
func shared(t *testing.T, path ...string) []byte {
	t.Helper()
	name := filepath.Join(append([]string{"..", "..", "shared"}, path...)...)
	data, err := os.ReadFile(name)
	if err == nil {
		return data
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%v: in CI the folder shared must lie beside the repository", err)
	}
	t.Skipf("%v: this test needs the folder shared beside the repository", err)
	return nil
}

func builtin(t testing.TB) *knowledge.Base {
	t.Helper()
	base, err := knowledge.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return base
}

func TestBuiltin(t *testing.T) {
	t.Parallel()
	base := builtin(t)
	for _, problem := range knowledge.Check(base) {
		t.Error(problem)
	}
	for _, lang := range languages() {
		if _, found := base.Document("overview", lang); !found {
			t.Errorf("no built-in documents in %q", lang)
		}
	}
	for _, d := range base.Documents() {
		for _, s := range d.Sections {
			if len(s.Asks) < 2 || len(s.Asks) > 4 {
				t.Errorf("%s:%d: section %q has %d questions: write two to four", d.Path, s.Line, s.ID, len(s.Asks))
			}
		}
	}
}

func TestBuiltinIsNotCopied(t *testing.T) {
	t.Parallel()
	for _, problem := range knowledge.CheckCopied(builtin(t), string(shared(t, "corpus", "backgrounder.txt"))) {
		t.Error(problem)
	}
}

// place is a row of facts.csv: where a fact stands.
type place struct {
	line     int
	fact     string
	section  knowledge.SectionID
	sentence int // in the section, from 1
}

func places(t *testing.T) []place {
	t.Helper()
	file, err := os.Open("facts.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"fact", "section", "sentence"}; !slices.Equal(rows[0], want) {
		t.Fatalf("facts.csv:1: columns %q, want %q", rows[0], want)
	}
	var all []place
	for i, row := range rows[1:] {
		sentence, err := strconv.Atoi(row[2])
		if err != nil {
			t.Fatalf("facts.csv:%d: %v", i+2, err)
		}
		all = append(all, place{line: i + 2, fact: row[0], section: knowledge.SectionID(row[1]), sentence: sentence})
	}
	return all
}

// TestFactsHaveAPlace holds facts.csv against the documents.
func TestFactsHaveAPlace(t *testing.T) {
	t.Parallel()
	base := builtin(t)
	for _, p := range places(t) {
		for _, lang := range languages() {
			section, err := base.Section(p.section, lang)
			if err != nil {
				t.Errorf("facts.csv:%d: %s: %v", p.line, p.fact, err)
				continue
			}
			if p.sentence < 1 || p.sentence > len(section.Sentences) {
				t.Errorf("facts.csv:%d: %s: section %q has %d sentences in %q, not %d", p.line, p.fact, p.section, len(section.Sentences), lang, p.sentence)
			}
		}
	}
}

// TestFactsAreTold holds the facts against facts.csv: each has a place, where its numbers and dates stand in every
// language.
func TestFactsAreTold(t *testing.T) {
	t.Parallel()
	var facts []struct {
		ID  string   `yaml:"id"`
		Key []string `yaml:"key"`
	}
	if err := yaml.Unmarshal(shared(t, "facts", "backgrounder.yaml"), &facts); err != nil {
		t.Fatal(err)
	}
	base := builtin(t)
	told := map[string][]place{}
	for _, p := range places(t) {
		told[p.fact] = append(told[p.fact], p)
	}
	for _, fact := range facts {
		if len(told[fact.ID]) == 0 {
			t.Errorf("facts.csv: %s has no row: tell the fact and say where", fact.ID)
			continue
		}
		home := told[fact.ID][0]
		for _, lang := range languages() {
			section, err := base.Section(home.section, lang)
			if err != nil {
				continue // TestFactsHaveAPlace says so
			}
			for _, key := range fact.Key {
				for _, missing := range knowledge.MissingValues(key, section) {
					t.Errorf("%s: %q in %q: %s is missing in section %q", fact.ID, key, lang, missing, home.section)
				}
			}
		}
	}
	for fact := range told {
		if !strings.HasPrefix(fact, "f") {
			t.Errorf("facts.csv: %q is no fact of the backgrounder", fact)
		}
	}
}
