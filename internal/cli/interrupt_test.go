package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"amur/internal/cli"
)

// TestInterruptedWhileWaiting interrupts verbs that have replied to what was typed and wait for more.
func TestInterruptedWhileWaiting(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		args  []string
		typed string
		lines int // of the reply
	}{
		{"chat", []string{"chat"}, "hi\n", 1},
		{"questions", []string{"ask", "--jsonl"}, `{"question": "hi"}` + "\n", 1},
		{"texts", []string{"embed"}, strings.Repeat("trade\n", 32), 32},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := startEmbedServer(t)
			papers := t.TempDir()
			write(t, filepath.Join(papers, "rail.md"), "Freight trains use three crossings.\n")
			in, keyboard := io.Pipe()
			screen, out := io.Pipe()
			t.Cleanup(func() { _ = in.Close() })
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()

			var stderr bytes.Buffer
			ended := make(chan int, 1)
			go func() {
				ended <- cli.Main(ctx, append(tt.args, "--knowledge", papers), cli.Streams{In: in, Out: out, Err: &stderr}, server.environ(t.TempDir()))
				_ = out.Close()
			}()
			if _, err := io.WriteString(keyboard, tt.typed); err != nil {
				t.Fatal(err)
			}
			replies := bufio.NewScanner(screen)
			replies.Buffer(nil, 1<<20)
			for range tt.lines {
				if !replies.Scan() {
					t.Fatalf("no reply: %v\n%s", replies.Err(), stderr.String())
				}
			}
			go func() { _, _ = io.Copy(io.Discard, screen) }() // the rest of the reply
			interrupt()
			if code := <-ended; code != 1 || stderr.String() != "amur: stopped\n" {
				t.Errorf("status %d and %q, want 1 and that it stopped", code, stderr.String())
			}
		})
	}
}
