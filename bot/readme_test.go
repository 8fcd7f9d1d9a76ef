package bot_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/bot"
)

// TestReadme compares the table of commands in README.md with the commands.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []bot.Described
	for _, row := range regexp.MustCompile("(?m)^\\| (?:`/([^`]+)`|\\*\\*([^*]+)\\*\\*) \\| (everyone|moderators|managers) \\| \\S").FindAllStringSubmatch(string(readme), -1) {
		got = append(got, bot.Described{Name: row[1] + row[2], Who: row[3]})
	}
	want, err := bot.Describe()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the table of README.md is not that of command.go (-command.go +README.md):\n%s", diff)
	}
}
