package cli_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"amur/internal/encoder"
	"amur/internal/eval"
	"amur/internal/ingest"
	"amur/internal/modeltest"
	"amur/knowledge"
	"amur/rag"
	"amur/rag/llm"
	"amur/rag/verify"
)

// stage is what the tests with scripted models share: documents with their index, the check, and the questions.
type stage struct {
	base      *knowledge.Base
	index     *rag.Index
	embedder  *encoder.Encoder
	glossary  []knowledge.Term
	disputes  []knowledge.Dispute
	questions []eval.Question
	gold      eval.Gold           // from the built-in documents
	ukrainian map[string][]string // sentences by fact, in the order of the English ones
}

// builtinStage is over the documents that come with amur.
func builtinStage(t *testing.T) *stage {
	t.Helper()
	model, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{embedder: model, questions: allQuestions(t)}
	if s.base, err = knowledge.Builtin(); err != nil {
		t.Fatal(err)
	}
	if s.disputes, err = knowledge.BuiltinDisputes(s.base); err != nil {
		t.Fatal(err)
	}
	if s.glossary, err = knowledge.Glossary(); err != nil {
		t.Fatal(err)
	}
	facts, err := eval.ReadFacts(strings.NewReader(string(knowledge.BuiltinFacts())))
	if err != nil {
		t.Fatal(err)
	}
	s.gold = facts.Gold(s.base.Section, nil)
	data, err := os.ReadFile(filepath.Join("testdata", "ukrainian.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, &s.ukrainian); err != nil {
		t.Fatal(err)
	}
	s.index = indexed(t, s.base, model)
	return s
}

// rawStage is over the scraped page, which is in English alone; the gold sentences are those of the built-in documents.
func rawStage(t *testing.T) *stage {
	t.Helper()
	folder := filepath.Join("..", "..", "..", "shared", "corpus")
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		if os.Getenv("CI") == "true" {
			t.Fatalf("the scraped page is not beside the repository, where CI puts it: %v", err)
		}
		t.Skip("the scraped page is not beside the repository (shared/corpus)")
	}
	s := builtinStage(t)
	docs, _, err := ingest.Folder(t.Context(), folder, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s.base, err = knowledge.New(docs); err != nil {
		t.Fatal(err)
	}
	s.disputes = nil
	s.index = indexed(t, s.base, s.embedder)
	return s
}

func indexed(t *testing.T, base *knowledge.Base, e rag.Embedder) *rag.Index {
	t.Helper()
	if index, err := rag.ReadSnapshot(t.Context(), knowledge.BuiltinVectors(), base, e.Model()); err == nil {
		return index
	}
	index, err := rag.Build(t.Context(), base, e, rag.BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return index
}

// allQuestions are the development and further questions.
func allQuestions(t *testing.T) []eval.Question {
	t.Helper()
	var all []eval.Question
	for _, name := range []string{"dev.yaml", "dev2.yaml", "dev3.yaml", "further.yaml"} {
		f, err := os.Open(filepath.Join("..", "eval", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		some, err := eval.Read(f)
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
		all = append(all, some...)
	}
	return all
}

// part is what a scripted model says to a question, given the passages of the prompt.
type part func(q eval.Question, shown []string) string

// actor is an answerer whose model plays a part. It answers one question at a time.
type actor struct {
	answerer *rag.Answerer
	plays    part

	mu      sync.Mutex
	current eval.Question
	prompts []string // for the current question
	said    string   // to the first of them
}

func (s *stage) actor(t *testing.T, plays part) *actor {
	t.Helper()
	a := &actor{plays: plays}
	server := modeltest.New(func(r modeltest.Request) modeltest.Response { return modeltest.Say(a.reply(r.User())) })
	t.Cleanup(server.Close)
	client, err := llm.New(llm.Options{BaseURL: server.BaseURL(), Model: "scripted", BreakFor: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	checker, err := verify.New(verify.Options{Glossary: s.glossary, Embedder: s.embedder})
	if err != nil {
		t.Fatal(err)
	}
	if a.answerer, err = rag.New(s.index, s.embedder); err != nil {
		t.Fatal(err)
	}
	a.answerer.Model = &rag.Model{Client: client, Checker: checker, Name: "scripted"}
	a.answerer.Disputes = s.disputes
	return a
}

func (a *actor) reply(prompt string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.prompts = append(a.prompts, prompt)
	if len(a.prompts) == 1 {
		a.said = a.plays(a.current, shownPassages(prompt))
	}
	return a.said
}

// shownPassages are the numbered passages of a prompt, in order.
func shownPassages(prompt string) []string {
	var out []string
	for line := range strings.Lines(prompt) {
		mark := fmt.Sprintf("[%d] ", len(out)+1)
		if passage, ok := strings.CutPrefix(line, mark); ok {
			out = append(out, strings.TrimRight(passage, "\n"))
		}
	}
	return out
}

// performance is a question with what came of it.
type performance struct {
	question eval.Question
	answer   rag.Answer
	asked    bool   // of the model
	said     string // by it, first
}

// ask asks the questions, with as many actors at once as are given.
func ask(t *testing.T, questions []eval.Question, actors ...*actor) []performance {
	t.Helper()
	out := make([]performance, len(questions))
	var wait sync.WaitGroup
	for n, a := range actors {
		wait.Go(func() {
			for i := n; i < len(questions); i += len(actors) {
				var err error
				if out[i], err = a.perform(t.Context(), questions[i]); err != nil {
					t.Errorf("%s: %v", questions[i].ID, err)
				}
			}
		})
	}
	wait.Wait()
	return out
}

func (a *actor) perform(ctx context.Context, q eval.Question) (performance, error) {
	a.mu.Lock()
	a.current, a.prompts, a.said = q, nil, ""
	a.mu.Unlock()
	p := performance{question: q}
	var err error
	if p.answer, err = a.answerer.Answer(ctx, rag.Question{Text: q.Text, History: q.History}); err != nil {
		return performance{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	p.asked, p.said = len(a.prompts) > 0, a.said
	return p, nil
}
