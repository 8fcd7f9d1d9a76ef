package cli_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"amur/internal/cli"
	"amur/internal/eval"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
	"amur/rag/verify"
)

// realModel is the address of a real language model. .ci/run starts one; elsewhere a test without one is skipped.
func realModel(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a language model takes long")
	}
	address := os.Getenv("AMUR_TEST_MODEL_URL")
	const missing = "no language model: run .ci/real-model.sh in another terminal and set AMUR_TEST_MODEL_URL to the address that it prints"
	switch {
	case address != "":
	case os.Getenv("CI") == "true":
		t.Fatal(missing)
	default:
		t.Skip(missing)
	}
	return address
}

// TestRealModel asks a slice of the development questions of a model so small that it cites wrongly much of the time. What
// reaches the reader must be supported all the same.
func TestRealModel(t *testing.T) { // not parallel: beside other tests the model is too slow for its time limits
	address := realModel(t)
	s := builtinStage(t)
	checker, err := cli.NewChecker(s.embedder)
	if err != nil {
		t.Fatal(err)
	}
	var questions []eval.Question
	for _, lang := range []text.Lang{text.EN, text.RU, text.ZH} {
		questions = append(questions, lookups(s.questions, lang, 4)...)
	}
	var sum realTally
	for i, a := range askJSON(t, modelEnviron(t, address), questions) {
		claims := strings.Join(lawfulClaims(t, s.base, a), "\n")
		t.Logf("%s → %s %s %s\n%s\ndropped: %q", questions[i].Text, a.Outcome, a.Mode, a.Fallback, claims, a.Dropped)
		if a.Mode == rag.ModeQuotes {
			if a.Outcome == rag.Answered && (a.Fallback == "" || a.Note == "") {
				t.Errorf("%q: quotations without a word why: fallback %q, note %q", a.Question, a.Fallback, a.Note)
			}
			sum.add(a)
			continue
		}
		sum.add(a)
		for _, c := range a.Claims {
			spans := carried(t, checker, s.base, a, c)
			sum.carried += spans
			sum.cited += len(c.Citations)
			if spans < len(c.Citations) {
				t.Errorf("%q: told though %d of %d citations carry nothing of it: %s", a.Question, len(c.Citations)-spans, len(c.Citations), c.Text)
			}
		}
	}
	t.Log("real model: " + sum.String())
	if sum.worded == 0 {
		t.Error("nothing that the model said held: the check of what it says was not tried")
	}
}

// realTally counts what a model said and what was told of it.
type realTally struct {
	answers, worded       int // worded: by the model
	before                rag.Checked
	told, cited, carried  int
	repaired, dropped     int
	tokensRead, tokensOut int
}

func (s *realTally) add(a rag.Answer) {
	s.answers++
	s.dropped += len(a.Dropped)
	if c := a.Checked; c != nil {
		s.before.Sentences += c.Sentences
		s.before.Citations += c.Citations
		s.before.Carried += c.Carried
	}
	if u := a.Usage; u != nil {
		s.tokensRead += u.Input
		s.tokensOut += u.Output
	}
	if a.Mode != rag.ModeModel {
		return
	}
	s.worded++
	s.told += len(a.Claims)
	for _, c := range a.Claims {
		if c.Repaired {
			s.repaired++
		}
	}
}

func (s *realTally) String() string {
	return fmt.Sprintf("%d of %d answers worded by it, the others quoted; %d sentences told, %d dropped, %d mended; "+
		"citations that carry their sentence: %s before the check, %s after; %d tokens read, %d written",
		s.worded, s.answers, s.told, s.dropped, s.repaired,
		share(s.before.Carried, s.before.Citations), share(s.carried, s.cited), s.tokensRead, s.tokensOut)
}

func share(n, of int) string {
	if of == 0 {
		return "none of none"
	}
	return fmt.Sprintf("%d of %d (%.2f)", n, of, float64(n)/float64(of))
}

// lookups are the first questions of a language that the documents answer.
func lookups(all []eval.Question, lang text.Lang, n int) []eval.Question {
	var out []eval.Question
	for _, q := range all {
		if q.Lang == lang && q.Kind == eval.Lookup && q.Answerable() && len(q.History) == 0 && len(out) < n {
			out = append(out, q)
		}
	}
	return out
}

// modelEnviron has amur ask the model at an address and keep its files to itself.
func modelEnviron(t *testing.T, address string) []string {
	t.Helper()
	dir := t.TempDir()
	return []string{
		"AMUR_LLM_BASE_URL=" + address, "AMUR_LLM_MODEL=gemma-3-270m",
		"AMUR_CACHE_DIR=" + filepath.Join(dir, "cache"), "AMUR_STORE_PATH=" + filepath.Join(dir, "amur.db"),
	}
}

// askJSON asks questions as amur ask --jsonl does.
func askJSON(t *testing.T, environ []string, questions []eval.Question) []rag.Answer {
	t.Helper()
	var in, stdout, stderr bytes.Buffer
	for _, q := range questions {
		line, err := json.Marshal(rag.Question{Text: q.Text})
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(line, '\n'))
	}
	if code := cli.Main(t.Context(), []string{"ask", "--jsonl"}, cli.Streams{In: &in, Out: &stdout, Err: &stderr}, environ); code != 0 {
		t.Fatalf("amur ask --jsonl: status %d, want 0\n%s", code, stderr.String())
	}
	var out []rag.Answer
	lines := bufio.NewReader(&stdout)
	for range questions {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			t.Fatal(err)
		}
		var a rag.Answer
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

// lawfulClaims are the claims of an answer. It is an error if one has no citation, or if a citation is not byte for byte
// in the section it names.
func lawfulClaims(t *testing.T, base *knowledge.Base, a rag.Answer) []string {
	t.Helper()
	for i, c := range a.Citations {
		section, err := base.Section(c.Section, c.Lang)
		switch {
		case err != nil:
			t.Errorf("%q: citation %d: %v", a.Question, i+1, err)
		case c.N != i+1 || c.Quote == "" || c.Start < 0 || c.End > len(section.Text) || c.Start >= c.End || section.Text[c.Start:c.End] != c.Quote:
			t.Errorf("%q: citation %d is not in its place: %q", a.Question, i+1, c.Quote)
		}
	}
	var out []string
	for _, c := range a.Claims {
		if len(c.Citations) == 0 {
			t.Errorf("%q: no citation: %s", a.Question, c.Text)
		}
		for _, n := range c.Citations {
			if n < 1 || n > len(a.Citations) {
				t.Fatalf("%q: there is no citation %d: %s", a.Question, n, c.Text)
			}
		}
		if !strings.Contains(a.Text, c.Text) {
			t.Errorf("%q: the claim is not in the text: %s", a.Question, c.Text)
		}
		out = append(out, fmt.Sprint(c.Text, " ", c.Citations))
	}
	return out
}

// carried checks a claim once more against the passages that the reader is pointed to. It returns how many of them carry
// something of it: all, or the answer is wrong.
func carried(t *testing.T, checker *verify.Checker, base *knowledge.Base, a rag.Answer, c rag.Claim) int {
	t.Helper()
	var evidence []verify.Evidence
	for _, n := range c.Citations {
		p, found := base.Passage(a.Citations[n-1].Passage)
		if !found {
			t.Fatalf("%q: there is no passage %q", a.Question, a.Citations[n-1].Passage)
		}
		evidence = append(evidence, verify.Evidence{Text: p.Text, Lang: p.Lang, Heading: p.Title + ". " + p.Heading})
	}
	verdict, err := checker.Check(t.Context(), verify.Claim{Text: c.Text, Lang: a.AnswerLanguage}, evidence)
	if err != nil {
		t.Fatal(err)
	}
	if !verdict.OK {
		t.Errorf("%q: told though %s: %s", a.Question, verdict.Reason, c.Text)
		return 0
	}
	spans := slices.DeleteFunc(verdict.Spans, func(s text.Span) bool { return s.Start == s.End })
	return len(spans)
}
