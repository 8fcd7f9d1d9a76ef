package bot

import (
	"strings"

	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/knowledge"
)

// quoteRoom is how much of a sentence an account repeats, in code points.
const quoteRoom = 220

// accounts says of each stale line of a pin what has changed, a row for each passage; quotations have up to room code points.
func (b *Bot) accounts(l phrase.Locale, base *knowledge.Base, p store.Pin, room int) []string {
	var out []string
	now := compareWith(base, nil)
	for i, line := range p.Lines {
		if !line.Stale {
			continue
		}
		for _, s := range readShifts(line.Account) {
			if s.cite < len(line.Citations) {
				out = append(out, b.accountOf(l, now, i+1, line.Citations[s.cite], s, room))
			}
		}
	}
	return out
}

// accountOf says what has become of one passage of a line.
func (b *Bot) accountOf(l phrase.Locale, now *comparison, n int, cite store.PinCite, s shift, room int) string {
	fill := []phrase.Fill{phrase.Count("n", n), phrase.Text("was", markup.Clip(b.written(l, cite.Quote), room))}
	heir, ok := now.find(cite, s.heir)
	switch {
	case s.what == shiftHidden, s.what == shiftNoted, s.what == shiftWithdrawn:
		return b.phrases.Say(l, "stale."+s.what, fill...)
	case !ok:
		return b.phrases.Say(l, "stale."+shiftWithdrawn, fill...)
	}
	fill = append(fill, phrase.Text("now", markup.Clip(b.written(l, heir.Text), room)))
	gone, come := figures(cite.Quote, heir.Text, heir.Lang, s.what == shiftFigures)
	if len(gone)+len(come) == 0 {
		return b.phrases.Say(l, "stale.changed", fill...)
	}
	change := markup.Escape(b.written(l, joinOr(gone, "–"))) + " → " + markup.Escape(b.written(l, joinOr(come, "–")))
	return b.phrases.Say(l, "stale.figures", append(fill, phrase.Markup("change", change),
		phrase.Markup("kind", b.phrases.Say(l, "stale.kind_"+s.what)))...)
}

func joinOr(words []string, none string) string {
	if len(words) == 0 {
		return none
	}
	return strings.Join(words, ", ")
}
