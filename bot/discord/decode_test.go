package discord_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

// TestInteractionForms decodes interactions as they come on the wire.
func TestInteractionForms(t *testing.T) {
	t.Parallel()
	interactions := make(chan discord.Interaction, 1)
	w := newWorld(t, discordtest.Options{}, func(o *options) {
		o.Handler.Interaction = func(_ context.Context, i discord.Interaction) { interactions <- i }
	})
	w.connect()
	tests := []struct {
		name, data string
		want       func(discord.Interaction) string
		text       string
	}{
		{
			name: "direct message", data: `"type":2,"channel_id":"5","channel":{"id":"5","type":1},"user":{"id":"7","global_name":"Vera"},
				"authorizing_integration_owners":{"0":"0"},"data":{"name":"help","type":1}`,
			want: func(i discord.Interaction) string {
				return line(i.Guild, i.Channel.Type, i.Member.User.ID, i.Member.User.Name, i.Visiting)
			},
			text: "1 7 Vera false",
		},
		{
			name: "installed by the person", data: `"type":2,"guild_id":"3","channel_id":"5","member":{"user":{"id":"7"},"permissions":"2251799813685248"},
				"authorizing_integration_owners":{"1":"7"},"data":{"name":"ask","type":1}`,
			want: func(i discord.Interaction) string {
				return line(i.Visiting, i.Channel.ID, i.Member.Permissions.Has(discord.PinMessages))
			},
			text: "true 5 true",
		},
		{
			name: "thread", data: `"type":2,"guild_id":"3","channel_id":"5","channel":{"id":"5","type":11,"parent_id":"4"},"data":{"name":"ask","type":1}`,
			want: func(i discord.Interaction) string { return line(i.Channel.Type.IsThread(), i.Channel.Parent) }, text: "true 4",
		},
		{
			name: "user command", data: `"type":2,"data":{"name":"Block","type":2,"target_id":"9","resolved":{"users":{"9":{"id":"9","username":"u"}}}}`,
			want: func(i discord.Interaction) string { return line(i.TargetUser.ID, i.TargetUser.Name, i.Target) }, text: "9 u <nil>",
		},
		{
			name: "group of subcommands", data: `"type":2,"data":{"name":"a","type":1,"options":[{"type":2,"name":"b","options":[{"type":1,"name":"c","options":[
				{"type":4,"name":"n","value":12},{"type":5,"name":"t","value":true},{"type":3,"name":"s","value":"x"}]}]}]}`,
			want: func(i discord.Interaction) string {
				return line(i.Command, i.Option("n"), i.Option("t"), i.Option("s"), i.Option("none"))
			},
			text: "a b c 12 true x",
		},
		{
			name: "form of rows, labels and new parts", data: `"type":5,"data":{"custom_id":"f","components":[
				{"type":1,"components":[{"type":4,"custom_id":"old","value":"1"}]},{"type":18,"component":{"type":4,"custom_id":"new","value":"2"}},
				{"type":18,"component":{"type":3,"custom_id":"select","values":["a","b"]}},{"type":18,"component":{"type":23,"custom_id":"check","value":true}},
				{"type":99,"surprise":[1]}]}`,
			want: func(i discord.Interaction) string { return line(i.CustomID, i.Fields) }, text: "f map[check:true new:2 old:1 select:a,b]",
		},
		{
			name: "section", data: `"type":3,"message":{"id":"8","author":{"id":"1","bot":true},"interaction_metadata":{"user":{"id":"7"}},"components":[
				{"type":17,"components":[{"type":9,"components":[{"type":10,"content":"one"}],"accessory":{"type":2,"custom_id":"a:1"}}]},
				{"type":10,"content":"two"}]},"data":{"custom_id":"a:1","component_type":2}`,
			want: func(i discord.Interaction) string {
				return line(i.Message.Texts, i.Message.CustomIDs, i.Message.Invoker)
			}, text: "[one two] [a:1] 7",
		},
		{
			name: "fields of other types", data: `"type":2,"guild_id":"3","locale":5,"member":{"user":{"id":"7"},"roles":[1,"2"],"joined_at":"never","permissions":[]},
				"data":{"name":"ask","type":1}`,
			want: func(i discord.Interaction) string { return line(i.Command, i.Member.User.ID, i.Member.Joined.IsZero()) }, text: "ask 7 true",
		},
	}
	for n, tt := range tests {
		w.fake.Dispatch("INTERACTION_CREATE", w.guild.ID, fmt.Appendf(nil, `{"id":"%d","token":"t",%s}`, n+1, tt.data))
		if diff := cmp.Diff(tt.text, tt.want(next(t, interactions, tt.name))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// line puts values beside each other.
func line(values ...any) string { return strings.TrimSpace(fmt.Sprintln(values...)) }
