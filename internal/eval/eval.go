// Package eval scores a set of questions: what was retrieved, what was answered, cited and refused, how a question that
// wants tact was met, and whether every quotation stands where it says.
//
// A set is a YAML list (see [Question]). Strings are compared after normalising both sides; each kind of question has its
// own rule. A report gives every rate overall, by kind and by language, with the counts, because some groups hold one to
// eight questions only.
//
// String groups show that the key facts are present, not that the rest of an answer is right: read a sample by eye.
//
// The package knows nothing of retrieval, thresholds, paths or flags.
package eval

import (
	"context"
	"fmt"
	"sync"

	"amur/rag"
)

// Asker answers one question. It is called from several goroutines when Options.Workers is above one.
type Asker interface {
	Answer(ctx context.Context, q rag.Question) (rag.Answer, error)
}

// Options say how to run and what beyond the questions to compare with. The zero value asks one question at a time.
type Options struct {
	Workers  int                   // questions asked at once; 0 means one
	Progress func(done, total int) // called after each answer, never twice at once; may be nil
	Section  FindSection           // finds the text that a quotation must stand in; nil leaves laws.quotes out
	Gold     Gold                  // sentences of the gold facts; nil leaves the ceiling out
	Checker  ClaimChecker          // checks once more what a language model worded; nil leaves model.precision.after out
}

// Run asks every question and scores the answers. The report is in the order of the questions whatever the number of
// workers. The first question that cannot be asked ends the run with its error.
func Run(ctx context.Context, questions []Question, asker Asker, o Options) (Report, error) {
	answers, err := ask(ctx, questions, asker, o)
	if err != nil {
		return Report{}, err
	}
	carried := make([]Rate, len(answers))
	for i, a := range answers {
		if carried[i], err = recheck(ctx, o.Checker, a); err != nil {
			return Report{}, fmt.Errorf("%s: %w", questions[i].ID, err)
		}
	}
	return score(questions, answers, carried, o)
}

func ask(ctx context.Context, questions []Question, asker Asker, o Options) ([]rag.Answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	answers := make([]rag.Answer, len(questions))
	next := make(chan int)
	var done int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range max(1, o.Workers) {
		wg.Go(func() {
			for i := range next {
				q := questions[i]
				a, err := asker.Answer(ctx, rag.Question{Text: q.Text, History: q.History})
				if err != nil {
					cancel(fmt.Errorf("ask %s: %w", q.ID, err)) // the first cause stays
					continue
				}
				mu.Lock()
				answers[i] = a
				done++
				if o.Progress != nil {
					o.Progress(done, len(questions))
				}
				mu.Unlock()
			}
		})
	}
	for i := range questions {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	return answers, nil
}

// Score judges answers that were given already; answers[i] belongs to questions[i]. It does not use o.Checker.
func Score(questions []Question, answers []rag.Answer, o Options) (Report, error) {
	return score(questions, answers, make([]Rate, len(answers)), o)
}

func score(questions []Question, answers []rag.Answer, carried []Rate, o Options) (Report, error) {
	if len(questions) != len(answers) {
		return Report{}, fmt.Errorf("score %d questions: %d answers", len(questions), len(answers))
	}
	results := make([]Result, len(questions))
	for i, q := range questions {
		results[i] = judge(q, answers[i], o)
		results[i].worded(carried[i])
	}
	return newReport(results), nil
}
