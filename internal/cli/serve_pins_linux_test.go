package cli_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"amur/internal/discordtest"
	"amur/internal/store"
)

// TestServedPins lets documents change under the pins of a bot, round after round: exactly the pins whose sentences changed go stale,
// the card names the lines with their figures, and Update brings them up to date in their place.
func TestServedPins(t *testing.T) {
	t.Parallel()
	rounds := 50
	if inShort() {
		rounds = 5
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	p := newPinned(t, rand.New(rand.NewPCG(seed, 0)))
	for round := range rounds {
		if p.round(); t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	t.Logf("%d pins went stale, %d were updated together, %d rounds left all as they were", p.stale, p.together, p.untouched)
	if !inShort() && (p.stale == 0 || p.together == 0 || p.untouched == 0) {
		t.Error("the rounds have not tried everything")
	}
	for _, v := range p.fake.Violations() {
		t.Errorf("violation: %v", v)
	}
}

// pinned are documents and the pins that rest on them.
type pinned struct {
	*harbour

	t        *testing.T
	random   *rand.Rand
	life     *life
	sections []*shipped
	loaded   int // reloads so far

	stale, together, untouched int
}

// shipped is a section: how much a harbour shipped of each of the goods, a sentence a figure.
type shipped struct {
	file, harbour string
	figures       []int
	room, message discordtest.ID // of its pin; no message for none
}

func cargo() []string { return []string{"timber", "coal", "grain"} }

func (s *shipped) text() string {
	var out strings.Builder
	fmt.Fprintf(&out, "## %s\n\n", s.harbour)
	for i, what := range cargo() {
		fmt.Fprintf(&out, "%s shipped %d tonnes of %s in the whole year. ", s.harbour, s.figures[i], what)
	}
	return out.String() + "\n\n"
}

func newPinned(t *testing.T, random *rand.Rand) *pinned {
	t.Helper()
	p := &pinned{t: t, random: random, harbour: newHarbour(t, nil)}
	for i, name := range []string{"Vladivostok", "Nakhodka", "Dalian", "Qingdao", "Vanino", "Tianjin", "Murmansk"} {
		s := &shipped{file: []string{"east.md", "south.md"}[i%2], harbour: name, room: p.channel(name)} // a rate limit of its own
		for range cargo() {
			s.figures = append(s.figures, 100+random.IntN(900))
		}
		p.sections = append(p.sections, s)
	}
	p.write()
	p.life = p.start(t, startEmbedServer(t).environ(t.TempDir())...).connected(t) // topics are sections: no question is asked
	for _, s := range p.sections[:6] {                                            // nothing rests on the last
		p.publish(s)
	}
	return p
}

// write writes the documents as they are now.
func (p *pinned) write() {
	for _, file := range []string{"east.md", "south.md"} {
		text := "# Harbours of the " + strings.TrimSuffix(file, ".md") + "\n\n"
		for _, s := range p.sections {
			if s.file == file {
				text += s.text()
			}
		}
		write(p.t, filepath.Join(p.documents, file), text)
	}
}

func (p *pinned) publish(s *shipped) {
	person := p.fake.User(moderator)
	topic := strings.TrimSuffix(s.file, ".md") + "#" + strings.ToLower(s.harbour)
	draft := p.outcome(person.Slash(s.room, "summary", discordtest.Text("topic", topic))).Message()
	p.said(person.Click(s.room, draft.ID, pressable(draft, "draft_publish")), "/channels/")
	for _, m := range p.fake.Messages(s.room) {
		if m.Pinned && strings.Contains(m.Content, s.harbour) {
			s.message = m.ID
		}
	}
	if s.message == "" {
		p.t.Fatalf("%s is not pinned\n%s", s.harbour, p.life.log)
	}
}

func (p *pinned) outcome(i *discordtest.Interaction) discordtest.Outcome {
	p.t.Helper()
	return outcome(p.t.Context(), p.t, i, p.life.log)
}

// said waits until the reply to an interaction says something.
func (p *pinned) said(i *discordtest.Interaction, what string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), longest)
	defer cancel()
	o, err := i.WaitUntil(ctx, func(o discordtest.Outcome) bool { return strings.Contains(shown(o.Message()), what) })
	if err != nil {
		p.t.Fatalf("%v: the reply is %q, not %q\n%s", err, shown(o.Message()), what, p.life.log)
	}
}

// change is a sentence whose figure became another.
type change struct {
	section   *shipped
	line      int // from 1
	was, here int
}

// round changes some figures, reloads, looks at what went stale, and updates it.
func (p *pinned) round() {
	var changes []change
	for range p.random.IntN(4) {
		s, i := p.sections[p.random.IntN(len(p.sections))], p.random.IntN(len(cargo()))
		if slices.ContainsFunc(changes, func(c change) bool { return c.section == s && c.line == i+1 }) {
			continue
		}
		was := s.figures[i]
		s.figures[i] = 100 + (was-100+1+p.random.IntN(899))%900 // another one
		changes = append(changes, change{s, i + 1, was, s.figures[i]})
	}
	p.write()
	before := p.fake.Messages(p.log)
	p.life.signal(p.t, syscall.SIGHUP)
	p.loaded++
	await(p.t, "the reload", p.life.log, func() bool { return strings.Count(p.life.log.String(), "msg=reloaded") == p.loaded })
	card := p.fake.Messages(p.log)[len(before):]
	affected := p.compare(changes, card)
	if len(affected) == 0 {
		p.untouched++
		return
	}
	p.stale += len(affected)
	p.update(affected, card[len(card)-1])
	p.compare(nil, nil)
	for _, s := range affected {
		m, ok := p.fake.Message(s.room, s.message)
		for i, what := range cargo() {
			if want := fmt.Sprintf("%s shipped %d tonnes of %s", s.harbour, s.figures[i], what); !ok || !m.Pinned || !strings.Contains(m.Content, want) {
				p.t.Errorf("the pin, there: %t, pinned: %t, does not say %q, but\n%s", ok, m.Pinned, want, m.Content)
			}
		}
	}
}

// compare holds that exactly the pins of changed sections are stale, and that the card tells exactly of the changes. It returns these sections.
func (p *pinned) compare(changes []change, card []discordtest.Message) []*shipped {
	p.t.Helper()
	var affected []*shipped
	var text strings.Builder
	for _, m := range card {
		text.WriteString(m.Content + "\n")
	}
	told := 0
	for _, c := range changes {
		if c.section.message == "" {
			continue
		}
		if !slices.Contains(affected, c.section) {
			affected = append(affected, c.section)
		}
		told++
		row := fmt.Sprintf("Line %d, only figures changed: %d tonnes → %d tonnes.", c.line, c.was, c.here)
		if block := blockOf(text.String(), c.section.harbour); !strings.Contains(block, row) {
			p.t.Errorf("%q is not said of %s in\n%s\n%s", row, c.section.harbour, text.String(), p.life.log)
		}
	}
	if n := strings.Count(text.String(), "Line "); n != told {
		p.t.Errorf("the card tells of %d lines, %d changed:\n%s", n, told, text.String())
	}
	s := p.opened(p.t)
	defer closed(p.t, s)
	pins, err := s.Pins(p.t.Context(), p.server())
	if err != nil || len(pins) != 6 {
		p.t.Fatalf("%d pins, %v", len(pins), err)
	}
	for _, pin := range pins {
		stale := slices.ContainsFunc(affected, func(s *shipped) bool { return store.Message(s.message) == pin.Message })
		if stale != (pin.State == store.PinStale) || !stale && pin.State != store.PinFresh {
			p.t.Errorf("pin %q is %s, its sources have changed: %t", pin.Topic, pin.State, stale)
		}
	}
	return affected
}

// blockOf is what a card says of one pin: from its topic to the next one.
func blockOf(card, topic string) string {
	_, block, _ := strings.Cut(card, "**"+topic+"**")
	block, _, _ = strings.Cut(block, "\n**")
	return block
}

// update presses Update for each pin of a card, or once for all.
func (p *pinned) update(affected []*shipped, card discordtest.Message) {
	person := p.fake.User(moderator)
	if button := pressable(card, "pin_figures"); button != "" && p.random.IntN(2) == 0 {
		p.together += len(affected)
		p.said(person.Click(p.log, card.ID, button), "pdated")
		return
	}
	if button := pressable(card, "pin_update"); button != "" {
		p.said(person.Click(p.log, card.ID, button), "pdated")
		return
	}
	s := p.opened(p.t)
	defer closed(p.t, s)
	for _, one := range affected {
		pin, err := s.PinByMessage(p.t.Context(), p.server(), store.Message(one.message))
		if err != nil {
			p.t.Fatal(err)
		}
		card, _ = p.fake.Message(p.log, card.ID)
		if button := pressable(card, "pin_update"); button != "" { // the last one
			p.said(person.Click(p.log, card.ID, button), "pdated")
			continue
		}
		shown := p.outcome(person.Select(p.log, card.ID, pressable(card, "pin_card"), string(pin.ID))).Message()
		p.said(person.Click(p.log, shown.ID, pressable(shown, "pin_update")), "pdated")
	}
}
