package rag_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"amur/internal/modeltest"
	"amur/internal/text"
	"amur/rag"
)

// testFailures tries every way in which a model server fails: each ends in the quotations that there are without a model,
// within the time limit, with a word that says so.
func (b *builtin) testFailures(t *testing.T) {
	const (
		away        = "isn't available"
		slow        = "took too long"
		unsupported = "stood up to the check"
		told        = "" // what is left of the reply is carried by its passage
	)
	want := map[string]string{
		"refused": away, "tls": away, "unauthorized": away, "no-model": away, "rate-limited": away, "rate-limited-wait": away,
		"server-error": away, "garbage": away, "garbage-middle": away, "half-stream": away, "dropped": away, "error-middle": away,
		"empty": away, "hang-first": slow, "hang-middle": slow, "endless": unsupported, "foreign-citation": unsupported,
		"obeyed-injection": unsupported, "wrong-language": unsupported, "declined": unsupported, "invalid-utf8": unsupported, "looped": told,
	}
	server := modeltest.New(nil)
	t.Cleanup(server.Close)
	tlsServer := modeltest.NewTLS(nil)
	t.Cleanup(tlsServer.Close)
	refused, err := modeltest.Refused()
	if err != nil {
		t.Fatal(err)
	}
	addresses := map[string]string{"refused": refused, "tls": tlsServer.BaseURL()}
	for _, f := range modeltest.Failures() {
		addresses[f.Name] = server.Failing(f.Name)
	}
	plain := ask(t, b.whole, rag.Question{Text: tradeQuestion})
	for name, address := range addresses {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := b.wordedAt(t, address)
			a.Model.Timeout = 5 * time.Second
			ans := ask(t, a, rag.Question{Text: tradeQuestion})
			note, known := want[name]
			switch {
			case !known:
				t.Fatalf("note %q: say in this test what a person is to be told", ans.Note)
			case note == told:
				if ans.Mode != rag.ModeModel || len(ans.Claims) != 1 || ans.Note != "" {
					t.Errorf("mode %q, claims %v, note %q", ans.Mode, ans.Claims, ans.Note)
				}
				return
			case ans.Mode == rag.ModeModel || !strings.Contains(ans.Note, note):
				t.Fatalf("mode %q, note %q, want %q: %s", ans.Mode, ans.Note, note, ans.Text)
			}
			if len(ans.Claims) != len(plain.Claims) || ans.Text != ans.Note+" "+plain.Text {
				t.Errorf("answer %q, want the note and %q", ans.Text, plain.Text)
			}
			for _, fault := range faults(b.base, ans) {
				t.Error(fault)
			}
		})
	}
	t.Run("over budget", func(t *testing.T) {
		t.Parallel()
		a, model := b.worded(t, modeltest.Competent(verbatim))
		a.Model.Budget = exhausted{}
		ans := ask(t, a, rag.Question{Text: tradeQuestion})
		if ans.Fallback != "budget" || !strings.Contains(ans.Note, "allowance") || len(model.Requests()) > 0 {
			t.Errorf("fallback %q, note %q, %d requests", ans.Fallback, ans.Note, len(model.Requests()))
		}
	})
	t.Run("in every language", func(t *testing.T) {
		t.Parallel()
		a := b.wordedAt(t, refused)
		for _, q := range []struct {
			lang           text.Lang
			question, note string
		}{
			{text.RU, "Каков объём торговли между Китаем и Россией?", "Языковая модель недоступна"},
			{text.UK, "Який обсяг торгівлі між Китаєм і Росією?", "Мовна модель недоступна"},
			{text.ZH, "中国和俄罗斯的贸易额有多大？", "语言模型暂不可用"},
			{text.ZHHant, "中國和俄羅斯的貿易額有多大？", "語言模型暫時無法使用"},
		} {
			if ans := ask(t, a, rag.Question{Text: q.question}); !strings.HasPrefix(ans.Text, q.note) {
				t.Errorf("%s: %q", q.lang, ans.Text)
			}
		}
	})
}

// exhausted is a budget with nothing left.
type exhausted struct{}

func (exhausted) Reserve(context.Context, rag.Spender, int64, int64) (func(int64, int64), error) {
	return nil, fmt.Errorf("tokens of today: %w", rag.ErrOverBudget)
}
