package cli_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"amur/internal/discordtest"
)

// dayServer is a server with its people. What happens in it carries its mark, by which it is known where it must not be seen.
type dayServer struct {
	day  *day
	n    int
	rand *rand.Rand
	mark string

	id                     discordtest.ID
	ask, talk, log, thread discordtest.ID   // channels: for questions, for talk, for cards; a thread of ask
	more                   []discordtest.ID // channels made during the day
	modRole                discordtest.ID
	owner                  guest
	mods                   [2]guest
	members                []guest // in the channel for questions
}

func (s *dayServer) String() string { return "server " + strconv.Itoa(s.n) }

func (d *day) newServer(n int) *dayServer {
	s := &dayServer{day: d, n: n, rand: d.chance(n), mark: fmt.Sprintf("mark%02dzq", n)}
	owner := personID(n, 0)
	locale := locales()[n%len(locales())]
	s.id = d.fake.AddGuild(discordtest.Guild{Name: "Server " + s.mark, OwnerID: owner, Locale: locale}).ID
	s.modRole = d.fake.SetRole(s.id, discordtest.Role{Name: "mods", Permissions: discordtest.ManageMessages}).ID
	s.ask = d.fake.AddChannel(discordtest.Channel{GuildID: s.id, Name: "ask"}).ID
	s.talk = d.fake.AddChannel(discordtest.Channel{GuildID: s.id, Name: "talk"}).ID
	s.log = d.fake.AddChannel(discordtest.Channel{GuildID: s.id, Name: "log"}).ID
	s.thread = d.fake.AddChannel(discordtest.Channel{GuildID: s.id, Name: "thread", ParentID: s.ask, Type: discordtest.ChannelPublicThread}).ID
	for i := range d.members / d.daySize.servers {
		m := guest{server: s, id: personID(n, i), at: s.ask, speaks: locales()[(n+i)%len(locales())]}
		user := discordtest.User{ID: m.id, Username: fmt.Sprintf("user%d", i), Locale: m.speaks}
		of := discordtest.Member{User: user, JoinedAt: time.Now().Add(-24 * time.Hour)}
		switch i {
		case 0:
			m.speaks, user.Locale = locale, locale
			of.User, s.owner = user, m
		case 1, 2:
			of.Roles = []discordtest.ID{s.modRole}
			s.mods[i-1] = m
		default:
			s.members = append(s.members, m)
		}
		d.fake.AddMember(s.id, of)
	}
	return s
}

// personID is the id of the i-th person of a server.
func personID(server, i int) discordtest.ID {
	return discordtest.ID(strconv.Itoa(300_000_000_000_000_000 + server*100_000 + i))
}

// newPerson adds a member who speaks a language.
func (d *day) newPerson(s *dayServer, locale string) discordtest.ID {
	id := personID(s.n, 50_000+len(s.members)+d.fake.Stats().Interactions)
	user := discordtest.User{ID: id, Username: "guest", Locale: locale}
	d.fake.AddMember(s.id, discordtest.Member{User: user, JoinedAt: time.Now().Add(-24 * time.Hour)})
	return id
}

// anyone is one of the members.
func (s *dayServer) anyone() guest { return s.members[s.rand.IntN(len(s.members))] }

// question is one that the documents answer, with the server's mark.
func (s *dayServer) question(locale string) string {
	all := s.day.offered[locale]
	return all[s.rand.IntN(len(all))]
}

// screen is a message as it stands now.
func (s *dayServer) screen(m discordtest.Message) discordtest.Message {
	s.day.Helper()
	now, ok := s.day.fake.Message(m.ChannelID, m.ID)
	if !ok {
		s.day.Fatalf("%s: a message is gone: %s", s, m.Text())
	}
	return now
}

// card is the newest message of the log channel with something of one of the verbs.
func (s *dayServer) card(verbs ...string) discordtest.Message {
	s.day.Helper()
	ctx, cancel := context.WithTimeout(s.day.Context(), patience)
	defer cancel()
	var found *discordtest.Message
	_, err := s.day.fake.WaitMessages(ctx, s.log, func(all []discordtest.Message) bool {
		for _, m := range slices.Backward(all) {
			if !m.Private() && slices.ContainsFunc(verbs, func(verb string) bool { return component(m, verb) != nil }) {
				found = &m
				return true
			}
		}
		return false
	})
	if err != nil {
		s.day.Fatalf("%s: no card with %q: %v", s, verbs, err)
	}
	return *found
}

// speaks reports whether the server has the language model word its answers.
func (s *dayServer) speaks() bool { return s.n%4 == 0 }

// channels are all channels of the server.
func (s *dayServer) channels() []discordtest.ID {
	return append([]discordtest.ID{s.ask, s.talk, s.log, s.thread}, s.more...)
}
