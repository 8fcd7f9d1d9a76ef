package eval_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/rag"
)

// askerFunc lets a function answer.
type askerFunc func(ctx context.Context, q rag.Question) (rag.Answer, error)

func (f askerFunc) Answer(ctx context.Context, q rag.Question) (rag.Answer, error) { return f(ctx, q) }

func numbered(n int) []eval.Question {
	questions := make([]eval.Question, n)
	for i := range questions {
		questions[i] = eval.Question{
			ID: fmt.Sprintf("q%d", i), Lang: text.EN, Kind: eval.Chitchat, Text: fmt.Sprintf("hi %d", i),
			History: []rag.Turn{{Role: "user", Text: fmt.Sprintf("before %d", i)}},
		}
	}
	return questions
}

func TestRun(t *testing.T) {
	t.Parallel()
	echo := askerFunc(func(_ context.Context, q rag.Question) (rag.Answer, error) {
		return replied(rag.Smalltalk, q.Text+" after "+q.History[0].Text), nil
	})
	for _, workers := range []int{0, 1, 7} {
		t.Run(fmt.Sprintf("%d workers", workers), func(t *testing.T) {
			t.Parallel()
			var steps []int
			report, err := eval.Run(t.Context(), numbered(20), echo, eval.Options{
				Workers: workers,
				Progress: func(done, total int) {
					if total != 20 {
						t.Errorf("Progress total = %d, want 20", total)
					}
					steps = append(steps, done)
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			var got, want []string
			var wantSteps []int
			for i, r := range report.Results {
				got = append(got, r.Question.ID+": "+r.Answer.Text)
				want = append(want, fmt.Sprintf("q%d: hi %d after before %d", i, i, i))
				wantSteps = append(wantSteps, i+1)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("answers in order (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(wantSteps, steps); diff != "" {
				t.Errorf("progress (-want +got):\n%s", diff)
			}
			if rate, ok := report.Rate("chitchat.pass"); !ok || rate != (eval.Rate{Passed: 20, Total: 20}) {
				t.Errorf("chitchat.pass = %v, %v, want 20 of 20", rate, ok)
			}
		})
	}
}

func TestRunFails(t *testing.T) {
	t.Parallel()
	errBroken := errors.New("index is broken")
	for _, workers := range []int{1, 4} {
		var asked atomic.Int32
		broken := askerFunc(func(ctx context.Context, q rag.Question) (rag.Answer, error) {
			switch n := asked.Add(1); {
			case q.Text == "hi 3":
				return rag.Answer{}, errBroken
			case n <= 3:
				return replied(rag.Smalltalk, "hello"), nil
			default: // only the end of the run sets these free
				<-ctx.Done()
				return rag.Answer{}, ctx.Err()
			}
		})
		report, err := eval.Run(t.Context(), numbered(1000), broken, eval.Options{Workers: workers})
		if !errors.Is(err, errBroken) || err.Error() != "ask q3: index is broken" {
			t.Errorf("Run error = %v, want q3 and %v", err, errBroken)
		}
		if report.Results != nil {
			t.Errorf("Run gave %d results beside an error", len(report.Results))
		}
		if n := asked.Load(); n > 20 {
			t.Errorf("Run asked %d questions beside an error, want it to stop", n)
		}
	}
}

func TestRunCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	asker := askerFunc(func(ctx context.Context, _ rag.Question) (rag.Answer, error) {
		cancel()
		return rag.Answer{}, ctx.Err()
	})
	if _, err := eval.Run(ctx, numbered(9), asker, eval.Options{Workers: 2}); !errors.Is(err, context.Canceled) {
		t.Errorf("Run error = %v, want %v", err, context.Canceled)
	}
}

func TestScoreCounts(t *testing.T) {
	t.Parallel()
	if _, err := eval.Score(numbered(2), make([]rag.Answer, 1), eval.Options{}); err == nil {
		t.Error("Score of two questions and one answer gave no error")
	}
}
