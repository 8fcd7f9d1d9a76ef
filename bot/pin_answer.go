package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
	"amur/rag"
)

// pinAnswer pins an answer of the bot and remembers what its sentences rest on. A public answer in one message is pinned as it is;
// any other becomes a draft to publish.
func (b *Bot) pinAnswer(ctx context.Context, r Request) (Reply, error) {
	if r.Target == nil || r.Target.Author.ID != b.discord.Application().User.ID {
		return private(r.Say("pin.not_mine")).as("refused"), nil
	}
	message := store.Message(r.Target.ID)
	if p, err := b.store.PinByMessage(ctx, r.Server(), message); err == nil && p.State != store.PinLost {
		return private(r.Say("pin.already", phrase.Markup("link", messageLink(p.Server, p.Channel, p.Message)))).as("refused"), nil
	}
	answer, err := b.answerIn(ctx, r.Server(), *r.Target)
	if err == nil && !slices.Contains(answer.Messages, message) { // it was sent a moment ago and is not noted yet
		answer.Messages = append(answer.Messages, message)
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		return private(r.Say("pin.not_answer")).as("refused"), nil
	case err != nil:
		return Reply{}, err
	case len(answer.Passages) == 0 || answer.Outcome != string(rag.Answered) && answer.Outcome != string(rag.Positions):
		return private(r.Say("pin.no_claims")).as("refused"), nil
	}
	locale := answerLocale(answer)
	lines := b.answerLines(ctx, r, answer, locale)
	hidden, err := b.hiddenIn(ctx, r.Server())
	if err != nil {
		return Reply{}, err
	}
	whole := len(lines)
	lines = slices.DeleteFunc(compareWith(r.Edition.Base, nil).lines(lines, hidden), func(line store.PinLine) bool { return line.Stale })
	if len(lines) == 0 {
		return private(r.Say("pin.outdated")).as("refused"), nil
	}
	p := store.Pin{
		Server: r.Server(), Channel: store.Channel(r.Channel.ID), Language: string(locale),
		Topic: b.topicOf(locale, r.Edition.Base, lines[0].Citations[0].Section), Edition: r.Edition.Name,
		AsOf: newestOf(lines, r.Edition.Base), Mode: answer.Mode, Lines: lines, PublishedBy: r.Person(),
	}
	if p.Mode == string(rag.ModeModel) && r.Edition.Answerer.Model != nil {
		p.Model = r.Edition.Answerer.Model.Name
	}
	if answer.Private || len(answer.Messages) > 1 || len(lines) < whole {
		return b.newDraft(ctx, r, store.Draft{
			Server: p.Server, Author: r.Person(), Channel: p.Channel, Language: p.Language, Edition: p.Edition, Mode: p.Mode,
			Model: p.Model, Topic: p.Topic, Lines: p.Lines,
		})
	}
	return b.pinThere(ctx, r, p, message)
}

// pinThere pins a message that is there already.
func (b *Bot) pinThere(ctx context.Context, r Request, p store.Pin, message store.Message) (Reply, error) {
	if lacking := lacks(r, p.Channel) &^ (discord.SendMessages | discord.SendMessagesInThreads); lacking != 0 {
		return b.sayLacking(r, lacking), nil
	}
	p, err := b.publish(ctx, p, message)
	if err != nil {
		return b.sayUnpublished(ctx, r, store.Channel(r.Channel.ID), customID("pin_room", string(message)), err)
	}
	return b.sayPinned(r, p), nil
}

// pinRoom unpins what the moderator chose to make room, and pins the answer.
func (b *Bot) pinRoom(ctx context.Context, r Request) (Reply, error) {
	if reply, err := b.makeRoom(ctx, r); reply != nil || err != nil {
		return orNothing(reply), err
	}
	target, err := b.discord.Get(ctx, r.Channel.ID, discord.MessageID(r.Arg(0)))
	if errors.Is(err, discord.ErrUnknownMessage) {
		return private(r.Say("pin.message_gone")).as("refused"), nil
	}
	if err != nil {
		return Reply{}, err
	}
	r.Target = &target
	return b.pinAnswer(ctx, r)
}

func answerLocale(a store.Answer) phrase.Locale {
	if l := phrase.Locale(a.Language); slices.Contains(phrase.Locales(), l) {
		return l
	}
	return phrase.ForLang(text.Lang(a.Language))
}

// answerLines makes the lines of an answer anew: the sentences from its messages, what they cite from its record. In quotations each
// cited span is a sentence.
func (b *Bot) answerLines(ctx context.Context, r Request, a store.Answer, l phrase.Locale) []store.PinLine {
	base := r.Edition.Base
	cites := make([]store.PinCite, len(a.Passages))
	for i, p := range a.Passages {
		cites[i] = store.PinCite{Passage: p.Passage, Hash: p.Hash, Section: p.Section, Start: p.Start, End: p.End}
		if found, ok := passageByHash(base, p); ok && 0 <= p.Start && p.Start < p.End && p.End <= len(found.Text) {
			cites[i].Quote = found.Text[p.Start:p.End]
		}
	}
	if lines := said(b.saidIn(ctx, r, a), cites); len(lines) > 0 {
		return lines
	}
	var out []store.PinLine
	if a.Mode != string(rag.ModeModel) {
		for _, cite := range cites {
			out = append(out, store.PinLine{Text: b.written(l, cite.Quote), Citations: []store.PinCite{cite}})
		}
	}
	return out
}

// saidIn are the texts of the messages of an answer, in order.
func (b *Bot) saidIn(ctx context.Context, r Request, a store.Answer) []string {
	var out []string
	for _, id := range a.Messages {
		m := *r.Target
		if id != store.Message(m.ID) {
			if a.Private {
				continue // cannot be read
			}
			var err error
			if m, err = b.discord.Get(ctx, discord.ChannelID(a.Channel), discord.MessageID(id)); err != nil {
				b.log.WarnContext(ctx, "part of answer not read", "err", err, "channel_id", a.Channel)
				continue
			}
		}
		out = append(append(out, m.Content), m.Texts...)
	}
	return out
}

// said reads sentences with the numbers of what they cite out of texts: "It grew by 5 percent. [1][3]".
func said(texts []string, cites []store.PinCite) []store.PinLine {
	var out []store.PinLine
	for _, one := range texts {
		for row := range strings.SplitSeq(one, "\n") {
			if strings.HasPrefix(row, ">") || strings.HasPrefix(row, "-#") {
				continue
			}
			out = append(out, saidInRow(row, cites)...)
		}
	}
	return out
}

func saidInRow(row string, cites []store.PinCite) []store.PinLine {
	var out []store.PinLine
	words := ""
	for row != "" {
		before, n, after, ok := cutMark(row)
		words += before
		if !ok {
			break
		}
		row = after
		if n < 1 || n > len(cites) {
			continue
		}
		sentence := strings.TrimSpace(markup.Unescape(strings.TrimLeft(words, " •-*")))
		switch {
		case sentence != "":
			out = append(out, store.PinLine{Text: sentence, Citations: []store.PinCite{cites[n-1]}})
		case len(out) > 0:
			last := &out[len(out)-1]
			last.Citations = append(last.Citations, cites[n-1])
		}
		words = ""
	}
	return out
}

// cutMark cuts a text at the first number in brackets that is not escaped.
func cutMark(s string) (before string, n int, after string, ok bool) {
	for at := 0; at < len(s); at++ {
		switch s[at] {
		case '\\':
			at++
		case '[':
			number, rest, closed := strings.Cut(s[at+1:], "]")
			if n, err := strconv.Atoi(number); closed && err == nil && !strings.HasPrefix(rest, "(") {
				return s[:at], n, rest, true
			}
		}
	}
	return s, 0, "", false
}
