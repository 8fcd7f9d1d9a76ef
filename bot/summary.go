package bot

import (
	"cmp"
	"context"
	"slices"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// mostLines is how many lines a summary has to begin with; more can be written by hand.
const mostLines = 12

// summary drafts a summary of a topic, which only the moderator sees until it is published.
func (b *Bot) summary(ctx context.Context, r Request) (Reply, error) {
	topic := r.Option("topic")
	hidden, err := b.hiddenIn(ctx, r.Server())
	if err != nil {
		return Reply{}, err
	}
	locale := pinLocale(r)
	d := store.Draft{
		Server: r.Server(), Author: r.Person(), Channel: store.Channel(r.Channel.ID),
		Language: string(locale), Edition: r.Edition.Name, Mode: string(rag.ModeQuotes), Topic: topic,
	}
	if section, ok := sectionIn(r.Edition.Base, knowledge.SectionID(topic), locale.Lang()); ok {
		d.Topic = b.written(locale, section.Heading)
		d.Lines = b.quoted(locale, r.Edition.Base, hidden, place{section.ID, section.Lang})
		topic = cmp.Or(firstOf(section.Asks), section.Heading)
		if !b.mayWord(r) {
			return b.newDraft(ctx, r, d)
		}
	}
	answer, err := r.Edition.Answerer.Answer(ctx, rag.Question{
		Text: topic, Lang: locale.Lang(), Asker: string(r.Person()), Server: string(r.Server()), Quotes: !b.mayWord(r), Withheld: hidden,
	})
	if err != nil {
		return Reply{}, err
	}
	told := answer.Outcome == rag.Answered || answer.Outcome == rag.Positions
	switch {
	case told && (answer.Mode == rag.ModeModel || answer.Outcome == rag.Positions):
		d.Mode, d.Model, d.Language = string(answer.Mode), answer.Model, string(phrase.ForLang(answer.AnswerLanguage))
		d.Lines = claimLines(answer, r.Edition.Base)
	case len(d.Lines) > 0: // the section that was chosen
	case told:
		d.Lines = b.quoted(locale, r.Edition.Base, hidden, citedSections(answer, r.Edition.Base, locale.Lang())...)
	}
	return b.newDraft(ctx, r, d)
}

// mayWord reports whether a language model may word the summaries of a server.
func (b *Bot) mayWord(r Request) bool {
	return r.Edition.Answerer.Model != nil && !b.policy().Servers.NoModel && r.Settings.UseModel.Is(true)
}

// newDraft saves a draft and shows it; a topic on which there is nothing to say makes none.
func (b *Bot) newDraft(ctx context.Context, r Request, d store.Draft) (Reply, error) {
	if len(d.Lines) == 0 {
		return private(r.Say("summary.nothing", phrase.Text("topic", markup.Clip(d.Topic, 100)))).as("refused"), nil
	}
	d.AsOf = newestOf(d.Lines, r.Edition.Base)
	d, err := b.store.SaveDraft(ctx, d)
	if err != nil {
		return Reply{}, err
	}
	return b.showDraft(r, d), nil
}

// quoted makes a line of each sentence of sections. Where it tells one side of a dispute, the other sides are told, too.
func (b *Bot) quoted(l phrase.Locale, base *knowledge.Base, hidden map[string]bool, at ...place) []store.PinLine {
	var out []store.PinLine
	told := map[string]bool{}
	all := &sections{base, map[place][]knowledge.Passage{}}
	add := func(p knowledge.Passage) {
		if !hidden[p.Hash] && !told[p.Hash] {
			told[p.Hash] = true
			out = append(out, store.PinLine{Text: b.written(l, p.Text), Citations: []store.PinCite{wholly(p)}})
		}
	}
	for _, where := range at {
		for _, p := range all.at(where) {
			if len(out) < mostLines {
				add(p)
			}
		}
	}
	for _, dispute := range b.Edition().Answerer.Disputes {
		for _, p := range untold(base, dispute, told) {
			add(p)
		}
	}
	return out
}

// untold returns, for the sides of a dispute that nothing is told of while another is, a passage in the language of that other.
func untold(base *knowledge.Base, d knowledge.Dispute, told map[string]bool) []knowledge.Passage {
	var lang text.Lang
	for _, p := range base.Passages() {
		if told[p.Hash] && slices.ContainsFunc(d.Sides, func(s knowledge.Side) bool { return slices.Contains(s.Hashes, p.Hash) }) {
			lang = p.Lang
			break
		}
	}
	if lang == "" {
		return nil
	}
	var out []knowledge.Passage
	for _, side := range d.Sides {
		if slices.ContainsFunc(side.Hashes, func(h string) bool { return told[h] }) {
			continue
		}
		all := base.Passages()
		at := slices.IndexFunc(all, func(p knowledge.Passage) bool { return p.Lang == lang && slices.Contains(side.Hashes, p.Hash) })
		if at >= 0 {
			out = append(out, all[at])
		}
	}
	return out
}

// claimLines are the claims of an answer with what they cite.
func claimLines(a rag.Answer, base *knowledge.Base) []store.PinLine {
	out := make([]store.PinLine, 0, len(a.Claims))
	for _, claim := range a.Claims {
		line := store.PinLine{Text: claim.Text}
		for _, c := range a.Citations {
			if !slices.Contains(claim.Citations, c.N) {
				continue
			}
			if p, ok := base.Passage(c.Passage); ok {
				line.Citations = append(line.Citations, pinCite(p, text.Span{Start: c.Start - p.Start, End: c.End - p.Start}))
			}
		}
		out = append(out, line)
	}
	return out
}

// citedSections are the first two sections that an answer cites, in the best language for a reader.
func citedSections(a rag.Answer, base *knowledge.Base, reader text.Lang) []place {
	var out []place
	for _, c := range a.Citations {
		at := place{c.Section, c.Lang}
		if section, ok := sectionIn(base, c.Section, reader); ok {
			at.lang = section.Lang
		}
		if !slices.Contains(out, at) && len(out) < 2 {
			out = append(out, at)
		}
	}
	return out
}

// newestOf is the newest date that lines speak of.
func newestOf(lines []store.PinLine, base *knowledge.Base) string {
	newest := ""
	now := compareWith(base, nil)
	for _, line := range lines {
		for _, cite := range line.Citations {
			if p, ok := now.standing(cite); ok {
				newest = max(newest, p.AsOf)
			}
		}
	}
	return newest
}

// pinLocale is the language of what is pinned in the channel of a request: the channel's, the server's, else the moderator's own.
func pinLocale(r Request) phrase.Locale {
	for _, c := range []discord.ChannelID{r.Channel.ID, r.Channel.Parent} {
		if l := r.Settings.Languages[store.Channel(c)]; l != "" {
			return phrase.ForDiscord(l)
		}
	}
	if r.Settings.Language != "" {
		return phrase.ForDiscord(r.Settings.Language)
	}
	return r.Locale
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
