package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"amur/internal/store"
)

// TestMain lets the test binary stand in for a process that spends: "spend FILE N" reserves 10 tokens N times, or for
// ever when N is 0, settles every second time at 4, and prints a line a step. It stops when the budget is used up. For
// "work" see work.
func TestMain(m *testing.M) {
	command := func(do func(first, second string) error) func() {
		return func() {
			if err := do(os.Args[1], os.Args[2]); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	}
	testscript.Main(m, map[string]func(){"spend": command(spend), "work": command(work)})
}

func spend(path, times string) error {
	n, err := strconv.Atoi(times)
	if err != nil {
		return err
	}
	ctx := context.Background()
	s, err := store.Open(ctx, path, store.Options{})
	if err != nil {
		return err
	}
	b := s.Budget(store.Limits{TokensPerDay: dayLimit}, noon)
	for i := 0; n == 0 || i < n; i++ {
		r, err := b.Reserve(ctx, store.Spender{Asker: "a", Server: "s"}, 10, 0)
		if errors.Is(err, store.ErrOverBudget) {
			fmt.Println("over")
			break
		}
		if err != nil {
			return err
		}
		fmt.Println("reserved")
		if i%2 == 1 {
			if err := r.Settle(ctx, 4, 0); err != nil {
				return err
			}
			fmt.Println("settled")
		}
	}
	return s.Close()
}

const dayLimit = 1_000_000

// noon is a clock that stands still.
func noon() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC) }

// TestProcesses lets processes that start at the same moment spend from one new file: nothing is lost or counted twice.
func TestProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "amur.db")
	const processes, times = 4, 30
	var cmds []*exec.Cmd
	var outputs []*strings.Builder
	for range processes {
		var out strings.Builder
		cmd := exec.CommandContext(t.Context(), "spend", path, strconv.Itoa(times))
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		cmds, outputs = append(cmds, cmd), append(outputs, &out)
	}
	for i, cmd := range cmds {
		if err := cmd.Wait(); err != nil {
			t.Fatalf("process %d: %v\n%s", i, err, outputs[i])
		}
	}
	got := spent(t, open(t, path).Budget(store.Limits{}, noon))
	want := store.Spent{Day: "2026-01-31", Askers: 1, Servers: 1, All: store.Usage{
		Calls: processes * times, Unsettled: processes * times / 2, Tokens: processes * times / 2 * (10 + 4),
	}}
	if got != want {
		t.Errorf("spent %+v, want %+v", got, want)
	}
}

// TestKilled kills a spending process at many points. What it said to have reserved or settled is counted afterwards; at
// most the one step that it did not come to tell of is counted too.
func TestKilled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "amur.db")
	before := store.Spent{Day: "2026-01-31"}
	for lines := range 12 {
		cmd := exec.CommandContext(t.Context(), "spend", path, "0")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		reserved, settled := int64(0), int64(0)
		count := func(line string) {
			switch line {
			case "reserved":
				reserved++
			case "settled":
				settled++
			}
		}
		var text strings.Builder
		buffer := make([]byte, 4096)
		killed := false
		for {
			n, err := out.Read(buffer)
			text.Write(buffer[:n])
			if !killed && strings.Count(text.String(), "\n") > lines {
				killed = true
				_ = cmd.Process.Kill() // it goes on for ever
			}
			if err != nil {
				break
			}
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the process ended by itself")
		}
		for line := range strings.Lines(text.String()) {
			count(strings.TrimSpace(line))
		}
		s := open(t, path)
		got := spent(t, s.Budget(store.Limits{}, noon))
		told := store.Usage{Calls: reserved, Unsettled: reserved - settled, Tokens: reserved*10 - settled*6}
		more := got.All.Calls - before.All.Calls - told.Calls                    // a reservation that was not told
		less := told.Unsettled + more + before.All.Unsettled - got.All.Unsettled // a settling that was not told
		if more < 0 || less < 0 || more+less > 1 {
			t.Errorf("kill after %d lines: calls %+v, before %+v, told %+v", lines+1, got.All, before.All, told)
		}
		if want := before.All.Tokens + told.Tokens + more*10 - less*6; got.All.Tokens != want {
			t.Errorf("kill after %d lines: %d tokens, want %d", lines+1, got.All.Tokens, want)
		}
		before = got
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func open(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func spent(t testing.TB, b *store.Budget) store.Spent {
	t.Helper()
	got, err := b.Spent(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return got
}
