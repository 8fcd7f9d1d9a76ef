package cli_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"amur/internal/config"
	"amur/internal/store"
)

// period writes a duration as PRIVACY.md does.
func period(d time.Duration) string {
	if d <= 72*time.Hour {
		return fmt.Sprintf("%d hours", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours())/24)
}

// TestPrivacyPage holds that the page promises what the program does: each period stands in the row of what it is about.
func TestPrivacyPage(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../PRIVACY.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	tests := []struct {
		row  string // how the row, or the sentence, begins
		want string
	}{
		{"| Questions of a member", period(store.Window) + " |"},
		{"| Records of answers", period(store.AnswersKept) + " |"},
		{"| Questions, only where", fmt.Sprintf("| %d days, or what the managers choose", store.DefaultRetentionDays)},
		{"| Votes and reports", period(store.FeedbackKept) + " |"},
		{"| Drafts of summaries", period(store.DraftsKept) + " after the last change |"},
		{"| Notes of moderators", period(store.NoteLasts) + " after the last approval; proposals " + period(store.ProposalLasts) + " |"},
		{"| Hidden answers", period(store.HideLasts) + ", or until they are restored |"},
		{"| Counts a day", period(store.CountsKept) + " |"},
		{"When the bot is removed", "erased after " + period(store.RemovedKept)},
	}
	for _, tt := range tests {
		_, rest, found := strings.Cut(page, "\n"+tt.row)
		line, _, _ := strings.Cut(rest, "\n")
		if !found || !strings.Contains(line, tt.want) {
			t.Errorf("PRIVACY.md: the line %q… does not say %q: %s", tt.row, tt.want, line)
		}
	}
}

// TestPapersNameWhatExists holds that the papers for operators name no verb, setting or figure that is not there.
func TestPapersNameWhatExists(t *testing.T) {
	t.Parallel()
	for _, paper := range []string{"PRIVACY.md", "SECURITY.md", "TERMS.md", "docs/operating.md"} {
		data, err := os.ReadFile("../../" + paper)
		if err != nil {
			t.Fatal(err)
		}
		for _, verb := range verbs(string(data)) {
			// Of an unknown verb, the help is that of amur itself.
			name := strings.Join(verb, " ")
			if _, help, _ := run(t, nil, append(verb, "--help")...); !strings.Contains(help, "Usage:\n  amur "+name) {
				t.Errorf("%s names amur %s, which does not exist", paper, name)
			}
		}
		for _, name := range regexp.MustCompile(`\bAMUR_[A-Z_]+\b`).FindAllString(string(data), -1) {
			if cfg, err := config.Load(configFile(t, ""), []string{name + "="}); err != nil || len(cfg.Warnings) > 0 {
				t.Errorf("%s names %s: %v %q", paper, name, err, cfg.Warnings)
			}
		}
		for _, match := range regexp.MustCompile("`([a-z]+\\.[a-z_]+)`").FindAllStringSubmatch(string(data), -1) {
			if key := match[1]; key != "applications.commands" && !strings.Contains(key, ".db") && !strings.HasSuffix(key, ".yaml") && !isSetting(t, key) {
				t.Errorf("%s names the setting %s, which does not exist", paper, key)
			}
		}
	}
}

// isSetting reports whether a key, or a section of a section, stands in a dump of the settings.
func isSetting(t *testing.T, key string) bool {
	t.Helper()
	section, name, _ := strings.Cut(key, ".")
	var dump strings.Builder
	if err := config.Default().Dump(&dump); err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut("\n"+dump.String(), "\n"+section+":\n")
	if end := regexp.MustCompile(`(?m)^\S`).FindStringIndex(rest); end != nil {
		rest = rest[:end[0]]
	}
	return found && strings.Contains("\n"+rest, "\n  "+name+":")
}

// verbs returns the commands in `amur …` and in lines that begin with amur, without arguments.
func verbs(text string) [][]string {
	var found [][]string
	for _, mark := range []string{"`amur ", "\namur ", " /amur "} {
		for i, part := range strings.Split(text, mark) {
			if i == 0 {
				continue
			}
			words := strings.FieldsFunc(part[:min(len(part), 60)], func(r rune) bool { return strings.ContainsRune(" \n`", r) })
			if words[0] == "privacy" {
				found = append(found, words[:2])
				continue
			}
			found = append(found, words[:1])
		}
	}
	return found
}
