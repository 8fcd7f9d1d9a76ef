package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestKilledWhileSaving kills a process at each step of saving the index, many times over. After each death the folder
// of the index holds a whole one, the old or the new, and the next process can use it.
func TestKilledWhileSaving(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		step uint32
	}{
		{"made", syscall.IN_CREATE},
		{"written", syscall.IN_MODIFY},
		{"closed", syscall.IN_CLOSE_WRITE},
		{"renamed", syscall.IN_MOVED_TO},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := startEmbedServer(t)
			dir := t.TempDir()
			cache, papers := filepath.Join(dir, "cache"), filepath.Join(dir, "papers")
			for _, folder := range []string{cache, papers} {
				if err := os.Mkdir(folder, 0o750); err != nil {
					t.Fatal(err)
				}
			}
			environ := server.environ(cache)
			killed := 0
			for round := 0; round < 10 || killed == 0 && round < 200; round++ { // on a busy machine many end before they are killed
				write(t, filepath.Join(papers, "rail.md"), fmt.Sprintf("Freight trains use %d crossings.\n", round))
				if killAt(t, tt.step, cache, environ, "index", "--knowledge", papers) {
					killed++
				}
				code, stdout, stderr := run(t, environ, "index", "--knowledge", papers)
				if code != 0 || stderr != "" {
					t.Fatalf("round %d: after the kill amur index ends with %d, want 0 and no warning\n%s%s", round, code, stdout, stderr)
				}
			}
			if killed == 0 {
				t.Error("no process was killed: it was always done before")
			}
			snapshots, err := filepath.Glob(filepath.Join(cache, "index-*.amur"))
			if err != nil || len(snapshots) != 1 {
				t.Errorf("snapshots: %q, %v, want one", snapshots, err)
			}
		})
	}
}

// killAt runs amur and kills it when the folder sees the step. It reports whether that was before its end.
func killAt(t *testing.T, step uint32, folder string, environ []string, args ...string) bool {
	t.Helper()
	watch, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
	if err != nil {
		t.Fatal(err)
	}
	events := os.NewFile(uintptr(watch), "inotify")
	if _, err := syscall.InotifyAddWatch(watch, folder, step); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "amur", args...)
	cmd.Env = append(environ, "PATH="+os.Getenv("PATH"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- cmd.Wait()
		_ = events.Close() // ends the wait for a step that did not come
	}()
	if _, err := events.Read(make([]byte, 4096)); err == nil {
		_ = cmd.Process.Kill() // it may have ended by itself in the meantime
	}
	err = <-ended
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.Sys().(syscall.WaitStatus).Signaled() {
		return true
	}
	if err != nil {
		t.Fatalf("amur %s: %v\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return false
}
