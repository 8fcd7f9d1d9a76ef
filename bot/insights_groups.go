package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"amur/bot/markup"
	"amur/internal/store"
)

// How alike two questions are that ask the same. The cosines were chosen for the built-in model, whose same questions in other
// words lie above 0.95 in one language and above 0.865 in two, different ones of a subject below 0.92 and 0.84.
const (
	sameMeaning = 0.93  // cosine, both in one language
	sameAbroad  = 0.865 // cosine, in two languages
	sameWords   = 0.8   // part of the words, where there are no vectors
)

// groups puts together the questions that ask the same, the largest group first. Each question joins the group whose first question is
// nearest, or begins one.
func (b *Bot) groups(ctx context.Context, e *Edition, questions []store.Question) ([][]store.Question, error) {
	like, err := likeness(ctx, e, questions)
	if err != nil {
		return nil, err
	}
	var firsts []int
	var out [][]store.Question
	for i, q := range questions {
		best, at := 1.0, -1
		for g, first := range firsts {
			if l := like(first, i); l >= best {
				best, at = l, g
			}
		}
		if at < 0 {
			firsts = append(firsts, i)
			out = append(out, []store.Question{q})
			continue
		}
		out[at] = append(out[at], q)
	}
	slices.SortStableFunc(out, func(a, b []store.Question) int { return cmp.Compare(len(b), len(a)) })
	return out, nil
}

// likeness returns how alike two of the questions are: 1 and above where they ask the same.
func likeness(ctx context.Context, e *Edition, questions []store.Question) (func(i, j int) float64, error) {
	if e.Embedder == nil {
		all := make([][][]rune, len(questions))
		for i, q := range questions {
			all[i] = words(q.Text)
		}
		return func(i, j int) float64 { return min(alike(all[i], all[j]), alike(all[j], all[i])) / sameWords }, nil
	}
	texts := make([]string, len(questions))
	for i, q := range questions {
		texts[i] = q.Text
	}
	vectors, err := e.Embedder.EmbedQueries(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("compare questions: %w", err)
	}
	return func(i, j int) float64 {
		if questions[i].Language != questions[j].Language {
			return dot(vectors[i], vectors[j]) / sameAbroad
		}
		return dot(vectors[i], vectors[j]) / sameMeaning
	}, nil
}

// dot is the product of two vectors of one model.
func dot(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// shortest is the question that stands for a group.
func shortest(group []store.Question) string {
	best := slices.MinFunc(group, func(a, b store.Question) int {
		return cmp.Compare(utf8.RuneCountInString(a.Text), utf8.RuneCountInString(b.Text))
	})
	return markup.Clip(oneLine(best.Text), 150)
}
