package bot

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

// sources shows what the bot answers from: the documents, their sources and the mix of these, how the documents were written, and what
// this server has hidden or noted.
func (b *Bot) sources(ctx context.Context, r Request) (Reply, error) {
	body, err := b.sourcesBody(ctx, r, 0)
	return Reply{Body: body}, err
}

// sourcesPage turns to another page.
func (b *Bot) sourcesPage(ctx context.Context, r Request) (Reply, error) {
	page, err := strconv.Atoi(r.Arg(0))
	if err != nil {
		page = 0
	}
	body, err := b.sourcesBody(ctx, r, page)
	return Reply{Body: body, Update: true}, err
}

func (b *Bot) sourcesBody(ctx context.Context, r Request, page int) (discord.Body, error) {
	lines := b.aboutLines(r)
	here, err := b.hereLines(ctx, r)
	if err != nil {
		return discord.Body{}, err
	}
	lines = append(append(append(lines, here...), ""), b.documentsLines(r)...)
	pages := markup.Split(strings.Join(lines, "\n"), markup.Plain().Without(strings.Repeat("x", 40)))
	page = max(0, min(page, len(pages)-1))
	body := discord.Body{Content: pages[page], Private: true}
	if len(pages) == 1 {
		return body, nil
	}
	body.Content += "\n" + r.Say("sources.page", phrase.Count("n", page+1), phrase.Count("of", len(pages)))
	turn := func(label string, to int) discord.Component {
		return discord.Button{
			Style: discord.Secondary, Label: r.Say(label), CustomID: customID("sources", strconv.Itoa(to), label[len("sources."):]),
			Disabled: to < 0 || to >= len(pages),
		}
	}
	body.Components = []discord.Component{discord.ActionRow{Components: []discord.Component{
		turn("sources.back", page-1), turn("sources.on", page+1),
	}}}
	return body, nil
}

// aboutLines say what the documents are, how they were written and what they rest on.
func (b *Bot) aboutLines(r Request) []string {
	documents := r.Edition.documents(r.Locale)
	sections := 0
	kinds, countries := map[string]int{}, map[string]int{}
	total := 0
	seen := map[string]bool{}
	for _, d := range documents {
		sections += len(d.Sections)
		for _, s := range d.Sources {
			if name := s.URL + "\n" + s.Publisher + "\n" + s.Title; !seen[name] {
				seen[name] = true
				kinds[s.Kind]++
				countries[s.Country]++
				total++
			}
		}
	}
	lines := []string{
		r.Say("sources.title", phrase.Text("edition", r.Edition.Name)),
		r.Say("sources.counts", phrase.Count("documents", len(documents)), phrase.Count("sections", sections), phrase.Count("sources", total)),
	}
	if newest := r.Edition.Base.NewestAsOf(); newest != "" {
		lines = append(lines, r.Say("sources.newest", phrase.Text("date", b.dateWords(r.Locale, newest))))
	}
	lines = append(lines, r.Say("sources.kinds", phrase.Markup("mix", b.mix(r, kinds, func(kind string) string { return b.kindName(r.Locale, kind, "") }))))
	lines = append(lines, r.Say("sources.countries", phrase.Markup("mix", b.mix(r, countries, func(c string) string { return b.countryName(r.Locale, c) }))))
	return append(lines, r.Say("sources.written"))
}

// mix lists counted names, the largest first.
func (b *Bot) mix(r Request, counts map[string]int, name func(string) string) string {
	keys := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), strings.Compare(x, y))
	})
	var out []string
	for _, key := range keys {
		shown := name(key)
		if shown == "" {
			shown = r.Say("sources.unknown")
		}
		out = append(out, fmt.Sprintf("%s %d", shown, counts[key]))
	}
	return strings.Join(out, ", ")
}

// countryName is a country as a reader calls it; "" where it is unknown.
func (b *Bot) countryName(l phrase.Locale, country string) string {
	switch country {
	case "":
		return ""
	case "INT":
		return b.phrases.Say(l, "sources.international")
	}
	region, err := language.ParseRegion(country)
	if err != nil {
		return markup.Escape(country)
	}
	return display.Regions(language.Make(string(l))).Name(region)
}

// hereLines say what this server has hidden and noted: its members can see that.
func (b *Bot) hereLines(ctx context.Context, r Request) ([]string, error) {
	if r.Guild == "" {
		return nil, nil
	}
	hides, err := b.store.Hides(ctx, r.Server())
	if err != nil {
		return nil, err
	}
	notes, err := b.store.Notes(ctx, r.Server())
	if err != nil {
		return nil, err
	}
	if !r.Settings.Notes.Is(true) {
		notes = nil
	}
	notes = slices.DeleteFunc(notes, func(n store.Note) bool { return !n.IsApproved() })
	if len(hides)+len(notes) == 0 {
		return []string{"", r.Say("sources.nothing_here")}, nil
	}
	lines := []string{""}
	for _, h := range hides {
		lines = append(lines, r.Say("sources.hidden_here", phrase.Markup("since", markup.Time(h.At, "D")),
			phrase.Markup("until", untilTime(r.book, r.Locale, h))))
		lines = append(lines, b.hiddenLines(r.Locale, h.Passages, r.Edition)...)
	}
	for _, n := range notes {
		lines = append(lines, "- **"+markup.Escape(b.noteName(r.Locale, n, r.Edition))+"** "+b.noteLine(r.Locale, n))
	}
	return lines, nil
}

// documentsLines list the sources, each with the documents that rest on it: those of most documents first.
func (b *Bot) documentsLines(r Request) []string {
	rest := map[string][]string{}
	for _, d := range r.Edition.documents(r.Locale) {
		title := markup.Escape(b.written(r.Locale, d.Title))
		for _, s := range d.Sources {
			if line := b.sourceName(r.Locale, s); !slices.Contains(rest[line], title) {
				rest[line] = append(rest[line], title)
			}
		}
	}
	order := slices.SortedFunc(maps.Keys(rest), func(x, y string) int {
		return cmp.Or(cmp.Compare(len(rest[y]), len(rest[x])), strings.Compare(x, y))
	})
	var lines []string
	for _, line := range order {
		lines = append(lines, "- "+line+"; "+r.Say("sources.rests", phrase.Markup("documents", strings.Join(rest[line], ", "))))
	}
	return lines
}
