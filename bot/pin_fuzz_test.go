package bot_test

import (
	"slices"
	"strings"
	"testing"

	"amur/bot"
	"amur/internal/store"
)

// Whatever a message holds, its sentences are whole and cite what was cited.
func FuzzSaidIn(f *testing.F) {
	for _, seed := range []string{"It grew. [1] It fell. [2][1]", "[1]", "[[1]]", `\[1\] x [1]`, "a\n> b [1]\n-# c [2]\n[3] d", "[x](https://e.org) [1]", "【1】[１]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cites := []store.PinCite{{Hash: "a"}, {Hash: "b"}}
		for _, line := range bot.SaidIn(text, cites) {
			if strings.TrimSpace(line.Text) != line.Text || line.Text == "" || strings.Contains(line.Text, "\n") {
				t.Errorf("sentence %q of %q", line.Text, text)
			}
			if len(line.Citations) == 0 || slices.ContainsFunc(line.Citations, func(c store.PinCite) bool { return c.Hash != "a" && c.Hash != "b" }) {
				t.Errorf("citations %v of %q", line.Citations, text)
			}
		}
	})
}

// Whatever stands in an account, reading it does not fail, and what was written is read.
func FuzzReadAccount(f *testing.F) {
	for _, seed := range []string{"0 figures 3fa9", "0 changed a;1 withdrawn", ";;", "x y", "-1 hidden", "0 noted"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, account string) {
		what, heir := bot.ReadAccount(account)
		if strings.ContainsAny(what+heir, "; ") {
			t.Errorf("ReadAccount(%q) = %q, %q", account, what, heir)
		}
	})
}
