package encoder_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/encoder"
)

// TestEmbedBatch: a text's vector depends neither on its neighbours nor on other calls at the same time.
func TestEmbedBatch(t *testing.T) {
	t.Parallel()
	e := builtin(t, false)
	texts := []string{"", passage, "Да", strings.Repeat("中俄贸易", 60), "👍🏽🇨🇳", "a\xffb", passage[:200], "<s></s>"}
	var alone [][]float32
	for _, text := range texts {
		v, err := e.EmbedPassages(t.Context(), []string{text})
		if err != nil {
			t.Fatal(err)
		}
		alone = append(alone, v...)
	}
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			together, err := e.EmbedPassages(t.Context(), texts)
			if err != nil || len(together) != len(texts) {
				t.Errorf("EmbedPassages of %d texts = %d vectors, %v", len(texts), len(together), err)
				return
			}
			for i, text := range texts {
				if d := distance(together[i], alone[i]); d > 1e-6 {
					t.Errorf("the vector of %.20q alone and among others differ by %g", text, d)
				}
				if length := distance(together[i], make([]float32, e.Dim())); math.Abs(length-1) > 1e-5 {
					t.Errorf("the vector of %.20q has the length %g, want 1", text, length)
				}
			}
		})
	}
	wait.Wait()
}

func TestEmbedNothing(t *testing.T) {
	t.Parallel()
	for _, texts := range [][]string{nil, {}} {
		if v, err := builtin(t, false).EmbedQueries(t.Context(), texts); len(v) != 0 || err != nil {
			t.Errorf("EmbedQueries(%#v) = %v, %v, want nothing", texts, v, err)
		}
	}
}

// TestEmbedWindows: a text too long for the model is the mean of its windows, weighted by their tokens.
func TestEmbedWindows(t *testing.T) {
	t.Parallel()
	e, err := encoder.OpenBuiltin(encoder.Options{Prefixes: &encoder.Prefixes{}})
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(strings.Repeat("a ", 510) + strings.Repeat("the ", 510) + strings.Repeat("de ", 90))
	if got, want := len(e.Tokens(strings.Join(words, " "))), len(words)+2; got != want {
		t.Fatalf("the words make %d tokens, want one each, %d", got, want)
	}
	for _, n := range []int{510, 511, 1020, len(words)} {
		t.Run(fmt.Sprintf("%d tokens", n), func(t *testing.T) {
			t.Parallel()
			want := make([]float32, e.Dim())
			for first := 0; first < n; first += 510 {
				part := words[first:min(first+510, n)]
				v, err := e.EmbedPassages(t.Context(), []string{strings.Join(part, " ")})
				if err != nil {
					t.Fatal(err)
				}
				for i := range want {
					want[i] += float32(len(part)) * v[0][i]
				}
			}
			got, err := e.EmbedPassages(t.Context(), []string{strings.Join(words[:n], " ")})
			if err != nil {
				t.Fatal(err)
			}
			if c := cosine(got[0], want); c < 1-1e-6 {
				t.Errorf("cosine to the mean of the windows = %v, want 1", c)
			}
		})
	}
}

// patience is a context that is cancelled when it has been asked a number of times.
type patience struct {
	context.Context
	left atomic.Int64
}

func (p *patience) Err() error {
	if p.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func TestEmbedCancelled(t *testing.T) {
	t.Parallel()
	e := openShape(t, unigramShape(typeF32))
	for _, texts := range [][]string{{"a"}, {strings.Repeat("ab c ", 100)}, strings.Fields(strings.Repeat("a ", 100))} {
		asked := &patience{Context: t.Context()}
		asked.left.Store(math.MaxInt32)
		if _, err := e.EmbedQueries(asked, texts); err != nil {
			t.Fatal(err)
		}
		times := math.MaxInt32 - asked.left.Load()
		if least := int64(len(texts) + 2); times < least {
			t.Errorf("EmbedQueries of %d texts asked its context %d times, want once a text and a layer, at least %d", len(texts), times, least)
		}
		for n := range times {
			p := &patience{Context: t.Context()}
			p.left.Store(n)
			if v, err := e.EmbedQueries(p, texts); v != nil || !errors.Is(err, context.Canceled) {
				t.Errorf("EmbedQueries, cancelled at question %d of %d, = %d vectors, %v, want context.Canceled", n, times, len(v), err)
			}
		}
	}
}

func TestTokensIsNoView(t *testing.T) {
	t.Parallel()
	e := builtin(t, false)
	first := e.Tokens("")
	first[0] = 99
	if diff := cmp.Diff([]int32{0, 2}, e.Tokens("")); diff != "" {
		t.Errorf("Tokens after its result was changed differs (-want +got):\n%s", diff)
	}
}

func distance(a, b []float32) float64 {
	var square float64
	for i := range a {
		square += (float64(a[i]) - float64(b[i])) * (float64(a[i]) - float64(b[i]))
	}
	return math.Sqrt(square)
}
