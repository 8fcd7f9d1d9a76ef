package cli_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"golang.org/x/sys/unix"

	"amur/internal/cli"
)

// TestTerminal sees what a person sees: colour where it is not unwanted, and lines of the terminal's width.
func TestTerminal(t *testing.T) {
	t.Parallel()
	papers := t.TempDir()
	write(t, filepath.Join(papers, "rail.md"), "# Rail\n\n## Crossings\n\n"+strings.Repeat("Freight trains use three crossings. ", 20)+
		"\n\n## 口岸\n\n"+strings.Repeat("货运列车使用三个口岸，其中最早的一个于1901年开通。", 8)+"\n")
	tests := []struct {
		name    string
		section string
		environ []string
		columns int
		widest  int
		colour  bool
	}{
		{"wide", "rail#crossings", nil, 300, 110, true},
		{"of 80 columns", "rail#crossings", nil, 80, 80, true},
		{"narrow", "rail#crossings", nil, 40, 40, true},
		{"Chinese", "rail#口岸", nil, 41, 41, true},
		{"without colour", "rail#crossings", []string{"NO_COLOR=1"}, 80, 80, false},
		{"with an empty wish", "rail#crossings", []string{"NO_COLOR="}, 80, 80, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			code, shown := runOnTerminal(t, tt.columns, tt.environ, "docs", "--knowledge", papers, tt.section)
			if code != 0 {
				t.Fatalf("status %d, want 0\n%s", code, shown)
			}
			if got := strings.Contains(shown, "\x1b["); got != tt.colour {
				t.Errorf("colour is %t, want %t:\n%q", got, tt.colour, shown)
			}
			widest := 0
			for line := range strings.Lines(strings.NewReplacer("\x1b[0m", "", "\x1b[1m", "", "\x1b[2m", "", "\r\n", "\n").Replace(shown)) {
				widest = max(widest, runewidth.StringWidth(strings.TrimSuffix(line, "\n")))
			}
			if widest > tt.widest || widest < tt.widest-12 {
				t.Errorf("the widest line has %d columns, want about %d:\n%s", widest, tt.widest, shown)
			}
		})
	}
}

// TestHangingIndent holds that lines after the first fit too where they stand further in.
func TestHangingIndent(t *testing.T) {
	t.Parallel()
	papers := t.TempDir()
	write(t, filepath.Join(papers, "rail.md"), "# Rail\n\n## "+strings.Repeat("Rail way ", 12)+"\n\nFreight trains use three crossings.\n")
	const columns = 40
	code, shown := runOnTerminal(t, columns, []string{"NO_COLOR=1"}, "docs", "--knowledge", papers)
	if code != 0 || strings.Count(shown, "\n        ") == 0 {
		t.Fatalf("status %d, want 0 and a heading of several lines\n%s", code, shown)
	}
	for line := range strings.Lines(strings.ReplaceAll(shown, "\r\n", "\n")) {
		if n := runewidth.StringWidth(strings.TrimSuffix(line, "\n")); n > columns && strings.Contains(strings.TrimSpace(line), " ") {
			t.Errorf("a line of %d columns, want %d at the most: %q", n, columns, line)
		}
	}
}

// runOnTerminal calls cli.Main with a terminal of that width for its output, and returns what the terminal was sent.
func runOnTerminal(t *testing.T, columns int, environ []string, args ...string) (code int, shown string) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer screen.Close()
	fd := int(screen.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: uint16(columns)}); err != nil {
		t.Fatal(err)
	}
	terminal, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	read := make(chan string)
	go func() {
		data, _ := io.ReadAll(screen) // ends with EIO when the last user of the terminal is gone
		read <- string(data)
	}()
	code = cli.Main(t.Context(), args, cli.Streams{In: strings.NewReader(""), Out: terminal, Err: terminal}, environ)
	if err := terminal.Close(); err != nil {
		t.Fatal(err)
	}
	return code, <-read
}
