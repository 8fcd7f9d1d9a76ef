package factcheck_test

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"amur/internal/text"
	"amur/rag/factcheck"
)

// message is a message as people write it, with the verdict on each of its sentences.
type message struct {
	ID     string
	Lang   text.Lang
	Kind   string
	Text   string
	Claims []struct {
		Text, Verdict, Given, Documents, Section string
	}
}

// none is the verdict on a sentence that states nothing to compare.
const none = "none"

// score counts what was said against what should have been.
type score map[[2]string]int // wanted, got

func (s score) right(verdict string) int { return s[[2]string{verdict, verdict}] }

func (s score) said(verdict string) (n int) {
	for k, v := range s {
		if k[1] == verdict {
			n += v
		}
	}
	return n
}

func (s score) wanted(verdict string) (n int) {
	for k, v := range s {
		if k[0] == verdict {
			n += v
		}
	}
	return n
}

func (s score) String() string {
	share := func(a, b int) string {
		if b == 0 {
			return fmt.Sprintf("%-14s", "–")
		}
		return fmt.Sprintf("%.3f %-8s", float64(a)/float64(b), fmt.Sprintf("(%d/%d)", a, b))
	}
	row := ""
	for _, v := range []string{"matches", "differs"} {
		row += share(s.right(v), s.said(v)) + " " + share(s.right(v), s.wanted(v)) + " "
	}
	return row + share(s.right("not-in-documents"), s.wanted("not-in-documents")) + " " + share(s.right(none), s.wanted(none))
}

// development is the file that the engine was fitted on; of the other one only sums are shown.
const development = "messages-dev.yaml"

// The bars: of what the engine says, how much must be so.
const (
	barMatches = 0.97
	barDiffers = 0.98
)

// TestPrecision compares the engine with what people judged, on messages made by somebody who did not see it.
func TestPrecision(t *testing.T) {
	t.Parallel()
	checker, _ := builtin(t)
	all := score{}
	for _, file := range []string{development, "messages-held.yaml"} {
		messages := readMessages(t, file)
		scores := map[string]score{}
		for _, m := range messages {
			findings, err := checker.Check(t.Context(), m.Text, m.Lang)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range m.Claims {
				got := verdictOn(findings, c.Text)
				for _, name := range []string{"~", "lang " + string(m.Lang), "kind " + m.Kind} {
					if scores[name] == nil {
						scores[name] = score{}
					}
					scores[name][[2]string{c.Verdict, got}]++
				}
				all[[2]string{c.Verdict, got}]++
				if file == development && c.Verdict != got && testing.Verbose() {
					t.Logf("%s %s: want %s, got %s: %s", m.ID, m.Kind, c.Verdict, got, c.Text)
				}
			}
		}
		var table strings.Builder
		for _, name := range slices.Sorted(maps.Keys(scores)) {
			fmt.Fprintf(&table, "%-20s %s\n", name, scores[name])
		}
		t.Logf("%s: precision and recall of matches, of differs, recall of not in documents and of no claim\n%s", file, &table)
	}
	t.Logf("both: %s", all)
	for verdict, bar := range map[string]float64{"matches": barMatches, "differs": barDiffers} {
		if n := all.said(verdict); n == 0 || float64(all.right(verdict)) < bar*float64(n) {
			t.Errorf("%s: %d of %d are so; the bar is %.2f", verdict, all.right(verdict), n, bar)
		}
	}
}

// verdictOn is what was found on a sentence.
func verdictOn(findings []factcheck.Finding, sentence string) string {
	bare := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, f := range findings {
		if a, b := bare(f.Sentence), bare(sentence); strings.Contains(a, b) || strings.Contains(b, a) {
			return cmp.Or(map[factcheck.Verdict]string{factcheck.NotFound: "not-in-documents"}[f.Verdict], string(f.Verdict))
		}
	}
	return none
}

func readMessages(t *testing.T, file string) []message {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []message
	if err := yaml.UnmarshalWithOptions(data, &out, yaml.Strict()); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return out
}
