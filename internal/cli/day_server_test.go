package cli_test

import (
	"fmt"
	"math/rand/v2"
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
	ask, talk, log, thread discordtest.ID // channels: for questions, for talk, for cards; a thread of talk
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
	role := d.fake.SetRole(s.id, discordtest.Role{Name: "mods", Permissions: discordtest.ManageMessages}).ID
	s.ask = d.fake.AddChannel(discordtest.Channel{GuildID: s.id, Name: "ask"}).ID
	s.talk = d.fake.AddChannel(discordtest.Channel{GuildID: s.id, Name: "talk"}).ID
	s.log = d.fake.AddChannel(discordtest.Channel{GuildID: s.id, Name: "log"}).ID
	s.thread = d.fake.AddChannel(discordtest.Channel{GuildID: s.id, Name: "thread", ParentID: s.talk, Type: discordtest.ChannelPublicThread}).ID
	for i := range d.members / d.daySize.servers {
		m := guest{s, personID(n, i), s.ask}
		user := discordtest.User{ID: m.id, Username: fmt.Sprintf("user%d", i), Locale: locales()[(n+i)%len(locales())]}
		of := discordtest.Member{User: user, JoinedAt: time.Now().Add(-24 * time.Hour)}
		switch i {
		case 0:
			user.Locale, of.User = locale, user
			s.owner = m
		case 1, 2:
			of.Roles = []discordtest.ID{role}
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

// setUp goes through the screen of the first minute.
func (s *dayServer) setUp() {
	o := s.owner
	screen := o.slash("setup").Message()
	o.choose(screen, "setup-channels", string(s.ask))
	o.choose(s.screen(screen), "setup-log", string(s.log))
	o.press(s.screen(screen), "setup-preset")
	o.press(s.screen(screen), "setup-done")
}

// screen is a message as it stands now.
func (s *dayServer) screen(m discordtest.Message) discordtest.Message {
	now, ok := s.day.fake.Message(m.ChannelID, m.ID)
	if !ok {
		s.day.Fatalf("%s: a message is gone: %s", s, m.Text())
	}
	return now
}

// asking has members ask in all languages.
func (s *dayServer) asking() {
	for _, locale := range locales() {
		who := s.anyone()
		who.slash("ask", discordtest.Text("question", s.question(locale)), discordtest.Truth("private", s.rand.IntN(2) == 0)).answered()
	}
}
