package bot

import (
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/internal/store"
)

// page is a reply as people see it, before it is laid out. All its texts are markup.
type page struct {
	question string   // shown above, one line; empty for none
	lead     []string // lines before the sentences
	claims   []string // sentences with the numbers of their citations
	flowing  bool     // the claims are one text; otherwise each has a line of its own
	below    []string // lines after them: dates, disputes
	heading  string   // over the sources
	sources  []string
	bare     []string // the sources without addresses, for where they are too long
	foot     []string // which machine spoke, notes of the server
	rows     []discord.Component
}

// bodies lays a page out as messages: what is long is split at the ends of sentences, the sources and the rows are whole in the
// last message. There is always at least one.
func (p page) bodies(layout store.Layout) []discord.Body {
	if layout == store.LayoutPlain {
		return p.plain()
	}
	return p.components()
}

// above is all that stands over the sources.
func (p page) above() string {
	between := "\n"
	if p.flowing {
		between = " "
	}
	var blocks []string
	for _, block := range []string{p.shown(), strings.Join(p.lead, "\n"), strings.Join(p.claims, between), strings.Join(p.below, "\n")} {
		if block != "" {
			blocks = append(blocks, block)
		}
	}
	return strings.Join(blocks, "\n\n")
}

// shown is the question as a quotation, by which it is found again: see readAnswer.
func (p page) shown() string {
	if p.question == "" {
		return ""
	}
	return "> " + p.question
}

// under is the sources and what stands below them, as far as they fit: without addresses, where these take too much room.
func (p page) under(room markup.Room) string {
	text := p.tail(p.sources)
	if !room.Fits(text) && p.bare != nil {
		text = p.tail(p.bare)
	}
	return text
}

func (p page) tail(sources []string) string {
	var blocks []string
	if len(sources) > 0 {
		blocks = append(blocks, "**"+p.heading+"**\n"+strings.Join(sources, "\n"))
	}
	if len(p.foot) > 0 {
		blocks = append(blocks, strings.Join(p.foot, "\n"))
	}
	return strings.Join(blocks, "\n\n")
}

// plain lays a page out as text.
func (p page) plain() []discord.Body {
	room := markup.Plain()
	texts := packed(p.above(), p.under(room), "\n\n", room)
	out := make([]discord.Body, 0, len(texts))
	for _, text := range texts {
		out = append(out, discord.Body{Content: strings.Join(text, "\n\n")})
	}
	out[len(out)-1].Components = p.rows
	return out
}

// components lays a page out as components: a frame with the text, a line, the sources.
func (p page) components() []discord.Body {
	room := markup.V2(2)
	texts := packed(p.above(), p.under(room), "", room)
	out := make([]discord.Body, 0, len(texts))
	for _, text := range texts {
		var inside []discord.Component
		for i, part := range text {
			if i > 0 {
				inside = append(inside, discord.Separator{})
			}
			inside = append(inside, discord.TextDisplay{Content: part})
		}
		out = append(out, discord.Body{V2: true, Components: []discord.Component{discord.Container{Components: inside}}})
	}
	last := &out[len(out)-1]
	last.Components = append(last.Components, p.rows...)
	return out
}

// packed deals two texts out to messages: under comes whole after the end of above, in the same message where both fit with
// between, else in one of its own.
func packed(above, under, between string, room markup.Room) [][]string {
	var out [][]string
	for _, part := range markup.Split(above, room) {
		out = append(out, []string{part})
	}
	if under == "" {
		return orEmpty(out)
	}
	if n := len(out); n > 0 && room.Fits(out[n-1][0]+between+under) {
		out[n-1] = append(out[n-1], under)
		return out
	}
	for _, part := range markup.Split(under, room) {
		out = append(out, []string{part})
	}
	return orEmpty(out)
}

// orEmpty is one message where there would be none.
func orEmpty(texts [][]string) [][]string {
	if len(texts) == 0 {
		return [][]string{{"…"}}
	}
	return texts
}

// row puts buttons or a menu side by side.
func row(parts ...discord.Component) discord.Component { return discord.ActionRow{Components: parts} }
