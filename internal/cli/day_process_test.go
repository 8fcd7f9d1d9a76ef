package cli_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binary builds amur itself, with the race detector where the test has it.
func binary(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "amur")
	args := []string{"build", "-o", path}
	if raceDetector {
		args = append(args, "-race")
	}
	build := exec.CommandContext(t.Context(), "go", append(args, ".")...)
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// botProcess is amur serve as a process of its own.
type botProcess struct {
	cmd   *exec.Cmd
	admin string
	log   *botLog
	ended chan error // holds one when the process has ended
}

// startBot starts amur serve.
func startBot(t *testing.T, path, admin string, environ []string) *botProcess {
	t.Helper()
	p := &botProcess{admin: admin, log: &botLog{}, ended: make(chan error, 1)}
	p.cmd = exec.CommandContext(t.Context(), path, "serve")
	p.cmd.Dir = t.TempDir()
	p.cmd.Env = append([]string{
		"AMUR_ADMIN_LISTEN=" + admin, "AMUR_LOG_FORMAT=json",
		"GOGC=40", // the heap's floor, which is compared, is seen more often
		"GORACE=halt_on_error=1",
	}, environ...)
	p.cmd.Stderr, p.cmd.Stdout = p.log, p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	return p
}

// stop ends the process as an operator does.
func (p *botProcess) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Errorf("the bot has ended by itself: %v\n%s", err, p.log.tail())
		return
	}
	select {
	case err := <-p.ended:
		if err != nil {
			t.Errorf("the bot ends with %v\n%s", err, p.log.tail())
		}
	case <-time.After(time.Minute):
		t.Errorf("the bot does not end\n%s", p.log.tail())
		_ = p.cmd.Process.Kill()
	}
}

// stacks ends the process at once, and returns its warnings, its last lines and what each goroutine was doing.
func (p *botProcess) stacks() string {
	if err := p.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		return p.log.tail()
	}
	err := <-p.ended
	all := p.log.String()
	at := strings.LastIndex(all, "SIGQUIT")
	return fmt.Sprintf("%v\n%s", err, all[max(0, at-2000):min(len(all), at+60_000)])
}

// get asks the admin listener; the status is 0 when nobody answers.
func (p *botProcess) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.admin+path, nil)
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

// figures are the unlabelled figures of the process, by their names.
func (p *botProcess) figures(t *testing.T) map[string]float64 {
	t.Helper()
	status, body := p.get(t, "/metrics")
	if status != http.StatusOK {
		t.Fatalf("/metrics: status %d\n%s\n%s", status, body, p.log.tail())
	}
	figures := map[string]float64{}
	for line := range strings.Lines(body) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.ParseFloat(value, 64); err == nil && !strings.HasPrefix(line, "#") {
			figures[name] = n
		}
	}
	return figures
}

// use is what a process holds when nothing is under way.
type use struct {
	heap       float64 // bytes that are reachable
	goroutines float64
}

// atRest measures what is held. What is reachable is what the heap falls to at a collection of garbage: asking for the figures makes
// garbage, so the least of what is read over some collections is it, but for the garbage of one request.
func (p *botProcess) atRest(t *testing.T) use {
	t.Helper()
	const collections = 3
	first := p.figures(t)
	least := use{first["go_memstats_heap_alloc_bytes"], first["go_goroutines"]}
	for range 20_000 {
		now := p.figures(t)
		least.heap = min(least.heap, now["go_memstats_heap_alloc_bytes"])
		least.goroutines = min(least.goroutines, now["go_goroutines"])
		if now["go_gc_duration_seconds_count"] >= first["go_gc_duration_seconds_count"]+collections {
			return least
		}
	}
	t.Error("no garbage was collected")
	return least
}

// loopback is an address of this process alone: on Linux all of 127.0.0.0/8 is the loopback interface.
func loopback(net int) string {
	pid := os.Getpid()
	return fmt.Sprintf("127.%d.%d.%d:9464", net, pid>>8&255, pid&255)
}

// botLog keeps what a process writes.
type botLog struct {
	mu   sync.Mutex
	data bytes.Buffer
}

func (l *botLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.data.Write(p)
}

func (l *botLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.data.String()
}

// tail is the end of the log.
func (l *botLog) tail() string {
	all := l.String()
	return all[max(0, len(all)-1500):]
}
