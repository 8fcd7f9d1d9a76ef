package bot_test

import (
	"strings"
	"testing"

	"amur/internal/discordtest"
	"amur/internal/store"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	_, own := w.ask("7", trade)
	tests := []struct {
		name, text string
		wants      []string
	}{
		{"differs", "Trade between China and Russia reached a record $260 billion in 2023.", []string{"Differs: the source gives $240 billion, not $260 billion, for 2023.", "[1]", "Sources"}},
		{"matches", "Trade between China and Russia reached a record $240 billion in 2023.", []string{"Matches. The same in: Council on Foreign Relations."}},
		{"not found", "China sold 12 submarines to Peru in 2019.", []string{"Not in the documents. This does not mean that it is wrong."}},
		{"no claims", "what do you think?", []string{"I found no statement here that I could compare."}},
		{"hostile", "Trade reached $240 billion in 2023 @everyone <@1> [x](https://evil.example).", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			said := w.fake.User("8").Say(w.channel.ID, tt.text)
			out := w.outcome(w.fake.User("7").MessageCommand(w.channel.ID, "Check against sources", said.Message.ID), nil)
			w.says(out, true, tt.wants...)
			for _, never := range []string{"user8", "evil.example", "false"} {
				if strings.Contains(out.Message().Text(), never) {
					t.Errorf("%q is in:\n%s", never, out.Message().Text())
				}
			}
			if m := out.Message(); m.Button("Share here") != nil || m.Component("more") != nil {
				t.Errorf("it can be shared: %+v", m.Components)
			}
			if tt.name == "differs" {
				_, evidence := w.click("7", out.Message(), "evidence")
				w.says(evidence, true, tradeSays)
			}
		})
	}
	out := w.outcome(w.fake.User("7").MessageCommand(w.channel.ID, "Check against sources", own.Message().ID), nil)
	w.says(out, true, "This is my own message.")
	picture := w.fake.User("8").Post(discordtest.Post{Channel: w.channel.ID, Attachments: []discordtest.Attachment{{ID: "1", Filename: "a.png"}}})
	out = w.outcome(w.fake.User("7").MessageCommand(w.channel.ID, "Check against sources", picture.Message.ID), nil)
	w.says(out, true, "There is no text in this message")
	w.save(func(s *store.Settings) { s.Check = store.Off })
	out = w.outcome(w.fake.User("7").MessageCommand(w.channel.ID, "Check against sources", picture.Message.ID), nil)
	w.says(out, true, "The managers of this server have switched this off.")
	for _, r := range w.fake.Records() {
		if len(r.Mentions) > 0 {
			t.Errorf("mentions %v stand in %s", r.Mentions, r.Body)
		}
	}
	w.clean()
}
