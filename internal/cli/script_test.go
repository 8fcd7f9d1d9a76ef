package cli_test

import (
	"bytes"
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"amur/internal/cli"
	"amur/internal/modeltest"
)

// TestMain lets the test binary stand in for the command: scripts and tests run "amur" as a process of its own, so that
// they can kill it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"amur":         func() { standIn(cli.Main) },
		"amur-looking": func() { standIn(looking) },
	})
}

// standIn does what package main does.
func standIn(main func(context.Context, []string, cli.Streams, []string) int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	code := main(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, os.Environ())
	stop()
	os.Exit(code)
}

// looking is amur that looks for changed files all the time.
func looking(ctx context.Context, args []string, streams cli.Streams, environ []string) int {
	return cli.MainLooking(ctx, 50*time.Millisecond, args, streams, environ)
}

// TestScript runs the scripts. Those below testdata/script/builtin ask the built-in documents, whose index is made
// once for all of them; the others bring documents, and have a server for their vectors.
// All have one for a language model.
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		Cmds:                scriptCommands(),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			server := newEmbedServer()
			env.Defer(server.end)
			env.Values[embedderKey{}] = server
			for _, variable := range server.environ(filepath.Join(env.WorkDir, "cache")) {
				name, value, _ := strings.Cut(variable, "=")
				env.Setenv(name, value)
			}
			provideModel(env)
			return nil
		},
	})
}

func TestScriptBuiltin(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("embedding the built-in documents takes long with the race detector")
	}
	cache := t.TempDir()
	if code, _, stderr := run(t, nil, "index", "--config", configFile(t, "cache: {dir: "+cache+"}")); code != 0 {
		t.Fatalf("amur index: status %d, want 0\n%s", code, stderr)
	}
	questions, err := filepath.Abs(filepath.Join("..", "eval", "testdata", "dev2.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script", "builtin"),
		Cmds:                scriptCommands(),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("AMUR_CACHE_DIR", cache)
			env.Setenv("QUESTIONS", questions)
			provideModel(env)
			return nil
		},
	})
}

// provideModel gives a script a language model that repeats what it is told, at $MODEL, and a file for its use.
func provideModel(env *testscript.Env) {
	model := modeltest.New(nil)
	env.Defer(model.Close)
	env.Setenv("MODEL", strings.TrimSuffix(strings.TrimPrefix(model.BaseURL(), "http://"), "/v1"))
	env.Setenv("AMUR_STORE_PATH", filepath.Join(env.WorkDir, "state", "amur.db"))
}

// run calls cli.Main with an empty standard input.
func run(t testing.TB, environ []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = cli.Main(t.Context(), args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &err}, environ)
	return code, out.String(), err.String()
}

// configFile writes a file of settings.
func configFile(t testing.TB, yaml string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "amur.yaml")
	if err := os.WriteFile(name, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func write(t testing.TB, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
