package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/rogpeppe/go-internal/testscript"
)

// attack is text that clears the screen, sets the window's title, turns the direction of writing, and hides words.
const attack = "\x1b[2J\x1b]0;owned\x07\u009b31m\u202egate\u202c\u2066\u200f\u061c\ufeff\U000e0041\u2028red\r\b"

// hostile FOLDER writes a folder of documents that attack the terminal, and beside it the folder "skipped" with a file
// that cannot be read and has such a name.
func hostile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hostile FOLDER")
	}
	write := func(folder, name, content string) {
		ts.Check(os.MkdirAll(ts.MkAbs(folder), 0o750))
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(folder), name), []byte(content), 0o600))
	}
	// As they stand, so many control characters are taken for a binary file; as references they are text.
	var references strings.Builder
	for _, r := range attack {
		fmt.Fprintf(&references, "&#x%x;", r)
	}
	write(args[0], "evil.html", "<title>The "+references.String()+" gate</title><h1>Colours</h1><h2>Gate</h2><p>The colour of the "+references.String()+
		" gate is red.</p><h2>Heading "+references.String()+"</h2><p>The wall is "+references.String()+" green.</p>")
	quiet := strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, attack)
	write(args[0], "bad.md", "# Colours\n\n## Gate\n\nThe colour of the "+quiet+" gate is red.\n\n## Heading "+quiet+"\n\nThe wall is "+quiet+" green.\n")
	write("skipped", "evil"+attack+".txt", "")
	write("skipped", "good.txt", "The gate is red.\n")
}

// argument runs another command of scripts with an attack as one more argument.
func argument(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || args[0] != "exits" {
		ts.Fatalf("usage: argument exits STATUS PROGRAM ARGS...")
	}
	exits(ts, neg, append(args[1:], "x"+attack))
}

// tame fails when the last command printed a character that steers a terminal.
func tame(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: tame")
	}
	for _, stream := range []string{"stdout", "stderr"} {
		text := ts.ReadFile(stream)
		at := strings.IndexFunc(text, func(r rune) bool {
			return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.In(r, unicode.Zl, unicode.Zp))
		})
		if at >= 0 {
			ts.Fatalf("%s holds %q", stream, text[at:min(at+20, len(text))])
		}
	}
}
