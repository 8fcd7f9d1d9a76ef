package verify_test

import (
	"strings"
	"testing"

	"amur/internal/text"
)

// FuzzNames holds that names stand inside the text, in order, without overlap, none empty, and that a text has its own names.
func FuzzNames(f *testing.F) {
	for _, seed := range []string{
		"Putin's visit to Xi'an, the U.S. and «Сила Сибири — 2»",
		"習近平訪問莫斯科，《环球时报》和約翰·史密斯",
		"\xff\xfe·《》's ’s И\u0306 ＳＷＩＦＴ ﬁﬃ ㎏ Ǆ",
		"a.bb://cc@dd.ee/ff?gg=hh " + strings.Repeat("Ab.", 200),
		strings.Repeat("《", 300) + strings.Repeat("·中", 300),
	} {
		f.Add(seed)
	}
	names := newNames(f)
	f.Fuzz(func(t *testing.T, s string) {
		const most = 4 << 10
		if len(s) > most {
			return
		}
		end := 0
		found := names.Find(s, text.Detect(s, ""))
		for _, m := range found {
			if m.Start < end || m.End <= m.Start || m.End > len(s) || m.Key == "" {
				t.Fatalf("name %q at %d to %d of %q, after %d", m.Key, m.Start, m.End, s, end)
			}
			end = m.End
		}
		const enough = 60
		if missing := names.Missing(s, s); missing != "" && len(found) < enough {
			t.Fatalf("%q lacks its own name %q", s, missing)
		}
	})
}
