package markup_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"amur/bot/markup"
)

func TestEscape(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"mentions", "@everyone <@123> <#4> </ask:5>", `\@everyone \<\@123\> \<\#4\> \<\/ask:5\>`},
		{"emphasis", "**a** __b__ ~~c~~ ||d|| `e`", "\\*\\*a\\*\\* \\_\\_b\\_\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`"},
		{"link", "[x](https://a.example)", `\[x\](https:\/\/a.example)`},
		{"invitation", "discord.gg/abc", `discord.gg\/abc`},
		{"list", "- a\n- b", `\- a - b`},
		{"numbered list", "1. a", `1\. a`},
		{"decimal first", "24.2 billion, -5 degrees", "24.2 billion, -5 degrees"},
		{"negative first", "-5 degrees", "-5 degrees"},
		{"hidden list", "1.\u200b a", `1\. a`},
		{"list at the end", "1.", `1\.`},
		{"subtext", "-# small", `-\# small`},
		{"hyphen inside", "China-Russia trade, 2.42 billion", "China-Russia trade, 2.42 billion"},
		{"lines", "a\nb\r\nc\u2028d", "a b  c d"},
		{"direction marks", "a\u202eb\u200bc\u2066d", "abcd"},
		{"zalgo", "a\u0300\u0301\u0302\u0303\u0304\u0305b", "a\u0300\u0301\u0302b"},
		{"not UTF-8", "a\xffb", "a\ufffdb"},
		{"backslashes", `\<@1>`, `\\\<\@1\>`},
		{"backtick fence", "```go", "\\`\\`\\`go"},
		{"quotation", "> a", `\> a`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := markup.Escape(tt.in); got != tt.want {
				t.Errorf("Escape(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestBare(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain", "How big is the trade?", "How big is the trade?"},
		{"address", "see https://evil.example/a?b=c now", "see now"},
		{"address in Chinese", "看https://evil.example/a怎么样", "看怎么样"},
		{"invitation", "join discord.gg/abc please", "join please"},
		{"hidden invitation", "join disc\u200bord.gg/abc", "join"},
		{"domain and path", "go to evil.example/abc", "go to"},
		{"slash in words", "U.S./China, 24/7, 2.5/3", "U.S./China, 24/7, 2.5/3"},
		{"mentions", "hi <@123> and <@&4>, <#5>", "hi and ,"},
		{"everyone", "@every\u200bone look", "look"},
		{"less than", "is 3 < 5 > 2?", "is 3 < 5 > 2?"},
		{"lines", "a\n\nb", "a b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := markup.Bare(tt.in); got != tt.want {
				t.Errorf("Bare(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, label, address, want string }{
		{"address", "a", "https://a.example/b", "[a](<https://a.example/b>)"},
		{"brackets", "a", "https://a.example/b_(c)", "[a](<https://a.example/b_%28c%29>)"},
		{"space", "a", "https://a.example/b c", "[a](<https://a.example/b%20c>)"},
		{"scheme", "a", "javascript:alert(1)", "a"},
		{"none", "a", "", "a"},
		{"name and password", "a", "https://u:p@a.example", "a"},
		{"breaking out", "a", "https://a.example/>)[b](<https://b.example", "[a](<https://a.example/%3E%29%5Bb%5D%28%3Chttps://b.example>)"},
		{"long", "a", "https://a.example/" + strings.Repeat("b", 600), "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := markup.Link(markup.Label(tt.label), tt.address)
			if got != tt.want {
				t.Errorf("Link(%q, %q) = %q, want %q", tt.label, tt.address, got, tt.want)
			}
			if got := markup.Unlinked("x " + got + " y"); got != "x "+tt.label+" y" {
				t.Errorf("Unlinked = %q, want the label", got)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   string
		room markup.Room
		want []string
	}{
		{"nothing", " \n", markup.Room{Runes: 10}, nil},
		{"fits", "One. Two.", markup.Room{Runes: 10}, []string{"One. Two."}},
		{"sentences", "One is one. [1] Two is two. [2]", markup.Room{Runes: 20}, []string{"One is one. [1]", "Two is two. [2]"}},
		{"Chinese sentences", "贸易额很大。[1]边界很长。[2]", markup.Room{Runes: 12}, []string{"贸易额很大。[1]", "边界很长。[2]"}},
		{"paragraphs first", "One is. One.\n\nTwo is. Two.", markup.Room{Runes: 20}, []string{"One is. One.", "Two is. Two."}},
		{"words", "one two three four", markup.Room{Runes: 9}, []string{"one two", "three", "four"}},
		{"anywhere", "aaaaaaaaaa", markup.Room{Runes: 4}, []string{"aaaa", "aaaa", "aa"}},
		{"bytes", "贸易贸易贸易", markup.Room{Bytes: 7}, []string{"贸易", "贸易", "贸易"}},
		{"link whole", "see [a b](<https://a.example>) and", markup.Room{Runes: 30}, []string{"see", "[a b](<https://a.example>) and"}},
		{"escapes whole", `\*\*\*\*`, markup.Room{Runes: 3}, []string{`\*`, `\*`, `\*`, `\*`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, markup.Split(tt.in, tt.room)); diff != "" {
				t.Errorf("Split(%q) (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

// FuzzSplit states the laws of Split: each part fits, nothing but white space is lost, nothing is added.
func FuzzSplit(f *testing.F) {
	f.Add("One is one. [1] Two is two. [2]\n\n[a](<https://a.example>)", 10, 40)
	f.Add("贸易额很大。[1]\\*", 3, 0)
	f.Add("<t:1:R> \\", 1, 9)
	f.Fuzz(func(t *testing.T, s string, runes, bytes int) {
		if !utf8.ValidString(s) || len(s) > 4000 {
			t.Skip()
		}
		room := markup.Room{Runes: 1 + abs(runes)%3000, Bytes: 4 + abs(bytes)%8000}
		parts := markup.Split(s, room)
		for _, part := range parts {
			if !room.Fits(part) || part == "" {
				t.Errorf("Split(%q, %+v): part %q", s, room, part)
			}
		}
		if got, want := unspaced(strings.Join(parts, "")), unspaced(s); got != want {
			t.Errorf("Split(%q, %+v) holds %q, want %q", s, room, got, want)
		}
	})
}

// FuzzEscape states the laws of Escape: no mention, mark or address stands; Unescape gives the visible text back.
func FuzzEscape(f *testing.F) {
	f.Add("@everyone <@1> https://a.example `x` \\@here")
	f.Add("- 1. \u202e a\u0300\u0301\u0302\u0303")
	f.Fuzz(func(t *testing.T, s string) {
		got := markup.Escape(s)
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\n\r") {
			t.Errorf("Escape(%q) = %q", s, got)
		}
		for i := 0; i < len(got); i++ {
			if got[i] == '\\' {
				i++
				continue
			}
			if strings.IndexByte("*_~`|<>#[]@/", got[i]) >= 0 {
				t.Fatalf("Escape(%q) = %q: %q stands alone", s, got, got[i])
			}
		}
		if again := markup.Escape(markup.Unescape(got)); again != got {
			t.Errorf("Escape(Unescape(%q)) = %q", got, again)
		}
	})
}

func abs(n int) int { return max(n, -n, 0) }

func unspaced(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
