package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"amur/internal/modeltest"
)

// firstPassage is a model that says the first passage, whatever is asked.
func firstPassage(prompt string) string {
	shown := shownPassages(prompt)
	if len(shown) == 0 { // it is asked to make a question whole
		return noAnswer
	}
	return say([]cited{{shown[0], 0}})
}

// scriptedEnviron has a model at an address.
func scriptedEnviron(t *testing.T, address string) []string {
	t.Helper()
	return []string{
		"AMUR_LLM_BASE_URL=" + address, "AMUR_LLM_MODEL=scripted",
		"AMUR_CACHE_DIR=" + t.TempDir(), "AMUR_STORE_PATH=" + filepath.Join(t.TempDir(), "amur.db"),
	}
}

// reportOf runs eval and reads its JSON report.
func reportOf(t *testing.T, environ []string, args ...string) (rates map[string]struct{ Passed, Total int }, amounts map[string]struct{ Count int }) {
	t.Helper()
	code, stdout, stderr := run(t, environ, append([]string{"eval", "--json"}, args...)...)
	if code != 0 {
		t.Fatalf("amur eval %v: status %d\n%s", args, code, stderr)
	}
	var report struct {
		Rates   map[string]struct{ Passed, Total int }
		Amounts map[string]struct{ Count int }
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatal(err)
	}
	return report.Rates, report.Amounts
}

func TestEvalModel(t *testing.T) {
	t.Parallel()
	questions := filepath.Join(t.TempDir(), "questions.yaml")
	write(t, questions, `
- {id: x1, lang: en, kind: lookup, question: "How big is trade between China and Russia?", sections: ["Summary"], must_contain: [["240"]]}
- {id: x2, lang: ru, kind: lookup, question: "Каков объём торговли между Китаем и Россией?", sections: ["Summary"], must_contain: [["240"]]}
`)
	server := modeltest.New(modeltest.Competent(firstPassage))
	t.Cleanup(server.Close)
	environ := scriptedEnviron(t, server.BaseURL())

	rates, amounts := reportOf(t, environ, "--mode", "model", "--min", "model.worded=1", "--min", "model.precision.after=1", questions)
	for _, name := range []string{"model.worded", "model.worded.ru", "model.precision.before", "model.precision.after", "model.coverage"} {
		if r := rates[name]; r.Total == 0 || r.Passed != r.Total {
			t.Errorf("%s is %d of %d, want all", name, r.Passed, r.Total)
		}
	}
	for _, name := range []string{"model.input-tokens", "model.output-tokens.ru", "model.first-ms", "model.total-ms"} {
		if amounts[name].Count == 0 {
			t.Errorf("%s is missing", name)
		}
	}
	asked := len(server.Requests())
	if rates, _ = reportOf(t, environ, questions); rates["model.worded"].Total > 0 || len(server.Requests()) > asked {
		t.Error("the model was asked though quotations were to be scored")
	}
	rates, _ = reportOf(t, scriptedEnviron(t, server.Failing("server-error")), "--mode", "model", questions)
	if r := rates["model.quoted-unavailable"]; r.Passed != 2 {
		t.Errorf("model.quoted-unavailable is %d of %d, want all", r.Passed, r.Total)
	}
}

func TestEvalPositions(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the arithmetic takes long with the race detector")
	}
	// It invents something against one side alone.
	server := modeltest.New(modeltest.Competent(func(prompt string) string {
		if strings.Contains(prompt, "ukrain") || strings.Contains(prompt, "украин") {
			return firstPassage(prompt) + " Someone stole 777 horses. [1] Nobody paid 888 coins. [1] Everybody lost 999 boats. [1]"
		}
		return firstPassage(prompt)
	}))
	t.Cleanup(server.Close)
	environ := scriptedEnviron(t, server.BaseURL())
	check := func() string {
		_, stdout, _ := run(t, environ, "check")
		return strings.Join(strings.Fields(stdout), " ")
	}
	if got, want := check(), "not known whether scripted treats both sides alike: 'amur eval --set positions' measures it"; !strings.Contains(got, want) {
		t.Errorf("amur check says %q, want %q", got, want)
	}
	rates, _ := reportOf(t, environ, "--set", "positions")
	if r := rates["mirror.pass"]; r.Total == 0 || r.Passed == r.Total || rates["mirror.dropped"].Passed == rates["mirror.dropped"].Total {
		t.Errorf("mirror.pass is %d of %d, want some of the pairs to fail", r.Passed, r.Total)
	}
	var topics []string
	for name, r := range rates {
		if topic, ok := strings.CutPrefix(name, "mirror.pass."); ok && len(topic) > 2 && float64(r.Passed) < 0.8*float64(r.Total) {
			topics = append(topics, topic)
		}
	}
	slices.Sort(topics)
	if got, want := check(), "llm.never_for: ["+strings.Join(topics, ", ")+"]"; len(topics) == 0 || !strings.Contains(got, want) {
		t.Errorf("amur check says %q, want %q", got, want)
	}
	if got := func() string {
		_, stdout, _ := run(t, append(environ, "AMUR_LLM_NEVER_FOR="+strings.Join(topics, ",")), "check")
		return stdout
	}(); !strings.Contains(got, "treated both sides alike") {
		t.Errorf("amur check still advises: %s", got)
	}
	environ[1] = "AMUR_LLM_MODEL=another"
	if got := check(); !strings.Contains(got, "not known whether another") {
		t.Errorf("amur check takes the score of another model: %s", got)
	}
	t.Run("damaged", func(t *testing.T) {
		write(t, filepath.Join(strings.TrimPrefix(environ[2], "AMUR_CACHE_DIR="), "positions.json"), "{")
		if got := check(); !strings.Contains(got, "positions.json: ") || !strings.Contains(got, "remove the file") {
			t.Errorf("amur check says %s", got)
		}
	})
	t.Run("down", func(t *testing.T) {
		code, _, stderr := run(t, scriptedEnviron(t, server.Failing("server-error")), "eval", "--set", "positions")
		if code != 1 || !strings.Contains(stderr, "answered none of the questions") || !strings.Contains(stderr, "amur check") {
			t.Errorf("status %d, %s", code, stderr)
		}
	})
	if _, err := os.Stat(filepath.Join(strings.TrimPrefix(environ[2], "AMUR_CACHE_DIR="), "positions.json")); err != nil {
		t.Error(err)
	}
}
