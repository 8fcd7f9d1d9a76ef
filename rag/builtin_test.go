package rag_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"

	"amur/internal/encoder"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// builtin is what the tests of the whole share: the built-in documents under the built-in model, an index of the English
// ones alone, and the development questions. It is opened once because that takes seconds.
type builtin struct {
	base      *knowledge.Base
	index     *rag.Index
	model     *remembering
	whole     *rag.Answerer // of all documents
	english   *rag.Answerer // of the English documents
	questions []question
}

// TestBuiltin tests the package over the built-in documents and the development questions.
func TestBuiltin(t *testing.T) {
	t.Parallel()
	b := openBuiltin(t)
	tests := []struct {
		name string
		test func(*testing.T)
	}{
		{"laws", b.testLaws},
		{"other languages change no English answer", b.testLanguagesApart},
		{"in parallel", b.testParallel},
		{"frames", b.testFrames},
		{"follow-ups", b.testFollowUps},
		{"snapshot", b.testSnapshot},
		{"typos", b.testTypos},
		{"worded by a model", b.testWorded},
		{"what passages do not carry", b.testUnsupported},
		{"repair", b.testRepair},
		{"another passage carries it", b.testReattributed},
		{"the model declines", b.testDeclines},
		{"the model loops", b.testLooping},
		{"subjects to be quoted", b.testNever},
		{"rewritten questions", b.testRewritten},
		{"disputes", b.testDisputes},
		{"withheld passages", b.testWithheld},
		{"kept from the model", b.testQuotesOnly},
		{"data in prompts", b.testPromptData},
		{"cancelled", b.testCancelled},
		{"failures", b.testFailures},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.test(t)
		})
	}
}

func openBuiltin(tb testing.TB) *builtin {
	tb.Helper()
	model, err := encoder.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	b := &builtin{model: &remembering{Encoder: model, known: map[string]*embedding{}}, questions: readQuestions(tb)}
	if b.base, err = knowledge.Builtin(); err != nil {
		tb.Fatal(err)
	}
	if b.index, err = indexBuiltin(tb.Context(), b.base, b.model); err != nil {
		tb.Fatal(err)
	}
	b.whole = answerer(tb, b.index, b.model)
	b.english = answerer(tb, build(tb, inLanguage(tb, b.base, text.EN), b.model, b.index.Vectors()), b.model)
	return b
}

// indexBuiltin gives the index of the built-in documents: the one beside them, or where they changed since it was made, a
// new one with its vectors.
func indexBuiltin(ctx context.Context, base *knowledge.Base, e rag.Embedder) (*rag.Index, error) {
	data := knowledge.BuiltinVectors()
	if index, err := rag.ReadSnapshot(ctx, data, base, e.Model()); err == nil {
		return index, nil
	}
	vectors, err := rag.SnapshotVectors(data)
	if err != nil { // none were made yet
		vectors = rag.NewVectors(e.Model())
	}
	return rag.Build(ctx, base, e, rag.BuildOptions{Vectors: vectors})
}

func answerer(tb testing.TB, index *rag.Index, e rag.Embedder) *rag.Answerer {
	tb.Helper()
	a, err := rag.New(index, e)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// inLanguage is the part of a base that is in one language.
func inLanguage(tb testing.TB, base *knowledge.Base, lang text.Lang) *knowledge.Base {
	tb.Helper()
	var documents []knowledge.Document
	for _, d := range base.Documents() {
		if d.Lang == lang {
			documents = append(documents, d)
		}
	}
	part, err := knowledge.New(documents)
	if err != nil {
		tb.Fatal(err)
	}
	return part
}

// question is what these tests read of a development question.
type question struct {
	ID       string     `yaml:"id"`
	Lang     text.Lang  `yaml:"lang"`
	Question string     `yaml:"question"`
	Sections []string   `yaml:"sections"`
	History  []rag.Turn `yaml:"history"`
}

func (q question) ask() rag.Question {
	return rag.Question{Text: q.Question, History: q.History, Lang: q.Lang}
}

func readQuestions(tb testing.TB) []question {
	tb.Helper()
	files, err := filepath.Glob("../internal/eval/testdata/dev*.yaml")
	if err != nil || len(files) == 0 {
		tb.Fatalf("development questions: %d files, %v", len(files), err)
	}
	var all []question
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		var some []question
		if err := yaml.Unmarshal(data, &some); err != nil {
			tb.Fatalf("read %s: %v", file, err)
		}
		all = append(all, some...)
	}
	if testing.Short() { // one in ten, over all kinds and languages
		var few []question
		for i := 0; i < len(all); i += 10 {
			few = append(few, all[i])
		}
		return few
	}
	return all
}

// remembering is the built-in model with a memory for questions: the tests ask each several times.
type remembering struct {
	*encoder.Encoder
	mu    sync.Mutex
	known map[string]*embedding
}

type embedding struct {
	once    sync.Once
	vectors [][]float32
	tokens  [][][]float32
	err     error
}

func (r *remembering) EmbedQueryTokens(ctx context.Context, texts []string) ([][]float32, [][][]float32, error) {
	if len(texts) != 1 {
		return r.Encoder.EmbedQueryTokens(ctx, texts)
	}
	r.mu.Lock()
	e, ok := r.known[texts[0]]
	if !ok {
		e = &embedding{}
		r.known[texts[0]] = e
	}
	r.mu.Unlock()
	e.once.Do(func() { e.vectors, e.tokens, e.err = r.Encoder.EmbedQueryTokens(ctx, texts) })
	return e.vectors, e.tokens, e.err
}
