package cli_test

import (
	"context"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"amur/internal/cli"
	"amur/internal/modeltest"
	"amur/internal/store"
	"amur/rag"
)

func openStore(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// TestBudget holds that rag is told of a budget that is used up in its own word, and that what a call used is counted
// though its asker has gone.
func TestBudget(t *testing.T) {
	t.Parallel()
	s := openStore(t, filepath.Join(t.TempDir(), "amur.db"))
	inner := s.Budget(store.Limits{TokensPerDay: 100}, nil)
	var warnings []string
	b := cli.Budget(inner, func(w string) { warnings = append(warnings, w) })

	ctx, cancel := context.WithCancel(t.Context())
	settle, err := b.Reserve(ctx, rag.Spender{Asker: "anna"}, 90, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Reserve(ctx, rag.Spender{Asker: "anna"}, 20, 0)
	if !errors.Is(err, rag.ErrOverBudget) || !errors.Is(err, store.ErrOverBudget) || !strings.Contains(err.Error(), "90 of 100") {
		t.Errorf("Reserve beyond the limit = %v, want rag.ErrOverBudget with the figures", err)
	}
	cancel()
	if _, err := b.Reserve(ctx, rag.Spender{}, 1, 0); err == nil || errors.Is(err, rag.ErrOverBudget) {
		t.Errorf("Reserve with a context that has ended = %v, want another error than rag.ErrOverBudget", err)
	}
	settle(30, 0)
	spent, err := inner.Spent(t.Context())
	if err != nil || spent.All != (store.Usage{Calls: 1, Tokens: 30}) {
		t.Errorf("spent %+v, %v, want one call of 30 tokens", spent.All, err)
	}
	if len(warnings) != 0 {
		t.Errorf("warnings %q", warnings)
	}
	settle(30, 0)
	if len(warnings) != 1 || !strings.Contains(warnings[0], "stays counted as reserved") {
		t.Errorf("warnings %q, want one", warnings)
	}
}

// TestCheckTellsWhatWasSpent holds that amur check shows today's use, and a call that a dead process left open.
func TestCheckTellsWhatWasSpent(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "amur.db")
	s := openStore(t, path)
	b := s.Budget(store.Limits{}, nil)
	for range 2 {
		if _, err := b.Reserve(t.Context(), store.Spender{Asker: "anna"}, 600, 1500); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	embedder, model := startEmbedServer(t), modeltest.New(nil)
	t.Cleanup(model.Close)
	environ := append(embedder.environ(t.TempDir()), "AMUR_STORE_PATH="+path,
		"AMUR_LLM_BASE_URL="+model.BaseURL(), "AMUR_LLM_MODEL=small", "AMUR_LLM_API_KEY=swordfish", "AMUR_LLM_HEADERS=X-Title: amur")
	papers := t.TempDir()
	write(t, filepath.Join(papers, "rail.md"), "Freight trains use three crossings.\n")
	code, stdout, stderr := run(t, environ, "check", "--knowledge", papers)
	if code != 0 {
		t.Fatalf("amur check ends with %d\n%s%s", code, stdout, stderr)
	}
	words := strings.Join(strings.Fields(stdout), " ")
	const want = `2 calls, 1200 tokens, \$0\.0030 on 20[0-9-]+ \(UTC\); 2 calls under way or broken off, counted at the most`
	if !regexp.MustCompile(want).MatchString(words) {
		t.Errorf("amur check lacks %q:\n%s", want, stdout)
	}
	requests := model.Requests()
	if len(requests) != 1 {
		t.Fatalf("%d requests to the model, want 1", len(requests))
	}
	header := requests[0].Header
	if header.Get("Authorization") != "Bearer swordfish" || header.Get("X-Title") != "amur" {
		t.Errorf("headers %v lack the key or X-Title", header)
	}
}
