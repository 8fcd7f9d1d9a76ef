package bot

import (
	"context"
	"slices"

	"amur/bot/phrase"
	"amur/internal/store"
	"amur/rag"
)

// renewed are the lines of a pin as the documents have them now. A line whose passages are all gone goes, too. One that was worded
// and is still carried keeps its words; any other becomes a quotation.
func (b *Bot) renewed(ctx context.Context, e *Edition, p store.Pin) ([]store.PinLine, error) {
	var out []store.PinLine
	now, l := compareWith(e.Base, nil), phrase.Locale(p.Language)
	for _, line := range p.Lines {
		if !line.Stale {
			out = append(out, line)
			continue
		}
		cites := now.current(line)
		switch {
		case len(cites) == 0:
			continue
		case readShifts(line.Account).only(shiftNoted):
			out = append(out, store.PinLine{Text: line.Text, Citations: line.Citations})
			continue
		case p.Mode == string(rag.ModeModel) && !quotation(line):
			carrying, err := b.carried(ctx, e, l, line.Text, cites)
			if err != nil {
				return nil, err
			}
			if len(carrying) > 0 {
				out = append(out, store.PinLine{Text: line.Text, Citations: carrying})
				continue
			}
		}
		for i, cite := range cites {
			p, ok := now.standing(cite)
			if !ok {
				continue
			}
			cites[i] = wholly(p)
			quoted := store.PinLine{Text: b.written(l, p.Text), Citations: []store.PinCite{cites[i]}}
			if !slices.ContainsFunc(out, func(other store.PinLine) bool { return other.Text == quoted.Text }) {
				out = append(out, quoted)
			}
		}
	}
	return out, nil
}

// kept are the lines of a pin with their words: a line that the documents still carry keeps its citation, any other is the
// moderators' own.
func (b *Bot) kept(ctx context.Context, e *Edition, p store.Pin) ([]store.PinLine, error) {
	out := slices.Clone(p.Lines)
	now, l := compareWith(e.Base, nil), phrase.Locale(p.Language)
	for i, line := range out {
		if !line.Stale {
			continue
		}
		out[i] = store.PinLine{Text: line.Text, ModeratorsWords: true}
		if readShifts(line.Account).only(shiftNoted) {
			out[i] = store.PinLine{Text: line.Text, Citations: line.Citations}
			continue
		}
		carrying, err := b.carried(ctx, e, l, line.Text, now.current(line))
		if err != nil {
			return nil, err
		}
		if len(carrying) > 0 {
			out[i] = store.PinLine{Text: line.Text, Citations: carrying}
		}
	}
	return out, nil
}

// current are the citations of a line as they can be made now: passages that are gone are replaced by what they have become, or left
// out.
func (c *comparison) current(line store.PinLine) []store.PinCite {
	var out []store.PinCite
	account := readShifts(line.Account)
	for n, cite := range line.Citations {
		switch s := account.of(n); s.what {
		case "", shiftNoted:
			out = append(out, cite)
		case shiftFigures, shiftChanged:
			if heir, ok := c.find(cite, s.heir); ok {
				out = append(out, wholly(heir))
			}
		}
	}
	return out
}
