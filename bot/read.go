package bot

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/knowledge"
	"amur/rag"
)

// read shows a section with the sources of each of its sentences, or what a document holds.
func (b *Bot) read(ctx context.Context, r Request) (Reply, error) {
	found := b.find(b.readingPlaces(r.Edition, r.Locale, true), r.Option("what"))
	if len(found) == 0 || strings.TrimSpace(r.Option("what")) == "" {
		return private(r.Say("read.not_found")).as("refused"), nil
	}
	at := found[0]
	if at.Section == "" {
		return inParts(b.documentLines(r, at.Document)), nil
	}
	lines, err := b.sectionLines(ctx, r, at)
	if err != nil {
		return Reply{}, err
	}
	return inParts(lines), nil
}

// documentLines list the sections of a document, with the ids by which they are read.
func (b *Bot) documentLines(r Request, id knowledge.DocumentID) []string {
	d, _ := r.Edition.document(id, r.Locale)
	lines := []string{"**" + markup.Escape(b.written(r.Locale, d.Title)) + "**"}
	for _, s := range d.Sections {
		lines = append(lines, "- "+markup.Escape(b.written(r.Locale, s.Heading)))
	}
	return append(lines, r.Say("read.how"), b.readFrom(r, d.Updated))
}

// readFrom says where what is read comes from.
func (b *Bot) readFrom(r Request, updated string) string {
	edition := phrase.Text("edition", r.Edition.Name)
	if updated == "" {
		return r.Say("read.edition", edition)
	}
	return r.Say("read.edition_updated", edition, phrase.Text("updated", b.dateWords(r.Locale, updated)))
}

// sectionLines are a section's sentences with the numbers of their sources, the sources, and what this server notes on it. What
// is hidden here is left out, and said to be.
func (b *Bot) sectionLines(ctx context.Context, r Request, at readingPlace) ([]string, error) {
	s, ok := r.Edition.section(at.Section, r.Locale)
	if !ok {
		return []string{r.Say("read.not_found")}, nil
	}
	d, _ := r.Edition.Base.Document(at.Document, s.Lang)
	hidden, err := b.hiddenIn(ctx, r.Server())
	if err != nil {
		return nil, err
	}
	withheld := withheldSpans(r.Edition.Base, s, hidden)
	lines := []string{"**" + markup.Escape(b.written(r.Locale, d.Title)) + " › " + markup.Escape(b.written(r.Locale, s.Heading)) + "**"}
	if s.Lang != readable(r.Locale.Lang())[0] && (r.Locale != phrase.TW || s.Lang != readable(r.Locale.Lang())[1]) {
		lines = append(lines, r.Say("read.other_language"))
	}
	var sources refList
	left := 0
	for _, paragraph := range s.Paragraphs {
		var said []string
		for _, sentence := range s.Sentences {
			if sentence.Start < paragraph.Start || sentence.Start >= paragraph.End {
				continue
			}
			if slices.ContainsFunc(withheld, func(p knowledge.Passage) bool { return p.Start < sentence.End && sentence.Start < p.End }) {
				left++
				continue
			}
			text := markup.Escape(b.written(r.Locale, s.Text[sentence.Start:sentence.End]))
			said = append(said, strings.TrimSpace(text+" "+sources.numbers(sentence.Refs)))
		}
		if len(said) > 0 {
			lines = append(lines, strings.Join(said, " "), "")
		}
	}
	if left > 0 {
		lines = append(lines, r.Say("read.hidden", phrase.Count("n", left)))
	}
	lines = append(lines, b.refLines(r, d, sources)...)
	notes, err := b.notesFor(ctx, r.Server(), []string{string(s.ID)}, r.Locale)
	if err != nil {
		return nil, err
	}
	return append(append(lines, notes...), b.readFrom(r, d.Updated)), nil
}

// withheldSpans are the passages of a section that are hidden.
func withheldSpans(base *knowledge.Base, s knowledge.Section, hidden map[string]bool) []knowledge.Passage {
	if len(hidden) == 0 {
		return nil
	}
	var out []knowledge.Passage
	for _, p := range base.Passages() {
		if p.Section == s.ID && p.Lang == s.Lang && hidden[p.Hash] {
			out = append(out, p)
		}
	}
	return out
}

// refList numbers sources in the order in which they are met.
type refList []knowledge.Ref

// numbers returns the numbers of sources as they stand behind a sentence.
func (l *refList) numbers(refs []knowledge.Ref) string {
	var out []string
	for _, ref := range refs {
		n := slices.Index(*l, ref)
		if n < 0 {
			n = len(*l)
			*l = append(*l, ref)
		}
		out = append(out, "["+strconv.Itoa(n+1)+"]")
	}
	return strings.Join(out, " ")
}

// refLines list the sources under their numbers.
func (b *Bot) refLines(r Request, d knowledge.Document, refs refList) []string {
	var lines []string
	for i, ref := range refs {
		line := strconv.Itoa(i+1) + " " + b.sourceName(r.Locale, d.Sources[ref.Source])
		if ref.Section != "" && b.policy().Links.Mode != "off" {
			line += " § " + markup.Escape(markup.Clip(ref.Section, 100))
		}
		lines = append(lines, line)
	}
	return lines
}

// sourceName names a source: who says it, what, when and of which kind, with its address where those are shown.
func (b *Bot) sourceName(l phrase.Locale, s knowledge.Source) string {
	view := rag.ViewSource(s, "")
	title := markup.Label(markup.Clip(cmp.Or(view.Title, view.Publisher, string(s.Key)), 150))
	if b.policy().Links.Mode == "" || b.policy().Links.Mode == "all" {
		if b.mayLink(view.URL) {
			title = markup.Link(title, view.URL)
		}
	}
	name := title
	if view.Publisher != "" && view.Title != "" {
		name = markup.Escape(markup.Clip(view.Publisher, 80)) + ", " + title
	}
	if s.Published != "" {
		name += ", " + markup.Escape(b.published(l, s.Published))
	}
	if kind := b.kindName(l, s.Kind, s.Country); kind != "" {
		name += " (" + kind + ")"
	}
	return name
}

// kindName says of which kind a source is, and from where.
func (b *Bot) kindName(l phrase.Locale, kind, country string) string {
	name := markup.Escape(kind)
	if key := "sources.kind." + strings.ReplaceAll(kind, " ", "_"); b.phrases.Has(key) {
		name = b.phrases.Say(l, key)
	}
	return strings.Trim(name+", "+b.countryName(l, country), ", ")
}
