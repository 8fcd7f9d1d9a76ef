package cli_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"amur/internal/discordtest"
	"amur/internal/store"
)

// crew are people who do things with a bot that dies from time to time, and remember what they were told.
type crew struct {
	*harbour

	t      *testing.T
	random *rand.Rand
	life   *life
	rooms  []discordtest.ID // for pins

	mutex  sync.Mutex
	n      int            // of things that people have made
	told   []assurance    // in the present life
	counts map[string]int // of what people were told, in all lives

	rejecting map[string]bool // notes on which Reject was pressed

	// What is left for later lives; each is used by one person alone.
	unpublished []unpublished
	undecided   []string
	highest     int // that was ever set
}

// assurance is what a person was told is done.
type assurance struct {
	what, of string
	holds    func(ctx context.Context, s *store.Store) error
}

// unpublished is a draft whose author pressed Publish and was told nothing.
type unpublished struct {
	name    string
	room    discordtest.ID
	message discordtest.Message
}

func newCrew(t *testing.T, random *rand.Rand) *crew {
	t.Helper()
	c := &crew{harbour: newHarbour(t, map[string]string{
		"rail.md": "# Rail\n\n## Freight\n\nFreight trains use 17 crossings between the two countries. " +
			"Coal made up 40 per cent of the freight in 2023.\n\n## Passengers\n\nA passenger train leaves Manzhouli on 3 days of the week.\n",
		"quay.md": "# The quay\n\n## Lanterns\n\nLanterns burn at the quay until midnight.\n",
	}), t: t, random: random, counts: map[string]int{}, rejecting: map[string]bool{}}
	for n := range 6 {
		c.rooms = append(c.rooms, c.channel(fmt.Sprint("room", n)))
	}
	for _, id := range voters() {
		c.join(id)
	}
	return c
}

func voters() []discordtest.ID { return []discordtest.ID{"11", "12", "13"} }

// next names something new.
func (c *crew) next(what string) string {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.n++
	return fmt.Sprintf("%s %d,", what, c.n)
}

// room is where the next pin goes.
func (c *crew) room() discordtest.ID {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.rooms[c.n/10%len(c.rooms)]
}

// tell notes what somebody was told.
func (c *crew) tell(what, of string, holds func(ctx context.Context, s *store.Store) error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.told = append(c.told, assurance{what, of, holds})
	c.counts[what]++
}

// sees returns what a person sees of what they did; false where the process died before they saw anything.
func (c *crew) sees(ctx context.Context, i *discordtest.Interaction) (discordtest.Outcome, bool) {
	if i.Err() != nil {
		c.t.Errorf("it cannot be done: %v\n%s", i.Err(), c.life.log)
		return discordtest.Outcome{}, false
	}
	o, err := i.Wait(ctx)
	if err != nil {
		o = i.Now() // the process is dead
	}
	return o, o.Settled()
}

// shown is all text of a message.
func shown(m discordtest.Message) string { return m.Content + shownIn(m.Components) }

func shownIn(components []discordtest.Component) string {
	var out strings.Builder
	for _, c := range components {
		out.WriteString(c.Content + shownIn(c.Components))
	}
	return out.String()
}

func (c *crew) unexpected(what string, o discordtest.Outcome) {
	c.t.Errorf("%s: callback %d with %q\n%s", what, o.Answer, shown(o.Message()), c.life.log)
}

// pins drafts a summary, names it, and publishes it; or presses Publish again where that was not answered.
func (c *crew) pins(ctx context.Context, random *rand.Rand) {
	if len(c.unpublished) > 0 && random.IntN(2) == 0 {
		again := c.unpublished[0]
		c.unpublished = c.unpublished[1:]
		c.publish(ctx, again)
		return
	}
	u := unpublished{room: c.room(), name: c.next("Crossings")}
	section := []string{"rail#freight", "rail#passengers"}[random.IntN(2)]
	person := c.fake.User(moderator)
	o, ok := c.sees(ctx, person.Slash(u.room, "summary", discordtest.Text("topic", section)))
	if !ok {
		return
	}
	edit := pressable(o.Message(), "draft_edit")
	if edit == "" {
		c.unexpected("/summary", o)
		return
	}
	clicked := person.Click(u.room, o.Message().ID, edit)
	if o, ok = c.sees(ctx, clicked); !ok {
		return
	}
	if o.Modal == nil {
		c.unexpected("edit a draft", o)
		return
	}
	if o, ok = c.sees(ctx, person.Submit(clicked, discordtest.Field{CustomID: "topic", Value: u.name})); ok {
		u.message = o.Message()
		c.publish(ctx, u)
	}
}

func (c *crew) publish(ctx context.Context, u unpublished) {
	o, ok := c.sees(ctx, c.fake.User(moderator).Click(u.room, u.message.ID, pressable(u.message, "draft_publish")))
	said := shown(o.Message())
	switch {
	case !ok || said == shown(u.message): // nothing, or somebody is publishing it already
		c.unpublished = append(c.unpublished, u)
	case strings.Contains(said, "/channels/"), strings.Contains(said, "it was published"):
		c.tell("pinned", u.name, func(ctx context.Context, s *store.Store) error { return c.isPinned(ctx, s, u) })
	default:
		c.unexpected("publish "+u.name, o)
	}
}

// sets changes two limits at once, again and again.
func (c *crew) sets(ctx context.Context, _ *rand.Rand) {
	person := c.fake.User(owner)
	o, ok := c.sees(ctx, person.Slash(c.log, "settings"))
	if !ok {
		return
	}
	o, ok = c.sees(ctx, person.Select(c.log, o.Message().ID, pressable(o.Message(), "settings-area"), "limits"))
	for ok {
		button := pressable(o.Message(), "settings-limits")
		if button == "" {
			c.unexpected("/settings", o)
			return
		}
		clicked := person.Click(c.log, o.Message().ID, button)
		if _, ok = c.sees(ctx, clicked); !ok {
			return
		}
		n := c.highest + 1
		c.highest = n
		o, ok = c.sees(ctx, person.Submit(clicked,
			discordtest.Field{CustomID: "member", Value: fmt.Sprint(baseLimit + n)},
			discordtest.Field{CustomID: "server", Value: fmt.Sprint(2 * (baseLimit + n))}))
		if !ok {
			return
		}
		if !strings.Contains(shown(o.Message()), fmt.Sprint(baseLimit+n)) {
			c.unexpected("set a limit", o)
			return
		}
		c.tell("set", fmt.Sprint(n), func(ctx context.Context, s *store.Store) error { return c.isSet(ctx, s, n) })
	}
}

// baseLimit is a limit that nobody reaches.
const baseLimit = 100_000

// notes decides on a note that waits, or proposes one.
func (c *crew) notes(ctx context.Context, random *rand.Rand) {
	if len(c.undecided) > 0 && random.IntN(3) > 0 {
		c.decides(ctx, random)
		return
	}
	name := c.next("Note")
	person := c.fake.User(moderator)
	form := person.Slash(c.log, "note add", discordtest.Text("section", "quay#lanterns"))
	if o, ok := c.sees(ctx, form); !ok || o.Modal == nil {
		if ok {
			c.unexpected("/note add", o)
		}
		return
	}
	c.undecided = append(c.undecided, name)
	o, ok := c.sees(ctx, person.Submit(form, discordtest.Field{CustomID: "text", Value: name + " they are out."}))
	switch {
	case !ok:
	case !strings.Contains(shown(o.Message()), "/channels/"):
		c.unexpected("propose", o)
	default:
		c.tell("proposed", name, func(ctx context.Context, s *store.Store) error { return c.isNoted(ctx, s, name, proposed) })
	}
}

// decides lets a second moderator decide on the card of a note.
func (c *crew) decides(ctx context.Context, random *rand.Rand) {
	name := c.undecided[0]
	c.undecided = c.undecided[1:]
	cards := c.cards(name)
	if len(cards) == 0 {
		c.undecided = append(c.undecided, name) // not posted yet, or never proposed
		return
	}
	verb, what, fate := "note-approve", "approved", approved
	if random.IntN(4) == 0 {
		verb, what, fate = "note-reject", "rejected", rejected
	}
	button := pressable(cards[0], verb)
	if button == "" {
		return // decided, without word of it
	}
	if fate == rejected {
		c.mutex.Lock()
		c.rejecting[name] = true
		c.mutex.Unlock()
	}
	o, ok := c.sees(ctx, c.fake.User(colleague).Click(c.log, cards[0].ID, button))
	switch {
	case !ok:
		c.undecided = append(c.undecided, name)
	case o.Answer != 7:
		said := shown(o.Message())
		if !strings.Contains(said, "Approved by") && !strings.Contains(said, "decided") {
			c.unexpected(verb, o)
		}
	default:
		c.tell(what, name, func(ctx context.Context, s *store.Store) error { return c.isNoted(ctx, s, name, fate) })
	}
}

// cards are the cards of a note in the log channel.
func (c *crew) cards(name string) []discordtest.Message {
	return slices.DeleteFunc(c.fake.Messages(c.log), func(m discordtest.Message) bool {
		return m.Viewer != "" || !strings.Contains(m.Content, name)
	})
}

// asks asks; others vote on the answer and report it, and at times it is pinned.
func (c *crew) asks(ctx context.Context, random *rand.Rand) {
	o, ok := c.sees(ctx, c.fake.User(asker).Slash(c.ask, "ask", discordtest.Text("question", "How many crossings do freight trains use?")))
	if !ok {
		return
	}
	more := pressable(o.Message(), "more")
	if more == "" {
		c.unexpected("/ask", o)
		return
	}
	id := store.AnswerID(strings.TrimPrefix(more, "more:"))
	c.tell("answered", string(id), func(ctx context.Context, s *store.Store) error {
		_, err := s.Answer(ctx, c.server(), id)
		return err
	})
	then := []func(){
		func() { c.votes(ctx, id, o.Message()) },
		func() { c.reports(ctx, id, o.Message()) },
		func() { c.pinsAnswer(ctx, o.Message()) },
	}
	for _, n := range random.Perm(len(then)) {
		if ctx.Err() == nil {
			then[n]()
		}
	}
}

// ballots are the votes on an answer: those that were cast, and those of them whose voters were told that they count.
type ballots struct{ cast, counted int }

func (c *crew) votes(ctx context.Context, id store.AnswerID, answer discordtest.Message) {
	votes := &ballots{}
	for _, voter := range voters() {
		votes.cast++
		o, ok := c.sees(ctx, c.fake.User(voter).Select(c.ask, answer.ID, pressable(answer, "more"), "helpful"))
		if !ok {
			break
		}
		if !strings.HasPrefix(shown(o.Message()), "Counted.") {
			c.unexpected("vote", o)
		}
		votes.counted++
	}
	c.tell("voted", string(id), func(ctx context.Context, s *store.Store) error { return c.isCounted(ctx, s, id, votes) })
}

func (c *crew) reports(ctx context.Context, id store.AnswerID, answer discordtest.Message) {
	person := c.fake.User(voters()[0])
	o, ok := c.sees(ctx, person.Click(c.ask, answer.ID, pressable(answer, "report")))
	if !ok {
		return
	}
	if o, ok = c.sees(ctx, person.Select(c.ask, o.Message().ID, pressable(o.Message(), "report-kind"), "outdated")); !ok {
		return
	}
	if !strings.HasPrefix(shown(o.Message()), "Thank you.") {
		c.unexpected("report", o)
	}
	c.tell("reported", string(id), func(ctx context.Context, s *store.Store) error { return c.isReported(ctx, s, id) })
}

// pinsAnswer pins an answer, as soon as the bot has noted its message.
func (c *crew) pinsAnswer(ctx context.Context, answer discordtest.Message) {
	for range 100 {
		o, ok := c.sees(ctx, c.fake.User(moderator).MessageCommand(c.ask, "Pin answer", answer.ID))
		said := shown(o.Message())
		switch {
		case !ok:
			return
		case strings.Contains(said, "no longer have the record"):
		case strings.Contains(said, "/channels/"):
			link := regexp.MustCompile(`/channels/\d+/\d+/(\d+)`).FindStringSubmatch(said)
			c.tell("answer pinned", string(answer.ID), func(ctx context.Context, s *store.Store) error {
				return c.isAnswerPinned(ctx, s, discordtest.ID(link[1]))
			})
			return
		default:
			c.unexpected("pin an answer", o)
			return
		}
	}
	c.t.Errorf("the message of an answer is not noted\n%s", c.life.log)
}
