package cli_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

type command = func(ts *testscript.TestScript, neg bool, args []string)

// scriptCommands are the commands that scripts have beside testscript's own.
func scriptCommands() map[string]command {
	return map[string]command{
		"exits":    exits,
		"json":     jsonValue,
		"line":     line,
		"files":    files,
		"damage":   damage,
		"age":      age,
		"long":     long,
		"hostile":  hostile,
		"argument": argument,
		"tame":     tame,
		"embedder": embedder,
	}
}

// exits STATUS PROGRAM ARGS... runs a program, which must end with that status, or with one of several: '0|3'.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM ARGS...")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if want := args[0]; !slices.Contains(strings.Split(want, "|"), strconv.Itoa(got)) {
		ts.Fatalf("exit status %d, want %s", got, want)
	}
}

// line N FILE puts the N-th line of a file into the file "line".
func line(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: line N FILE")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile(args[1]), "\n"), "\n")
	if n < 1 || n > len(lines) {
		ts.Fatalf("%s has %d lines", args[1], len(lines))
	}
	ts.Check(os.WriteFile(ts.MkAbs("line"), []byte(lines[n-1]), 0o600))
}

// json FILE PATH WANT compares a value of a JSON document: PATH is names and positions with dots between them; count
// is the length of a list. Texts are compared as they are, other values as JSON.
func jsonValue(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: [!] json FILE PATH WANT")
	}
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &v))
	for step := range strings.SplitSeq(args[1], ".") {
		switch at := v.(type) {
		case map[string]any:
			value, ok := at[step]
			if !ok {
				ts.Fatalf("%s: no %q", args[1], step)
			}
			v = value
		case []any:
			if step == "count" {
				v = len(at)
				continue
			}
			n, err := strconv.Atoi(step)
			if err != nil || n < 0 || n >= len(at) {
				ts.Fatalf("%s: no %q in a list of %d", args[1], step, len(at))
			}
			v = at[n]
		default:
			ts.Fatalf("%s: nothing below %q", args[1], step)
		}
	}
	got, ok := v.(string)
	if !ok {
		data, err := json.Marshal(v)
		ts.Check(err)
		got = string(data)
	}
	if (got == args[2]) == neg {
		ts.Fatalf("%s is %q, want %q (negated: %t)", args[1], got, args[2], neg)
	}
}

// files N PATTERN counts files.
func files(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: files N PATTERN")
	}
	found := glob(ts, args[1])
	if strconv.Itoa(len(found)) != args[0] {
		ts.Fatalf("%d files, want %s: %q", len(found), args[0], found)
	}
}

func glob(ts *testscript.TestScript, pattern string) []string {
	found, err := filepath.Glob(ts.MkAbs(pattern))
	ts.Check(err)
	return found
}

// damage cut|flip PATTERN harms files: it takes their second half away, or alters a byte in the middle.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: damage cut|flip PATTERN")
	}
	found := glob(ts, args[1])
	if len(found) == 0 {
		ts.Fatalf("no files %s", args[1])
	}
	for _, name := range found {
		data, err := os.ReadFile(name)
		ts.Check(err)
		switch args[0] {
		case "cut":
			data = data[:len(data)/2]
		case "flip":
			data[len(data)/2] ^= 1
		default:
			ts.Fatalf("cut or flip?")
		}
		ts.Check(os.WriteFile(name, data, 0o600))
	}
}

// age DURATION FILE makes a file that old.
func age(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: age DURATION FILE")
	}
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	then := time.Now().Add(-d)
	ts.Check(os.Chtimes(ts.MkAbs(args[1]), then, then))
}

// long N FILE writes a question of N characters as a line for --jsonl.
func long(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: long N FILE")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	const words = "How big is the trade between China and Russia, and how did it grow? "
	question := strings.Repeat(words, n/len(words)+1)[:n]
	data, err := json.Marshal(map[string]string{"question": question})
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), append(data, '\n'), 0o600))
}

// embedderKey is where a script's server is kept.
type embedderKey struct{}

// embedder hold|held N|release steers the script's server for embeddings: after hold it lets requests wait until
// release; held waits until N requests do.
func embedder(ts *testscript.TestScript, neg bool, args []string) {
	server, ok := ts.Value(embedderKey{}).(*embedServer)
	switch {
	case neg || !ok || len(args) == 0:
		ts.Fatalf("usage: embedder hold|held N|release")
	case args[0] == "hold":
		server.hold()
	case args[0] == "release":
		server.release()
	case args[0] == "held" && len(args) == 2:
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		server.awaitHeld(n)
	default:
		ts.Fatalf("embedder %q?", args)
	}
}
