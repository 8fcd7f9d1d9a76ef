package text_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
)

// goldenCase is "=== name", the input, "---", and a sentence a line with its
// line ends written ⏎.
type goldenCase struct {
	name, input string
	want        []string
}

func readGolden(t *testing.T, path string) []goldenCase {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases []goldenCase
	for part := range strings.SplitSeq(string(data), "=== ") {
		if part == "" {
			continue
		}
		name, rest, _ := strings.Cut(part, "\n")
		input, want, ok := strings.Cut(rest, "\n---\n")
		if !ok {
			t.Fatalf("%s: case %q has no ---", path, name)
		}
		c := goldenCase{name: name, input: input}
		for line := range strings.Lines(want) {
			c.want = append(c.want, strings.TrimSuffix(line, "\n"))
		}
		cases = append(cases, c)
	}
	return cases
}

func cut(s string) []string {
	var out []string
	for _, p := range text.Sentences(s) {
		out = append(out, strings.ReplaceAll(p.In(s), "\n", "⏎"))
	}
	return out
}

func TestSentencesGolden(t *testing.T) {
	t.Parallel()
	path := filepath.Join("testdata", "sentences.txt")
	cases := readGolden(t, path)
	if len(cases) < 60 {
		t.Errorf("%s has %d cases, want at least 60", path, len(cases))
	}
	if flag.Lookup("update").Value.String() == "true" {
		var b strings.Builder
		for _, c := range cases {
			b.WriteString("=== " + c.name + "\n" + c.input + "\n---\n")
			for _, sentence := range cut(c.input) {
				b.WriteString(sentence + "\n")
			}
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, cut(c.input)); diff != "" {
				t.Errorf("Sentences(%q): (-want +got)\n%s", c.input, diff)
			}
		})
	}
}

// Line ends of other systems cut like "\n".
func TestSentencesLineEnds(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"\r\n", "\r", "\u2029"} {
		s := "First line" + end + end + "Second. Third"
		if diff := cmp.Diff([]string{"First line", "Second.", "Third"}, cut(s)); diff != "" {
			t.Errorf("line end %q: (-want +got)\n%s", end, diff)
		}
	}
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{
		"Hello. “World.” (A. B.) U.S. 5.", "他说：“好。”（完）", "т. е. И. И. Иванов 5 млрд. США", "a\r\n\nb\u2028c\n1. d",
		"\xff. \xfe! A.\u0301[^x][1]**", "….\"'\"' ", strings.Repeat("(A. ", 30), "a\n- b\n# c\n" + strings.Repeat("word ", 30) + "\nNext",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, p := range text.Sentences(s) {
			if p.Start < at || p.End <= p.Start || p.End > len(s) {
				t.Fatalf("Sentences(%q): span %v after offset %d", s, p, at)
			}
			if strings.TrimFunc(s[at:p.Start], unicode.IsSpace) != "" {
				t.Errorf("Sentences(%q): %q is not covered", s, s[at:p.Start])
			}
			if strings.TrimFunc(p.In(s), unicode.IsSpace) != p.In(s) {
				t.Errorf("Sentences(%q): %q is not trimmed", s, p.In(s))
			}
			if utf8.ValidString(s) && !utf8.ValidString(p.In(s)) {
				t.Errorf("Sentences(%q): %q is not valid UTF-8", s, p.In(s))
			}
			at = p.End
		}
		if strings.TrimFunc(s[at:], unicode.IsSpace) != "" {
			t.Errorf("Sentences(%q): %q is not covered", s, s[at:])
		}
	})
}

func TestWords(t *testing.T) {
	t.Parallel()
	got := text.Words("Don’t stop: 3.5 млрд, 中国 — e-mail! 👍")
	want := []string{"Don’t", "stop", "3.5", "млрд", "中", "国", "e", "mail"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Words: (-want +got)\n%s", diff)
	}
}

func BenchmarkSentences(b *testing.B) {
	s := strings.Repeat("The U.S. Senate met on Feb. 14. “Who knows?” asked J. Smith. В 2022 г. Китай купил нефть. 他说：“好。” ", 20)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		text.Sentences(s)
	}
}
