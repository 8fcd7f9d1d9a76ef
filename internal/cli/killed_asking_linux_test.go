package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"amur/internal/modeltest"
)

// TestKilledWhileAsking kills a process while the model answers: what was reserved for the answer stays counted, and the
// next process goes by it.
func TestKilledWhileAsking(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the built-in model takes long with the race detector")
	}
	asked := make(chan struct{}, 100)
	model := modeltest.New(func(modeltest.Request) modeltest.Response {
		asked <- struct{}{}
		return modeltest.Response{Before: modeltest.EndHang}
	})
	t.Cleanup(model.Close)
	dir := t.TempDir()
	environ := []string{
		"AMUR_CACHE_DIR=" + filepath.Join(dir, "cache"), "AMUR_STORE_PATH=" + filepath.Join(dir, "amur.db"),
		"AMUR_LLM_BASE_URL=" + model.BaseURL(), "AMUR_LLM_MODEL=small",
	}
	const question = "How big is the trade between China and Russia?"
	cmd := exec.CommandContext(t.Context(), "amur", "ask", question)
	cmd.Env = append(environ, "PATH="+os.Getenv("PATH"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-asked:
	case err := <-ended:
		t.Fatalf("amur ask ended without asking the model: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Error("the killed process ended well")
	}

	_, stdout, _ := run(t, append(environ, "AMUR_LLM_FIRST_TOKEN_TIMEOUT=10ms"), "check")
	if words := strings.Join(strings.Fields(stdout), " "); !strings.Contains(words, "1 call under way or broken off") {
		t.Errorf("amur check does not tell of the call that was broken off:\n%s", stdout)
	}
	code, stdout, stderr := run(t, append(environ, "AMUR_LLM_BUDGET_TOKENS_PER_DAY=1000"), "ask", "--json", question)
	if code != 0 || !strings.Contains(stdout, `"fallback":"budget"`) {
		t.Errorf("amur ask with a budget that the dead process has reserved ends with %d and\n%s%s", code, stdout, stderr)
	}
}
