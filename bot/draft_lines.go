package bot

import (
	"context"
	"slices"
	"strings"

	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag/verify"
)

// rewritten makes lines of what a moderator has written, one in a row. A line that was left alone stays as it is. One that was changed
// is checked against the passages of the line that it came from, then against those of all lines; where none carry it, it is the
// moderators' own words.
func (b *Bot) rewritten(ctx context.Context, e *Edition, l phrase.Locale, old []store.PinLine, written string) ([]store.PinLine, error) {
	var out []store.PinLine
	for row := range strings.SplitSeq(written, "\n") {
		row = strings.Join(strings.Fields(withoutMarks(row)), " ")
		if row == "" {
			continue
		}
		at := slices.IndexFunc(old, func(line store.PinLine) bool { return line.Text == row })
		if at >= 0 {
			out = append(out, old[at])
			continue
		}
		line, err := b.rested(ctx, e, l, row, origin(old, row), all(old))
		if err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	return out, nil
}

// rested is a line of that text with those citations of the first list that carry it, else of the second, and so on.
func (b *Bot) rested(ctx context.Context, e *Edition, l phrase.Locale, row string, lists ...[]store.PinCite) (store.PinLine, error) {
	for _, cites := range lists {
		carrying, err := b.carried(ctx, e, l, row, cites)
		if err != nil {
			return store.PinLine{}, err
		}
		if len(carrying) > 0 {
			return store.PinLine{Text: row, Citations: carrying}, nil
		}
	}
	return store.PinLine{Text: row, ModeratorsWords: true}, nil
}

// carried returns those of the citations that carry a sentence; none where they do not carry it together.
func (b *Bot) carried(ctx context.Context, e *Edition, l phrase.Locale, row string, cites []store.PinCite) ([]store.PinCite, error) {
	var evidence []verify.Evidence
	var passages []knowledge.Passage
	now := compareWith(e.Base, nil)
	for _, cite := range cites {
		p, ok := now.standing(cite)
		if !ok || slices.ContainsFunc(passages, func(q knowledge.Passage) bool { return q.ID == p.ID }) {
			continue
		}
		if row == b.written(l, p.Text) {
			return []store.PinCite{wholly(p)}, nil
		}
		passages = append(passages, p)
		evidence = append(evidence, verify.Evidence{Text: p.Text, Lang: p.Lang, Heading: p.Heading})
	}
	if e.Claims == nil || len(evidence) == 0 {
		return nil, nil
	}
	verdict, err := e.Claims.Check(ctx, verify.Claim{Text: row, Lang: text.Detect(row, l.Lang())}, evidence)
	if err != nil || !verdict.OK {
		return nil, err
	}
	var out []store.PinCite
	for i, span := range verdict.Spans {
		if span.Start < span.End {
			out = append(out, pinCite(passages[i], span))
		}
	}
	return out, nil
}

// origin are the citations of the line that a rewritten one is most like.
func origin(old []store.PinLine, row string) []store.PinCite {
	var cites []store.PinCite
	best := 0.0
	for _, line := range old {
		if alike := wordsShared(line.Text, row); alike > best {
			best, cites = alike, line.Citations
		}
	}
	return cites
}

func all(lines []store.PinLine) []store.PinCite {
	var out []store.PinCite
	for _, line := range lines {
		out = append(out, line.Citations...)
	}
	return out
}

// withoutMarks drops the numbers of sources, such as [2], that people copy from the draft into a line.
func withoutMarks(row string) string {
	var out strings.Builder
	for {
		before, rest, open := strings.Cut(row, "[")
		out.WriteString(before)
		if !open {
			return out.String()
		}
		number, after, closed := strings.Cut(rest, "]")
		if closed && number != "" && len(number) <= 2 && strings.Trim(number, "0123456789") == "" {
			row = after
			continue
		}
		out.WriteString("[")
		row = rest
	}
}
