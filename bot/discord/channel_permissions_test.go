package discord_test

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

// TestChannelPermissions compares the calculation with the fake's, which was written apart.
func TestChannelPermissions(t *testing.T) {
	t.Parallel()
	fake, err := discordtest.New(discordtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	bits := []discord.Permissions{
		discord.Administrator, discord.ViewChannel, discord.SendMessages, discord.ReadMessageHistory, discord.SendMessagesInThreads, discord.PinMessages,
	}
	rapid.Check(t, func(t *rapid.T) {
		some := func(name string, from int) discord.Permissions {
			var p discord.Permissions
			for _, b := range rapid.SliceOfDistinct(rapid.SampledFrom(bits[from:]), rapid.ID).Draw(t, name) {
				p |= b
			}
			return p
		}
		guild := fake.AddGuild(discordtest.Guild{Name: "g"})
		channel := fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Name: "c"})
		g := discord.Guild{ID: discord.GuildID(guild.ID), Owner: "1"}
		c := discord.Channel{ID: discord.ChannelID(channel.ID)}
		m := discord.Member{User: discord.User{ID: "7"}}
		member := discordtest.Member{User: discordtest.User{ID: "7", Username: "vera"}}
		overwrite := func(id discordtest.ID, person bool) {
			if !rapid.Bool().Draw(t, "overwrite") {
				return
			}
			allow, deny := some("allow", 1), some("deny", 1)
			o := discordtest.Overwrite{ID: id, Allow: discordtest.Permission(allow), Deny: discordtest.Permission(deny)}
			if person {
				o.Type = 1
			}
			fake.SetOverwrite(channel.ID, o)
			c.Overwrites = append(c.Overwrites, discord.Overwrite{ID: string(id), Member: person, Allow: allow, Deny: deny})
		}
		for n := range 4 {
			role := discordtest.Role{ID: guild.ID, Name: "@everyone"}
			first := 1
			if n > 0 {
				role.ID, role.Name = discordtest.ID(strconv.Itoa(1000+n)+string(guild.ID)), "r"
				first = rapid.IntRange(0, 1).Draw(t, "administrator")
			}
			rights := some("role", first)
			role.Permissions = discordtest.Permission(rights)
			role = fake.SetRole(guild.ID, role)
			g.Roles = append(g.Roles, discord.Role{ID: discord.RoleID(role.ID), Permissions: rights})
			if n > 0 && rapid.Bool().Draw(t, "held") {
				m.Roles = append(m.Roles, discord.RoleID(role.ID))
				member.Roles = append(member.Roles, role.ID)
			}
			overwrite(role.ID, false)
		}
		fake.AddMember(guild.ID, member)
		overwrite("7", true)
		overwrite("8", true)
		got := discord.ChannelPermissions(g, m, c, discord.Channel{})
		want := discord.Permissions(fake.Permissions("7", channel.ID))
		for _, b := range bits {
			if got.Has(b) != want.Has(b) {
				t.Fatalf("right %d = %v, want %v", b, got.Has(b), want.Has(b))
			}
		}
		thread := discord.Channel{ID: "99", Type: discord.PublicThread, Parent: c.ID}
		if inside := discord.ChannelPermissions(g, m, thread, c); inside != got {
			t.Fatalf("rights in a thread = %d, want those of its channel, %d", inside, got)
		}
	})
	owner := discord.Member{User: discord.User{ID: "1"}}
	if !discord.ChannelPermissions(discord.Guild{ID: "2", Owner: "1"}, owner, discord.Channel{}, discord.Channel{}).Has(discord.PinMessages) {
		t.Error("the owner may not pin")
	}
}
