package bot_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
	"amur/rag"
	"amur/rag/llm"
)

// slowModel is a language model that says the first passages of its prompt as they stand, each when it is let.
type slowModel struct {
	*httptest.Server
	next  chan struct{} // one for each sentence
	says  string        // said instead, if not empty
	asked chan struct{} // holds one for each call
}

func newSlowModel(t *testing.T) *slowModel {
	t.Helper()
	m := &slowModel{next: make(chan struct{}, 10), asked: make(chan struct{}, 100)}
	m.Server = httptest.NewServer(http.HandlerFunc(m.serve))
	t.Cleanup(m.Close)
	return m
}

func (m *slowModel) serve(w http.ResponseWriter, r *http.Request) {
	m.asked <- struct{}{}
	body, _ := io.ReadAll(r.Body)
	var request struct {
		Messages []struct{ Content string } `json:"messages"`
	}
	if json.Unmarshal(body, &request) != nil || len(request.Messages) == 0 {
		http.Error(w, "no messages", http.StatusBadRequest)
		return
	}
	sentences := []string{m.says}
	if m.says == "" {
		sentences = nil
		prompt := request.Messages[len(request.Messages)-1].Content
		for i, p := range regexp.MustCompile(`(?m)^\[\d+\] (.*)$`).FindAllStringSubmatch(prompt, 2) {
			sentences = append(sentences, fmt.Sprintf("%s [%d] ", p[1], i+1))
		}
	}
	const ahead = 40 // where a sentence ends is only seen when the next has begun
	for i := range len(sentences) - 1 {
		sentences[i], sentences[i+1] = sentences[i]+sentences[i+1][:ahead], sentences[i+1][ahead:]
	}
	w.Header().Set("Content-Type", "text/event-stream")
	for _, s := range sentences {
		select {
		case <-m.next:
		case <-r.Context().Done():
			return
		}
		text, _ := json.Marshal(s)
		fmt.Fprintf(w, `data: {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":%s}}]}`+"\n\n", text)
		w.(http.Flusher).Flush()
	}
	fmt.Fprint(w, `data: {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`+"\n\ndata: [DONE]\n\n")
}

// let lets the model say n sentences.
func (m *slowModel) let(n int) {
	for range n {
		m.next <- struct{}{}
	}
}

// worded is an edition whose answers are worded by a model.
func worded(t *testing.T, address string) *bot.Edition {
	t.Helper()
	p := opened(t)
	client, err := llm.New(llm.Options{BaseURL: address, Model: "test-model", FirstTokenTimeout: patience, Timeout: 2 * patience})
	if err != nil {
		t.Fatal(err)
	}
	e, err := p.make(p.index)
	if err != nil {
		t.Fatal(err)
	}
	e.Answerer.Model = &rag.Model{Client: client, Checker: p.check, Name: "test-model", Timeout: 2 * patience}
	return e
}

func says(parts ...string) func(discordtest.Outcome) bool {
	return func(o discordtest.Outcome) bool {
		for _, part := range parts {
			if !strings.Contains(o.Message().Text(), part) {
				return false
			}
		}
		return o.Settled()
	}
}

const (
	wording   = "Wording the answer; each sentence appears once it is checked."
	wordedBy  = "Worded by test-model, each sentence checked against amur's documents, edition 2026-11."
	quotedNow = "Quoted from amur's documents, edition 2026-11."
)

// TestWorded watches an answer grow: the outcome is public from the first, sentences come as they are checked, buttons with the whole.
func TestWorded(t *testing.T) {
	t.Parallel()
	for _, layout := range []store.Layout{store.LayoutComponents, store.LayoutPlain} {
		t.Run(string(layout), func(t *testing.T) {
			t.Parallel()
			model := newSlowModel(t)
			w := newWorld(t, func(o *bot.Options) { o.Edition = worded(t, model.URL) })
			w.save(func(s *store.Settings) { s.Layout = layout })
			i, out := w.ask("7", trade)
			w.says(out, false, wording)
			model.let(1)
			out = w.outcome(i, says("[1]"))
			if !strings.Contains(out.Message().Text(), wording) || strings.Contains(out.Message().Text(), "Sources") || len(out.Messages) != 1 {
				t.Errorf("the first sentence:\n%s", out.Message().Text())
			}
			model.let(1)
			out = w.outcome(i, says(wordedBy))
			w.says(out, false, "[1]", "[2]", "Sources", "> "+trade)
			_, evidence := w.click("8", out.Message(), "evidence")
			w.says(evidence, true, "amur's wording")
			w.clean()
		})
	}
}

// TestWordedFails shows what becomes of a first reply that the model does not follow up.
func TestWordedFails(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		says    string
		away    bool
		private bool
		wants   []string
		never   string
	}{
		{"it declines, in public", "NO ANSWER", false, false, []string{tradeSays, quotedNow}, "don't answer"},
		{"it declines, in private", "NO ANSWER", false, true, []string{"My documents don't answer this."}, "[1]"},
		{"nothing it says holds", "The trade came to $999 billion in 1999 [1].", false, false, []string{tradeSays, quotedNow, "Nothing the language model wrote stood up to the check"}, "999"},
		{"it is away", "", true, false, []string{tradeSays, quotedNow, "The language model isn't available"}, "Worded"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			model := newSlowModel(t)
			model.says = tt.says
			address := model.URL
			if tt.away {
				model.Close()
			}
			model.let(3)
			w := newWorld(t, func(o *bot.Options) { o.Edition = worded(t, address) })
			i, _ := w.ask("7", trade, discordtest.Truth("private", tt.private))
			out := w.outcome(i, says(tt.wants...))
			if out.Private != tt.private || strings.Contains(out.Message().Text(), tt.never) {
				t.Errorf("private %v:\n%s", out.Private, out.Message().Text())
			}
			w.clean()
		})
	}
}

// TestWordedQuietly asks where nothing is shown before the whole, and where the model is not to be asked.
func TestWordedQuietly(t *testing.T) {
	t.Parallel()
	model := newSlowModel(t)
	w := newWorld(t, func(o *bot.Options) { o.Edition = worded(t, model.URL) })
	w.save(func(s *store.Settings) { s.Streaming = store.Off })
	model.let(2)
	i, _ := w.ask("7", trade)
	if out := w.outcome(i, says(wordedBy)); out.Edits != 1 {
		t.Errorf("%d edits without streaming, want the last alone", out.Edits)
	}
	model.let(2)
	i, out := w.ask("7", trade, discordtest.Truth("private", true))
	w.says(out, true)
	if out := w.outcome(i, says(wordedBy)); out.Edits != 1 {
		t.Errorf("%d edits of a private answer, want the last alone", out.Edits)
	}
	calls := len(model.asked)
	w.save(func(s *store.Settings) { s.UseModel = store.Off })
	_, out = w.ask("7", trade)
	w.says(out, false, tradeSays, quotedNow)
	if len(model.asked) != calls {
		t.Error("the model was asked although the server does not want it")
	}
	w.clean()
}

// TestWordedMention has a mention answered by the model: one message, changed as it grows.
func TestWordedMention(t *testing.T) {
	t.Parallel()
	model := newSlowModel(t)
	w := newWorld(t, func(o *bot.Options) { o.Edition = worded(t, model.URL) })
	said := w.fake.User("7").Say(w.channel.ID, w.mention()+trade)
	first := w.reply(said)
	if !strings.Contains(first.Text(), wording) {
		t.Errorf("first: %s", first.Text())
	}
	model.let(2)
	w.until("the answer is whole", func() bool {
		m, _ := w.fake.Message(w.channel.ID, first.ID)
		return strings.Contains(m.Text(), wordedBy)
	})
	if n := len(said.Replies()); n != 1 {
		t.Errorf("%d messages", n)
	}
	w.clean()
}

// TestLate answers so late that the asker was told first: the answer is private then, whatever it would have been.
func TestLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *bot.Options) { o.Policy.Limits.Patience = time.Nanosecond })
	i, _ := w.ask("7", trade)
	out := w.outcome(i, says(tradeSays))
	w.says(out, true)
	w.until("its menu is that of a private answer", func() bool {
		for _, row := range i.Now().Message().Components {
			for _, c := range row.Components {
				if slices.ContainsFunc(c.Options, func(o discordtest.SelectOption) bool { return o.Value == "share" }) {
					return true
				}
			}
		}
		return false
	})
	w.until("the record says so", func() bool {
		a, err := w.store.Answer(t.Context(), store.Server(w.guild.ID), w.answerID(out.Message()))
		return err == nil && a.Private
	})
	w.clean()
}

// TestWordedTokenEnds loses the way of the interaction while the model writes: the message is finished as any other.
func TestWordedTokenEnds(t *testing.T) {
	t.Parallel()
	model := newSlowModel(t)
	w := newWorld(t, func(o *bot.Options) { o.Edition = worded(t, model.URL) })
	_, out := w.ask("7", trade)
	w.fake.Fault(discordtest.Fault{Method: http.MethodPatch, Route: "/webhooks/*", Kind: discordtest.FaultError, Status: 401, Code: 50027, Times: 100})
	model.let(2)
	w.until("the answer is whole", func() bool {
		m, _ := w.fake.Message(w.channel.ID, out.Message().ID)
		return strings.Contains(m.Text(), wordedBy)
	})
	w.fake.ClearFaults()
	w.clean()
}

// TestWordedDeleted has the message deleted while the model writes.
func TestWordedDeleted(t *testing.T) {
	t.Parallel()
	model := newSlowModel(t)
	w := newWorld(t, func(o *bot.Options) { o.Edition = worded(t, model.URL) })
	_, out := w.ask("7", trade)
	if err := w.fake.User("1").Delete(w.channel.ID, out.Message().ID); err != nil {
		t.Fatal(err)
	}
	model.let(2)
	w.until("the interaction ends", func() bool { return strings.Contains(w.log.String(), "msg=replied") })
	w.fake.TakeViolations() // the edit of what is gone
	w.clean()
}

// TestStream shows only the newest state, and nothing before the pause is over.
func TestStream(t *testing.T) {
	t.Parallel()
	edits := bot.Streamed(t.Context(), time.Hour, 50)
	if len(edits) != 0 {
		t.Errorf("%d edits within the pause", len(edits))
	}
	edits = bot.Streamed(t.Context(), time.Nanosecond, 50)
	if len(edits) == 0 || len(edits) > 50 || edits[len(edits)-1] != "50" {
		t.Errorf("edits %v, want the newest last", edits)
	}
	for i := 1; i < len(edits); i++ {
		if len(edits[i]) < len(edits[i-1]) {
			t.Errorf("edits go back: %v", edits)
		}
	}
}
