package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"amur/internal/discordtest"
)

// served is a bot at work in a bare root.
type served struct {
	root    bareRoot
	fake    *discordtest.Server
	environ []string
	admin   string
	process *exec.Cmd
	log     *bytes.Buffer // to be read after the end
}

// serve starts amur serve in a bare root against a fake Discord, and waits until it is ready.
func (b bareRoot) serve(t *testing.T) *served {
	t.Helper()
	// An address of this process alone: on Linux, all of 127.0.0.0/8 is the loopback interface.
	pid := os.Getpid()
	admin := fmt.Sprintf("127.9.%d.%d:9464", pid>>8&255, pid&255)
	s := &served{root: b, admin: admin, log: new(bytes.Buffer)}
	s.fake, s.environ = startDiscord(t, discordtest.Options{})
	s.environ = append(s.environ, "AMUR_ADMIN_LISTEN="+s.admin, "AMUR_STORE_KEY="+key)
	s.process = b.command(t, s.environ, "serve")
	s.process.Stderr = s.log
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	s.await(t, "readiness", func() bool {
		status, _ := s.get(t, "/readyz")
		return status == http.StatusOK
	})
	s.await(t, "commands", func() bool { return len(s.fake.Commands("")) > 0 })
	return s
}

// await waits until something holds.
func (s *served) await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-ctx.Done():
			_ = s.process.Process.Kill()
			_ = s.process.Wait()
			t.Fatalf("waited for %s in vain\n%s", what, s.log)
		}
	}
}

// get asks the admin listener; the status is 0 when nobody answers.
func (s *served) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.admin+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err.Error()
	}
	defer reply.Body.Close()
	data, err := io.ReadAll(reply.Body)
	if err != nil {
		return 0, err.Error()
	}
	return reply.StatusCode, string(data)
}

// lives plays the life of a container: it starts, answers, is asked for its health, is backed up while it runs, and ends when it
// is told to.
func (b bareRoot) lives(t *testing.T) {
	s := b.serve(t)
	guild := s.fake.AddGuild(discordtest.Guild{})
	channel := s.fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Name: "ask"})
	joined := time.Now().Add(-24 * time.Hour)
	s.fake.AddMember(guild.ID, discordtest.Member{User: discordtest.User{ID: "112233445566778899"}, JoinedAt: joined})

	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	question := discordtest.Text("question", "Are China and Russia allies?")
	outcome, err := s.fake.User("112233445566778899").Slash(channel.ID, "ask", question).Wait(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%+v", outcome.Message()); !strings.Contains(text, "not formal allies") {
		t.Errorf("the answer is %s", text)
	}
	for _, verb := range [][]string{{"healthcheck"}, {"backup", "/data/copy.db"}, {"check"}} {
		if code, stdout, stderr := s.root.run(t, s.environ, verb...); code != 0 {
			t.Errorf("amur %q: status %d\n%s%s", verb, code, stdout, stderr)
		}
	}
	var figures string
	for _, want := range []string{`amur_gateway_state{state="connected"} 1`, `amur_answers_total{language="en",mode="quotes",outcome="answered"} 1`} {
		s.await(t, want, func() bool {
			_, figures = s.get(t, "/metrics")
			return strings.Contains(figures, want)
		})
	}
	for _, private := range []string{string(guild.ID), string(channel.ID), "112233445566778899"} {
		if strings.Contains(figures, private) {
			t.Errorf("the figures hold the id %s", private)
		}
	}
	s.end(t)
	s.left(t)
}

// end stops the bot as a container engine does and reads its log.
func (s *served) end(t *testing.T) {
	t.Helper()
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.process.Wait(); err != nil {
		t.Errorf("the end: %v\n%s", err, s.log)
	}
	if code, _, _ := s.root.run(t, s.environ, "healthcheck"); code != 1 {
		t.Errorf("healthcheck after the end: status %d, want 1", code)
	}
	for _, secret := range []string{s.fake.Token(), key, "Are China and Russia allies?", "112233445566778899"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, s.log)
		}
	}
}

// left looks at what the bot left in its volume: files of the image's user that others cannot read.
func (s *served) left(t *testing.T) {
	t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir(s.root.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		found[d.Name()] = true
		owner, ok := info.Sys().(*syscall.Stat_t)
		if !ok || owner.Uid != imageUser {
			t.Errorf("%s belongs to another user", path)
		}
		if strings.Contains(d.Name(), ".db") && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v, want 0600", path, info.Mode().Perm())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !found["amur.db"] || !found["copy.db"] || found["key"] {
		t.Errorf("the volume holds %v, want amur.db and copy.db, and no key, because one was given", found)
	}
}
