package cli_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"
	"pgregory.net/rapid"

	"amur/internal/cli"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		text  string
		width int
		want  []string
	}{
		{"nothing", "", 10, []string{""}},
		{"spaces alone", "   ", 10, []string{""}},
		{"one line", "a short line", 12, []string{"a short line"}},
		{"words", "a line that is longer", 9, []string{"a line", "that is", "longer"}},
		{"Russian", "торговля Китая и России", 10, []string{"торговля", "Китая и", "России"}},
		{"the number stays with its sentence", "it grew fast [1] [12]", 9, []string{"it grew", "fast [1] [12]"}},
		{"brackets of the text may move", "it grew fast [sic]", 12, []string{"it grew fast", "[sic]"}},
		{"an address stays whole", "see https://example.org/a/long/way or ask", 12, []string{"see", "https://example.org/a/long/way", "or ask"}},
		{"Chinese has no spaces", "中俄贸易额创下新高", 8, []string{"中俄贸易", "额创下新", "高"}},
		{"Chinese punctuation closes a line", "中俄贸易，再创新高。", 8, []string{"中俄贸", "易，再创", "新高。"}},
		{"Chinese brackets open a line", "中俄贸（易额）高", 8, []string{"中俄贸", "（易额）", "高"}},
		{"numbers in Chinese", "在2023年达到2401亿", 10, []string{"在2023年达", "到2401亿"}},
		{"a number keeps its unit", "中俄贸易额为2401亿", 16, []string{"中俄贸易额为", "2401亿"}},
		{"a family of emoji", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 4, []string{"👨‍👩‍👧‍👦👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, cli.Wrap(tt.text, tt.width)); diff != "" {
				t.Errorf("Wrap(%q, %d) (-want +got):\n%s", tt.text, tt.width, diff)
			}
		})
	}
}

// TestWrapKeepsText holds wrap to its law: nothing but spaces is lost, and only what cannot be broken is too long.
func TestWrapKeepsText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab .,[1](中俄，。「」рф👨‍é")), -1, -1, 200).Draw(t, "text")
		width := rapid.IntRange(1, 40).Draw(t, "width")
		lines := cli.Wrap(text, width)
		bare := strings.NewReplacer(" ", "")
		if got, want := bare.Replace(strings.Join(lines, "")), bare.Replace(text); got != want {
			t.Errorf("Wrap(%q, %d) keeps %q, want %q", text, width, got, want)
		}
		for _, line := range lines {
			if runewidth.StringWidth(line) > width && len(cli.Wrap(line, width)) != 1 {
				t.Errorf("Wrap(%q, %d): %q is too long and can be broken", text, width, line)
			}
		}
	})
}
