package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"amur/internal/store"
)

const (
	server = store.Server("998877665544332211")
	other  = store.Server("112233445566778800")
	member = store.Member("112233445566778899")
	key    = "0123456789abcdef0123456789abcdef"
)

// operated makes a state with what one member left in two servers and a failure, and returns the variables that name it.
func operated(t *testing.T) (path string, environ []string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "amur.db")
	k, err := store.ParseKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), path, store.Options{Key: k})
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []store.Server{server, other} {
		answer := store.Answer{
			ID: store.NewAnswerID(), Server: at, Channel: "112233445566778811", Asker: member, Edition: "2026-11",
			Outcome: "failed", Mode: "quotes", Language: "ru", Incident: "A7F3",
			Passages: []store.AnswerPassage{{Passage: "trade#volume.1@ru", Section: "trade#volume", Hash: "h", Start: 3, End: 40}},
		}
		if err := s.SaveAnswer(t.Context(), answer); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Vote(t.Context(), at, answer.ID, member, true, "marker"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, []string{"AMUR_STORE_PATH=" + path, "AMUR_STORE_KEY=" + key}
}

// mustRun runs a command that must succeed and returns its output.
func mustRun(t *testing.T, environ []string, args ...string) string {
	t.Helper()
	code, stdout, stderr := run(t, environ, args...)
	if code != 0 {
		t.Fatalf("amur %q: status %d\n%s%s", args, code, stdout, stderr)
	}
	return stdout
}

// votes are the servers in which the member's votes are kept.
func votes(t *testing.T, environ []string) []store.Server {
	t.Helper()
	var export store.MemberExport
	if err := json.Unmarshal([]byte(mustRun(t, environ, "privacy", "export", "--user", string(member))), &export); err != nil {
		t.Fatal(err)
	}
	var servers []store.Server
	for _, v := range export.Votes {
		if v.Reason != "marker" {
			t.Errorf("reason %q of a vote, want what was written", v.Reason)
		}
		servers = append(servers, v.Server)
	}
	return servers
}

func TestPrivacyErase(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		args []string
		left int
	}{
		{"a member", []string{"--user", string(member)}, 0},
		{"a member in one server", []string{"--user", string(member), "--server", string(server)}, 1},
		{"a server", []string{"--server", string(server)}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, environ := operated(t)
			if got := votes(t, environ); len(got) != 2 {
				t.Fatalf("votes in %q, want both servers", got)
			}
			if said := mustRun(t, environ, append([]string{"privacy", "erase", "--yes"}, tt.args...)...); !strings.HasPrefix(said, "erased: ") {
				t.Errorf("erase said %q", said)
			}
			got := votes(t, environ)
			if len(got) != tt.left || tt.left == 1 && got[0] != other {
				t.Errorf("votes in %q after the erasure, want %d, of the other server", got, tt.left)
			}
		})
	}
}

func TestPrivacyExportsServer(t *testing.T) {
	t.Parallel()
	_, environ := operated(t)
	out := mustRun(t, environ, "privacy", "export", "--server", string(server))
	var export store.ServerExport
	if err := json.Unmarshal([]byte(out), &export); err != nil {
		t.Fatal(err)
	}
	if len(export.Answers) != 1 || export.State.Server != server {
		t.Errorf("export of server %q with %d answers, want one", export.State.Server, len(export.Answers))
	}
	for _, foreign := range []string{string(other), string(member)} {
		if strings.Contains(out, foreign) {
			t.Errorf("the export of a server holds %s", foreign)
		}
	}
}

// TestRestoreErasesAgain holds that a backup does not bring back what was erased after it was made.
func TestRestoreErasesAgain(t *testing.T) {
	t.Parallel()
	path, environ := operated(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	if said := mustRun(t, environ, "backup", backup); !strings.Contains(said, "AMUR_STORE_KEY") {
		t.Errorf("backup said %q, want that the key is to be kept", said)
	}
	data, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	for _, open := range []string{"marker", string(member)} {
		if strings.Contains(string(data), open) {
			t.Errorf("%q stands in the backup in the clear", open)
		}
	}
	if code, _, stderr := run(t, environ, "backup", backup); code != 1 || !strings.Contains(stderr, "name a new file") {
		t.Errorf("a second backup to the same file: status %d, %s", code, stderr)
	}
	mustRun(t, environ, "privacy", "erase", "--yes", "--user", string(member), "--server", string(server))
	if said := mustRun(t, environ, "restore", backup); !strings.Contains(said, "state restored to "+path) || !strings.Contains(said, "kept as") {
		t.Errorf("restore said %q", said)
	}
	if got := votes(t, environ); len(got) != 1 || got[0] != other {
		t.Errorf("votes in %q after the backup came back, want those of the other server alone", got)
	}
	wrong := []string{environ[0], "AMUR_STORE_KEY=" + strings.ToUpper(key)}
	if code, _, stderr := run(t, wrong, "privacy", "export", "--user", string(member)); code != 1 ||
		!strings.Contains(stderr, "the key that the state was written with") || strings.Contains(stderr, strings.ToUpper(key)) {
		t.Errorf("with another key: status %d, %s", code, stderr)
	}
}

func TestRestoreWaitsUntilAmurIsStopped(t *testing.T) {
	t.Parallel()
	path, environ := operated(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	mustRun(t, environ, "backup", backup)
	s := openStore(t, path)
	if err := s.Count(t.Context(), server, "answers"); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := run(t, environ, "restore", backup)
	if code != 1 || !strings.Contains(stderr, "stop amur, restore, and start it again") {
		t.Errorf("restore while the state is open: status %d, %s", code, stderr)
	}
}

func TestWhy(t *testing.T) {
	t.Parallel()
	_, environ := operated(t)
	out := mustRun(t, environ, "why", "a7f3")
	for _, want := range []string{
		"server    " + string(server), "server    " + string(other), "channel   112233445566778811", "outcome   failed",
		"passage   trade#volume.1@ru (trade#volume), bytes 3 to 40", "edition   2026-11", "time      20",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
	for _, hidden := range []string{string(member), "marker"} {
		if strings.Contains(out, hidden) {
			t.Errorf("%q shows in:\n%s", hidden, out)
		}
	}
	if code, _, stderr := run(t, environ, "why", "FFFF"); code != 1 || !strings.Contains(stderr, "kept for 30 days") {
		t.Errorf("an unknown code: status %d, %s", code, stderr)
	}
}
