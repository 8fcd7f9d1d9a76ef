package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
	"amur/rag"
)

// shownQuestion is how much of a question stands above its answer, in code points.
const shownQuestion = 200

// inquiry is a question with all that bears on its answer, however it came: by a command, a form or a mention.
type inquiry struct {
	asker    asker
	edition  *Edition
	question string
	history  []rag.Turn
	lang     text.Lang         // of the answer where the question does not tell; empty for none
	asking   discord.MessageID // the message that asks; empty where there is none
	private  bool              // the asker wants it so
	hidden   bool              // the question is not shown above its answer: the answer replies to it
}

func (in inquiry) server() store.Server { return store.Server(in.asker.guild) }

// inquire makes an inquiry of a request.
func (b *Bot) inquire(r Request, question string) inquiry {
	in := inquiry{asker: from(r), edition: r.Edition, question: question, private: r.Option("private") == "true"}
	in.lang = fallbackLanguage(r.Settings, r.Channel, r.Locale)
	if chosen := r.Option("language"); chosen != "" {
		in.lang = phrase.ForDiscord(chosen).Lang()
	}
	return in
}

// fallbackLanguage is the language to answer in where a question does not tell: that of the channel, of the server, or of the asker.
func fallbackLanguage(s store.Settings, c discord.Channel, asker phrase.Locale) text.Lang {
	for _, chosen := range []string{s.Languages[store.Channel(c.ID)], s.Languages[store.Channel(c.Parent)], s.Language} {
		if chosen != "" {
			return phrase.ForDiscord(chosen).Lang()
		}
	}
	return asker.Lang()
}

// asRag is the question as package rag takes it.
func (in inquiry) asRag(withheld map[string]bool) rag.Question {
	return rag.Question{
		Text: in.question, History: in.history, Lang: in.lang, Withheld: withheld,
		Asker: string(in.asker.member.User.ID), Server: string(in.asker.guild),
	}
}

// quotes answers in quotations, which takes milliseconds and decides the outcome.
func (b *Bot) quotes(ctx context.Context, in inquiry) (rag.Answer, error) {
	withheld, err := b.hiddenIn(ctx, in.server())
	if err != nil {
		return rag.Answer{}, err
	}
	q := in.asRag(withheld)
	q.Quotes = true
	return in.edition.Answerer.Answer(ctx, q)
}

// tells reports whether an answer tells something of the documents; the others are refusals and talk.
func tells(ans rag.Answer) bool {
	return (ans.Outcome == rag.Answered || ans.Outcome == rag.Positions) && len(ans.Claims) > 0
}

// words reports whether the language model may word answers to an inquiry.
func (b *Bot) words(in inquiry) bool {
	if in.edition.Answerer.Model == nil {
		return false
	}
	if in.asker.guild == "" {
		return b.policy().DM == DMFull
	}
	return !b.policy().Servers.NoModel && in.asker.settings.UseModel.Is(true)
}

// sheet of an answer: page puts an answer together as people see it. Addresses are shown as mode says.
func (b *Bot) page(in inquiry, ans rag.Answer, notes []string, mode string) page {
	l := phrase.ForLang(ans.AnswerLanguage)
	p := page{heading: b.phrases.Say(l, "answer.sources"), flowing: ans.Mode == rag.ModeModel}
	if !in.hidden {
		p.question = markup.Escape(markup.Clip(markup.Bare(in.question), shownQuestion))
	}
	if ans.Outcome == rag.Positions {
		p.lead = append(p.lead, b.phrases.Say(l, "answer.positions"))
	}
	for _, line := range []string{ans.Note, ans.Frame()} {
		if line != "" {
			p.lead = append(p.lead, markup.Escape(line))
		}
	}
	for _, c := range ans.Claims {
		p.claims = append(p.claims, b.claim(l, c, ans.Citations))
	}
	if line := b.asOf(l, ans); line != "" {
		p.below = append(p.below, line)
	}
	for _, d := range ans.Disputes {
		p.below = append(p.below, markup.Escape(d.Note)+" "+marks(d.Citations))
	}
	p.sources = b.numbered(l, ans.Citations, mode)
	p.bare = b.numbered(l, ans.Citations, linksTitles)
	p.foot = append([]string{b.spoke(l, ans, in.edition)}, notes...)
	return p
}

// claim is a sentence with its numbers; one that rests on state media alone says so itself.
func (b *Bot) claim(l phrase.Locale, c rag.Claim, citations []rag.Citation) string {
	var cited []rag.Citation
	for _, n := range c.Citations {
		if n >= 1 && n <= len(citations) {
			cited = append(cited, citations[n-1])
		}
	}
	sentence := markup.Escape(c.Text)
	if who, only := onlyStateMedia(cited); only && !namesAny(c.Text, who) {
		for i := range who {
			who[i] = markup.Escape(b.written(l, who[i]))
		}
		sentence = b.phrases.Say(l, "answer.according",
			phrase.Markup("who", strings.Join(who, ", ")), phrase.Count("n", len(who)), phrase.Markup("sentence", sentence))
	}
	return sentence + " " + marks(c.Citations)
}

// namesAny reports whether a sentence names one of those who say it.
func namesAny(sentence string, who []string) bool {
	for _, name := range who {
		if strings.Contains(strings.ToLower(sentence), strings.ToLower(name)) {
			return true
		}
	}
	return false
}

// asOf says of which time the sentences are that name no year themselves; empty where all do.
func (b *Bot) asOf(l phrase.Locale, ans rag.Answer) string {
	var dates []string
	numbers := map[string][]int{}
	for _, c := range ans.Citations {
		year, _, _ := strings.Cut(c.AsOf, "-")
		if year == "" || saysYear(ans.Claims, c.N, year) {
			continue
		}
		if numbers[c.AsOf] == nil {
			dates = append(dates, c.AsOf)
		}
		numbers[c.AsOf] = append(numbers[c.AsOf], c.N)
	}
	if len(dates) == 0 {
		return ""
	}
	for i, date := range dates {
		dates[i] = markup.Escape(b.dateWords(l, date)) + " " + marks(numbers[date])
	}
	return b.phrases.Say(l, "answer.as_of", phrase.Markup("dates", strings.Join(dates, ", ")))
}

// saysYear reports whether all sentences that cite a number name a year.
func saysYear(claims []rag.Claim, number int, year string) bool {
	return !slices.ContainsFunc(claims, func(c rag.Claim) bool {
		return slices.Contains(c.Citations, number) && !strings.Contains(c.Text, year)
	})
}

// spoke says which machine spoke.
func (b *Bot) spoke(l phrase.Locale, ans rag.Answer, e *Edition) string {
	if ans.Mode == rag.ModeModel {
		return b.phrases.Say(l, "answer.worded", phrase.Text("model", ans.Model), phrase.Text("edition", e.Name))
	}
	return b.phrases.Say(l, "answer.quoted", phrase.Text("edition", e.Name))
}

// told notes that a question was answered or not: for the counts of its server, for its insights where they are on, and for metrics. alone
// says that the asker alone has the answer: insights keep no such question.
func (b *Bot) told(ctx context.Context, in inquiry, ans rag.Answer, alone bool, took time.Duration) {
	b.observe(Event{Kind: "answer", Answer: &ans, Took: took})
	if b.content {
		b.log.DebugContext(ctx, "answered", "question", in.question, "answer", ans.Text, "guild_id", in.server())
	}
	server := in.server()
	if server == "" {
		return
	}
	counts := []string{"asked"}
	if ans.Outcome == rag.Refused {
		counts = append(counts, "refused")
	}
	for _, what := range counts {
		if err := b.store.Count(ctx, server, what); err != nil {
			b.log.WarnContext(ctx, "question not counted", "err", err, "guild_id", server)
		}
	}
	a := in.asker
	if alone || in.private || !a.settings.Insights || ans.Outcome == rag.Care || !speaksIn(a.settings, a.channel) || !b.readByAll(ctx, a.guild, a.channel) {
		return
	}
	err := b.store.AddQuestion(ctx, store.Question{
		Server: server, Text: in.question, Asker: store.Member(a.member.User.ID), Outcome: string(ans.Outcome), Language: string(ans.Language),
	})
	if err != nil {
		b.log.WarnContext(ctx, "question not kept for insights", "err", err, "guild_id", server)
	}
}
