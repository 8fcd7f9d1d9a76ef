package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/knowledge"
	"amur/rag"
)

// pinLength is how long the text of a pin may be, in code points: within Discord's 2000 a draft still has room for what it says about
// itself, and a pin for the line that says that it is under review.
const pinLength = 1500

// sheet is what a pin or a draft of one shows.
type sheet struct {
	locale  phrase.Locale
	topic   string
	lines   []store.PinLine
	edition string
	asOf    string
	mode    string
	model   string
	review  time.Time // since when it says itself that it is under review; zero where it does not
}

func sheetOfPin(p store.Pin) sheet {
	s := sheet{
		locale: phrase.Locale(p.Language), topic: p.Topic, lines: p.Lines,
		edition: p.Edition, asOf: p.AsOf, mode: p.Mode, model: p.Model,
	}
	if p.State == store.PinReview {
		s.review = p.StaleSince
	}
	return s
}

func sheetOfDraft(d store.Draft) sheet {
	return sheet{
		locale: phrase.Locale(d.Language), topic: d.Topic, lines: d.Lines,
		edition: d.Edition, asOf: d.AsOf, mode: d.Mode, model: d.Model,
	}
}

// pinText writes a pin: its lines with the numbers of their sources, the sources, what it is made of. It returns how many lines have
// found room.
func (b *Bot) pinText(s sheet, base *knowledge.Base) (string, int) {
	for n := len(s.lines); n > 0; n-- {
		fitting := s
		fitting.lines = s.lines[:n]
		if out := b.writeSheet(fitting, base); utf8.RuneCountInString(out) <= pinLength {
			return b.reviewed(out, fitting), n
		}
	}
	return "", 0
}

func (b *Bot) writeSheet(s sheet, base *knowledge.Base) string {
	var out strings.Builder
	out.WriteString("**" + markup.Escape(markup.Clip(s.topic, 200)) + "**\n")
	sources := newPinSources(b, s.locale, base)
	for i, line := range s.lines {
		out.WriteString(strconv.Itoa(i+1) + ". " + markup.Escape(line.Text))
		for _, n := range sources.of(line.Citations) {
			out.WriteString(" [" + strconv.Itoa(n) + "]")
		}
		switch {
		case line.ModeratorsWords:
			out.WriteString(" " + b.phrases.Say(s.locale, "pin.moderators_words"))
		case s.mode == string(rag.ModeModel) && quotation(line):
			out.WriteString(" " + b.phrases.Say(s.locale, "pin.quotation"))
		case s.mode != string(rag.ModeModel) && !b.verbatim(s.locale, line):
			out.WriteString(" " + b.phrases.Say(s.locale, "pin.checked_wording"))
		}
		out.WriteString("\n")
	}
	if len(sources.lines) > 0 {
		out.WriteString("\n" + strings.Join(sources.lines, "\n") + "\n")
	}
	if s.asOf != "" {
		out.WriteString(b.phrases.Say(s.locale, "answer.as_of", phrase.Text("dates", b.dateWords(s.locale, s.asOf))) + " ")
	}
	switch edition := phrase.Text("edition", s.edition); {
	case !cites(s.lines):
		out.WriteString(b.phrases.Say(s.locale, "pin.no_sources"))
	case s.mode == string(rag.ModeModel):
		out.WriteString(b.phrases.Say(s.locale, "answer.worded", edition, phrase.Text("model", s.model)))
	default:
		out.WriteString(b.phrases.Say(s.locale, "answer.quoted", edition))
	}
	return strings.TrimSpace(out.String())
}

// reviewed is the text of a pin with the line that says whose sources have changed, where it is to say so.
func (b *Bot) reviewed(out string, s sheet) string {
	if s.review.IsZero() {
		return out
	}
	return out + "\n" + b.phrases.Say(s.locale, "pin.under_review", phrase.Count("n", len(staleLines(s.lines))),
		phrase.Markup("lines", b.list(s.locale, staleLines(s.lines))), phrase.Markup("date", markup.Time(s.review, "D")))
}

// staleLines are the numbers of the lines whose sources have changed, from 1.
func staleLines(lines []store.PinLine) []int {
	var out []int
	for i, line := range lines {
		if line.Stale {
			out = append(out, i+1)
		}
	}
	return out
}

// list writes numbers as a language lists them: "2, 5 and 7".
func (b *Bot) list(l phrase.Locale, numbers []int) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	comma := b.phrases.Say(l, "pin.list_comma")
	return strings.Join(words[:last], comma) + b.phrases.Say(l, "pin.list_and") + words[last]
}

// verbatim reports whether a line holds what it cites, word by word.
func (b *Bot) verbatim(l phrase.Locale, line store.PinLine) bool {
	return slices.ContainsFunc(line.Citations, func(c store.PinCite) bool { return strings.Contains(line.Text, b.written(l, c.Quote)) })
}

// quotation reports whether a line is a sentence of the documents as it stands there.
func quotation(line store.PinLine) bool {
	return len(line.Citations) == 1 && line.Text == line.Citations[0].Quote
}

func cites(lines []store.PinLine) bool {
	for _, line := range lines {
		if len(line.Citations) > 0 {
			return true
		}
	}
	return false
}

// shown is a message with the text of a pin, in the layout that the message has already: Discord does not let one go back from
// components to text.
func shown(content string, flags int) discord.Body {
	if flags&componentsFlag != 0 {
		return discord.Body{V2: true, Components: []discord.Component{discord.TextDisplay{Content: content}}}
	}
	return discord.Body{Content: content}
}

// componentsFlag marks messages made of components
// (https://docs.discord.com/developers/resources/message#message-object-message-flags).
const componentsFlag = 1 << 15
