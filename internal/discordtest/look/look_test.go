package look_test

import (
	"strings"
	"testing"

	"amur/internal/discordtest"
	"amur/internal/discordtest/look"
)

func TestMarkdown(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"text", `a < b & "c"`, `<div>a &lt; b &amp; &#34;c&#34;</div>`},
		{"bold", "**a** b", "<div><b>a</b> b</div>"},
		{"escaped", `\*a\* \<b`, "<div>*a* &lt;b</div>"},
		{"open mark", "*a", "<div>*a</div>"},
		{"link", "[a **b**](<https://example.com/?q=1>).", `<div><a href="https://example.com/?q=1">a <b>b</b></a>.</div>`},
		{"bare link", "see https://example.com", `<div>see <a href="https://example.com">https://example.com</a></div>`},
		{"message", "https://discord.com/channels/1/2/3", `<div><span class="mention">#channel › message</span></div>`},
		{"script", "<script>", "<div>&lt;script&gt;</div>"},
		{"javascript", "[a](javascript:b)", "<div>[a](javascript:b)</div>"},
		{"time", "<t:1700000000:D>", `<div><span class="time">14 November 2023</span></div>`},
		{"mentions", "<@1> <#2> </ask:3>", `<div><span class="mention">@member</span> <span class="mention">#channel</span> <span class="mention">/ask</span></div>`},
		{"subtext", "-# small", `<div class="sub">small</div>`},
		{"quote", "> said", "<blockquote>said</blockquote>"},
		{"code", "`a*b`", "<div><code>a*b</code></div>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := string(look.Markdown(tt.in)); got != tt.want {
				t.Errorf("Markdown(%q) = %s, want %s", tt.in, got, tt.want)
			}
		})
	}
}

func TestPage(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	err := look.Page(&b, "en", "A <page>", []look.Scene{{
		Did: "/ask <x>", By: "somebody",
		Message: discordtest.Message{Content: "one", Flags: discordtest.FlagEphemeral, Components: []discordtest.Component{
			{Type: discordtest.TypeContainer, Components: []discordtest.Component{{Type: discordtest.TypeTextDisplay, Content: "**two**"}}},
			{Type: discordtest.TypeActionRow, Components: []discordtest.Component{{Type: discordtest.TypeButton, Label: "three", Style: 4}}},
		}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"A &lt;page&gt;", "/ask &lt;x&gt;", "one", "<b>two</b>", `class="button style4">three<`, "Only you can see this"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
