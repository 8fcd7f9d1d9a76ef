package discord_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

// TestLimits says that what breaks a limit never leaves, and what just keeps it is taken.
func TestLimits(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	text := func(n int) string { return strings.Repeat("中", n) }
	row := func(c ...discord.Component) []discord.Component {
		return []discord.Component{discord.ActionRow{Components: c}}
	}
	button := func(label, id string) discord.Component {
		return discord.Button{Style: discord.Primary, Label: label, CustomID: id}
	}
	many := func(n int, one discord.Component) []discord.Component {
		return slices.Repeat([]discord.Component{one}, n)
	}
	options := func(n int) (out []discord.SelectOption) {
		for i := range n {
			out = append(out, discord.SelectOption{Label: "x", Value: strings.Repeat("v", i+1)})
		}
		return out
	}
	tests := []struct {
		name string
		body discord.Body
		ok   bool
	}{
		{name: "2000 code points", body: discord.Body{Content: text(2000)}, ok: true},
		{name: "2001 code points", body: discord.Body{Content: text(2001)}},
		{name: "nothing", body: discord.Body{}},
		{name: "content beside V2", body: discord.Body{Content: "x", V2: true, Components: []discord.Component{discord.TextDisplay{Content: "x"}}}},
		{name: "text display without V2", body: discord.Body{Content: "x", Components: []discord.Component{discord.TextDisplay{Content: "x"}}}},
		{name: "V2 of 3386 Chinese characters", body: discord.Body{V2: true, Components: []discord.Component{discord.TextDisplay{Content: text(3386)}}}, ok: true},
		{name: "V2 of 3387 Chinese characters", body: discord.Body{V2: true, Components: []discord.Component{discord.TextDisplay{Content: text(3387)}}}},
		{name: "V2 of 4001 letters", body: discord.Body{V2: true, Components: []discord.Component{discord.TextDisplay{Content: strings.Repeat("a", 4001)}}}},
		{name: "40 components", body: discord.Body{V2: true, Components: many(40, discord.TextDisplay{Content: "x"})}, ok: true},
		{name: "41 components", body: discord.Body{V2: true, Components: []discord.Component{discord.Container{Components: many(40, discord.Separator{})}}}},
		{name: "empty text display", body: discord.Body{V2: true, Components: []discord.Component{discord.TextDisplay{}}}},
		{name: "container in container", body: discord.Body{V2: true, Components: []discord.Component{
			discord.Container{Components: []discord.Component{discord.Container{Components: many(1, discord.Separator{})}}},
		}}},
		{name: "label of 80", body: discord.Body{Content: "x", Components: row(button(text(80), "a"))}, ok: true},
		{name: "label of 81", body: discord.Body{Content: "x", Components: row(button(text(81), "a"))}},
		{name: "custom id of 101", body: discord.Body{Content: "x", Components: row(button("x", strings.Repeat("a", 101)))}},
		{name: "custom id twice", body: discord.Body{Content: "x", Components: row(button("x", "a"), button("y", "a"))}},
		{name: "no custom id", body: discord.Body{Content: "x", Components: row(button("x", ""))}},
		{name: "5 buttons", body: discord.Body{Content: "x", Components: row(button("x", "1"), button("x", "2"), button("x", "3"), button("x", "4"), button("x", "5"))}, ok: true},
		{name: "6 buttons", body: discord.Body{Content: "x", Components: row(many(6, button("x", "a"))...)}},
		{name: "6 rows", body: discord.Body{Content: "x", Components: many(6, discord.ActionRow{Components: many(1, button("x", "a"))})}},
		{name: "empty row", body: discord.Body{Content: "x", Components: row()}},
		{name: "button outside a row", body: discord.Body{Content: "x", Components: many(1, button("x", "a"))}},
		{name: "25 options", body: discord.Body{Content: "x", Components: row(discord.Select{CustomID: "a", Options: options(25)})}, ok: true},
		{name: "26 options", body: discord.Body{Content: "x", Components: row(discord.Select{CustomID: "a", Options: options(26)})}},
		{name: "no options", body: discord.Body{Content: "x", Components: row(discord.Select{CustomID: "a"})}},
		{name: "menu of channels", body: discord.Body{Content: "x", Components: row(discord.Select{
			Kind: discord.ChannelSelect, CustomID: "a", Max: 25, Channels: []discord.ChannelType{discord.GuildText}, Defaults: []string{string(w.channel.ID)},
		})}, ok: true},
		{name: "nonce of 26", body: discord.Body{Content: "x", Nonce: strings.Repeat("n", 26)}},
		{name: "11 files", body: discord.Body{Files: slices.Repeat([]discord.File{{Name: "a", Data: []byte("x")}}, 11)}},
	}
	for _, tt := range tests {
		before := len(w.fake.Records())
		m, err := w.client.Send(t.Context(), discord.ChannelID(w.channel.ID), tt.body)
		if (err == nil) != tt.ok || !tt.ok && !errors.Is(err, discord.ErrInvalid) {
			t.Errorf("%s: error = %v, want success %v", tt.name, err, tt.ok)
		}
		if sent := len(w.fake.Records()) - before; (sent > 0) != tt.ok {
			t.Errorf("%s: %d requests", tt.name, sent)
		}
		if !tt.ok {
			continue
		}
		if _, err := w.client.Edit(t.Context(), discord.ChannelID(w.channel.ID), m.ID, tt.body); err != nil {
			t.Errorf("%s: edit: %v", tt.name, err)
		}
	}
	w.clean()
}
