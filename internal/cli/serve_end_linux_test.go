package cli_test

import (
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"amur/internal/discordtest"
	"amur/internal/modeltest"
)

// slowModel answers when it is let to. asked has one item a question.
func slowModel(t *testing.T) (environ []string, asked <-chan struct{}, answer func()) {
	t.Helper()
	questions, gate := make(chan struct{}, 100), make(chan struct{})
	model := modeltest.New(func(modeltest.Request) modeltest.Response {
		questions <- struct{}{}
		<-gate
		return modeltest.Say("Freight trains use 17 crossings between the two countries [1].")
	})
	t.Cleanup(model.Close)
	open := false
	answer = func() {
		if !open {
			open = true
			close(gate)
		}
	}
	t.Cleanup(answer)
	return []string{"AMUR_LLM_BASE_URL=" + model.BaseURL(), "AMUR_LLM_MODEL=slow"}, questions, answer
}

func TestEndFinishesAnswers(t *testing.T) {
	t.Parallel()
	environ, questions, answer := slowModel(t)
	h := newHarbour(t, map[string]string{"rail.md": railway})
	l := h.start(t, environ...).connected(t)
	i := h.fake.User(asker).Slash(h.ask, "ask", discordtest.Text("question", "How many crossings do freight trains use?"))
	<-questions
	l.signal(t, syscall.SIGTERM)
	await(t, "word of the end", l.log, func() bool { return strings.Contains(l.log.String(), "open answers finish first") })
	late := h.fake.User(colleague).Slash(h.ask, "ask", discordtest.Text("question", "How many crossings do freight trains use?"))
	if got := outcome(t.Context(), t, late, l.log); !got.Private {
		t.Errorf("a question after the signal is answered with %q", shown(got.Message()))
	}
	if l.isEnded() {
		t.Fatalf("the bot ended before its answer\n%s", l.log)
	}
	answer()
	if status := l.end(t); status != 0 {
		t.Errorf("status %d\n%s", status, l.log)
	}
	if got := shown(i.Now().Message()); !strings.Contains(got, "17 crossings") || !strings.Contains(got, "Worded by slow") {
		t.Errorf("the answer is %q\n%s", got, l.log)
	}
}

func TestSecondSignalEndsAtOnce(t *testing.T) {
	t.Parallel()
	environ, questions, _ := slowModel(t)
	h := newHarbour(t, map[string]string{"rail.md": railway})
	l := h.start(t, environ...).connected(t)
	h.fake.User(asker).Slash(h.ask, "ask", discordtest.Text("question", "How many crossings do freight trains use?"))
	<-questions
	l.signal(t, syscall.SIGTERM)
	await(t, "word of the end", l.log, func() bool { return strings.Contains(l.log.String(), "open answers finish first") })
	l.signal(t, syscall.SIGTERM)
	if l.end(t); strings.Contains(l.log.String(), "msg=stopped") {
		t.Errorf("the bot went on to its end\n%s", l.log)
	}
}

// TestServeRefuses holds that what keeps the bot from starting is said with what to do about it.
func TestServeRefuses(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	tests := []struct {
		name    string
		environ []string
		prepare func(t *testing.T, h *harbour)
		status  int
		want    []string
	}{
		{"no token", []string{"AMUR_DISCORD_TOKEN="}, nil, 2, []string{"AMUR_DISCORD_TOKEN", "amur ask"}},
		{"wrong token", []string{"AMUR_DISCORD_TOKEN=MTIz.wrong.token"}, nil, 1, []string{"reset it in the developer portal", "AMUR_DISCORD_TOKEN"}},
		{"damaged state", nil, damageState, 1, []string{"amur.db", "damaged", "put a backup in its place"}},
		{"foreign key", []string{"AMUR_STORE_KEY=" + strings.ToUpper(key)}, nil, 1, []string{"the key that the state was written with"}},
		{"taken port", []string{"AMUR_ADMIN_LISTEN=" + taken.Addr().String()}, nil, 1, []string{"admin listener", "admin.listen"}},
		{"no documents", []string{"AMUR_KNOWLEDGE_DIR=/nowhere"}, nil, 1, []string{"/nowhere"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := newHarbour(t, map[string]string{"rail.md": railway})
			if tt.prepare != nil {
				tt.prepare(t, h)
			}
			l := h.start(t, tt.environ...)
			status, said := l.end(t), l.log.String()
			if status != tt.status || strings.Contains(said, "wrong.token") || strings.Contains(said, "goroutine ") {
				t.Errorf("status %d, want %d\n%s", status, tt.status, said)
			}
			for _, want := range tt.want {
				if !strings.Contains(said, want) {
					t.Errorf("%q is not in\n%s", want, said)
				}
			}
		})
	}
}

func damageState(t *testing.T, h *harbour) {
	t.Helper()
	data, err := os.ReadFile(h.state)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(data); i++ {
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(h.state, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
