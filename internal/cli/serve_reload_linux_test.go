package cli_test

import (
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"amur/internal/discordtest"
)

const railway = "# Rail\n\n## Freight\n\nFreight trains use 17 crossings between the two countries.\n"

// asked asks about the railway and returns what the bot says.
func asked(t *testing.T, l *life) string {
	t.Helper()
	i := l.harbour.fake.User(asker).Slash(l.harbour.ask, "ask", discordtest.Text("question", "How many crossings do freight trains use?"))
	return shown(outcome(t.Context(), t, i, l.log).Message())
}

// TestReload changes settings and documents under a bot: what is broken is not taken over, not even in part, and the log says why.
func TestReload(t *testing.T) {
	t.Parallel()
	h := newHarbour(t, map[string]string{"rail.md": railway})
	l := h.start(t).connected(t)
	document, reloaded, refused := filepath.Join(h.documents, "rail.md"), 0, 0
	reload := func() {
		l.signal(t, syscall.SIGHUP)
		await(t, "the reload", l.log, func() bool {
			return strings.Count(l.log.String(), "msg=reloaded") == reloaded && strings.Count(l.log.String(), "not reloaded") == refused
		})
	}
	tests := []struct {
		name               string
		settings, document string
		why                string // empty where it is taken over
		answer             string
	}{
		{"unknown setting", calm + "colour: red\n", strings.ReplaceAll(railway, "17", "18"), "colour", " 17 "},
		{"document without text", calm, "", "no documents", " 17 "},
		{"whole", calm, strings.ReplaceAll(railway, "17", "19"), "", " 19 "},
		{"setting out of bounds", calm + "answer: {max_sentences: 99}\n", strings.ReplaceAll(railway, "17", "20"), "max_sentences", " 19 "},
		{"whole again", calm, strings.ReplaceAll(railway, "17", "21"), "", " 21 "},
	}
	for _, tt := range tests { // one after another: each goes on from the last
		write(t, h.settings, tt.settings)
		write(t, document, tt.document)
		if tt.why == "" {
			reloaded++
		} else {
			refused++
		}
		reload()
		if got := asked(t, l); !strings.Contains(got, tt.answer) {
			t.Errorf("%s: the answer is %q, want%s", tt.name, got, tt.answer)
		}
		if lines := strings.Split(strings.TrimSpace(l.log.String()), "\n"); tt.why != "" && !strings.Contains(grep(lines, "not reloaded"), tt.why) {
			t.Errorf("%s: the log does not name %s: %s", tt.name, tt.why, grep(lines, "not reloaded"))
		}
	}
}

// grep returns the last line that holds a text.
func grep(lines []string, text string) string {
	for _, line := range slices.Backward(lines) {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

// TestReloadUnasked holds that a changed document is found without a signal.
func TestReloadUnasked(t *testing.T) {
	t.Parallel()
	h := newHarbour(t, map[string]string{"rail.md": railway})
	l := h.startAs(t, "amur-looking").connected(t)
	write(t, filepath.Join(h.documents, "rail.md"), strings.ReplaceAll(railway, "17", "23"))
	await(t, "the reload", l.log, func() bool { return strings.Contains(l.log.String(), "msg=reloaded") })
	if got := asked(t, l); !strings.Contains(got, " 23 ") {
		t.Errorf("the answer is %q, want 23", got)
	}
}
