// Package markup writes Discord's Markdown: it escapes foreign text, makes links, times and mentions of commands, and cuts
// texts to the platform's lengths. It knows nothing of questions and phrases.
package markup

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Time returns a moment that each reader sees in their own time zone: style R is "in 5 minutes", D is a date, f is both.
func Time(t time.Time, style string) string { return fmt.Sprintf("<t:%d:%s>", t.Unix(), style) }

// Clip returns the first n code points of s, ending in an ellipsis where something was left out.
func Clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	return strings.TrimRightFunc(string(runes[:max(0, n-1)]), unicode.IsSpace) + "…"
}
