package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

const (
	longestContext = 400 // of a sentence beside a quotation, in code points
	shownFigures   = 6
)

// evidence shows what the sentences of an answer rest on: the words in their place, who says it, where to read it, and which figures
// to look for there.
func (b *Bot) evidence(ctx context.Context, r Request) (Reply, error) {
	answer, lapsed, err := b.answerOf(ctx, r)
	if err != nil || lapsed != nil {
		return orNothing(lapsed), err
	}
	hidden, err := b.hiddenIn(ctx, r.Server())
	if err != nil {
		return Reply{}, err
	}
	blocks := []string{r.Say("evidence.wording")}
	for i, cited := range answer.Passages {
		blocks = append(blocks, b.evidenceOf(r, i+1, cited, hidden))
	}
	parts := markup.Split(strings.Join(blocks, "\n\n"), markup.Plain())
	reply := private(parts[0])
	for _, part := range parts[1:] {
		reply.More = append(reply.More, discord.Body{Content: part, Private: true})
	}
	return reply, nil
}

// evidenceOf shows one citation.
func (b *Bot) evidenceOf(r Request, n int, cited store.AnswerPassage, hidden map[string]bool) string {
	number := "**" + strconv.Itoa(n) + "**" // alone where nothing can be shown
	if hidden[cited.Hash] {
		return number + " " + r.Say("evidence.hidden")
	}
	base := r.Edition.Base
	p, ok := passageByHash(base, cited)
	if !ok || cited.Start < 0 || cited.End > len(p.Text) || cited.Start >= cited.End {
		return number + " " + r.Say("evidence.changed")
	}
	quote := p.Text[cited.Start:cited.End]
	heading := markup.Escape(markup.Clip(b.written(r.Locale, p.Title+" › "+p.Heading), longestHeading))
	lines := []string{"**" + strconv.Itoa(n) + " " + heading + "**", b.inContext(r.Locale, base, p, cited, hidden)}
	lines = append(lines, b.sayers(r.Locale, base, p)...)
	if figures := figuresOf(quote, p.Lang); len(figures) > 0 {
		for i := range figures {
			figures[i] = markup.Escape(b.written(r.Locale, figures[i]))
		}
		lines = append(lines, r.Say("evidence.figures", phrase.Markup("figures", strings.Join(figures, " · "))))
	}
	return strings.Join(lines, "\n")
}

// inContext is a quotation between the sentences beside it, as far as these are not hidden.
func (b *Bot) inContext(l phrase.Locale, base *knowledge.Base, p knowledge.Passage, cited store.AnswerPassage, hidden map[string]bool) string {
	shown := func(s string) string { return markup.Escape(markup.Clip(b.written(l, s), longestContext)) }
	quote := "**" + markup.Escape(b.written(l, p.Text[cited.Start:cited.End])) + "**"
	section, err := base.Section(p.Section, p.Lang)
	if err != nil {
		return "> " + quote
	}
	var before, after string
	start, end := p.Start+cited.Start, p.Start+cited.End
	for _, s := range section.Sentences {
		switch {
		case isHidden(base, section, s.Span, hidden):
		case s.End <= start:
			before = shown(s.In(section.Text)) + " "
		case s.Start >= end && after == "":
			after = " " + shown(s.In(section.Text))
		}
	}
	return "> " + before + quote + after
}

// isHidden reports whether a part of a section belongs to a hidden passage.
func isHidden(base *knowledge.Base, section knowledge.Section, span text.Span, hidden map[string]bool) bool {
	if len(hidden) == 0 {
		return false
	}
	return slices.ContainsFunc(base.Passages(), func(p knowledge.Passage) bool {
		return hidden[p.Hash] && p.Section == section.ID && p.Lang == section.Lang && p.Start < span.End && span.Start < p.End
	})
}

// sayers are lines with who says it, the part of the source, and where to read it.
func (b *Bot) sayers(l phrase.Locale, base *knowledge.Base, p knowledge.Passage) []string {
	doc, ok := base.Document(p.Document, p.Lang)
	if !ok || b.policy().Links.Mode == linksOff {
		return nil
	}
	var lines []string
	for _, ref := range p.Refs {
		line := b.phrases.Say(l, "evidence.says", phrase.Markup("who", b.sayer(l, p, rag.ViewSource(doc.Sources[ref.Source], ref.Section))))
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

func (b *Bot) sayer(l phrase.Locale, p knowledge.Passage, s rag.SourceView) string {
	parts := []string{b.publisher(l, rag.Citation{Document: p.Document, Lang: p.Lang}, s)}
	title := markup.Label(markup.Clip(s.Title, longestHeading))
	linked := b.policy().Links.Mode != linksTitles && b.mayLink(s.URL)
	if linked {
		title = markup.Link(title, s.URL)
	}
	if title != "" {
		parts = append(parts, title)
	}
	if s.Published != "" {
		parts = append(parts, markup.Escape(b.published(l, s.Published)))
	}
	if s.Section != "" {
		parts = append(parts, b.phrases.Say(l, "evidence.part", phrase.Text("part", markup.Clip(s.Section, longestHeading))))
	}
	if s.Archived != "" && linked && b.mayLink(s.Archived) {
		parts = append(parts, markup.Link(b.phrases.Say(l, "evidence.archived"), s.Archived))
	}
	return strings.Join(parts, ", ")
}

// figuresOf are the numbers and dates of a quotation as written, by which its place in the source is found.
func figuresOf(quote string, lang text.Lang) []string {
	var out []string
	for _, v := range text.Values(quote, lang) {
		figure := v.In(quote)
		if v.Small() && v.Kind != text.Year && v.Kind != text.Date || slices.Contains(out, figure) {
			continue
		}
		if out = append(out, figure); len(out) == shownFigures {
			break
		}
	}
	return out
}
