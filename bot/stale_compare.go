package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"amur/internal/store"
	"amur/knowledge"
)

// comparePins compares all pins with the documents of an edition and tells the moderators of each server which of them have become
// stale. old is the edition before; nil where it is not known.
func (b *Bot) comparePins(ctx context.Context, old, edition *Edition) error {
	var before *knowledge.Base
	if old != nil {
		before = old.Base
	}
	c := compareWith(edition.Base, before)
	var servers []store.Server
	pins := map[store.Server][]store.Pin{}
	for p, err := range b.store.AllPins(ctx) {
		if err != nil {
			return err
		}
		if pins[p.Server] == nil {
			servers = append(servers, p.Server)
		}
		pins[p.Server] = append(pins[p.Server], p)
	}
	var failed []error
	for _, server := range servers {
		failed = append(failed, b.compareServer(ctx, c, server, pins[server], nil))
	}
	return errors.Join(failed...)
}

// noting changes what is known of lines before they are compared; nil for nothing.
type noting func([]store.PinLine) []store.PinLine

// compareServer marks the pins of a server and posts what is new as one card.
func (b *Bot) compareServer(ctx context.Context, c *comparison, server store.Server, pins []store.Pin, note noting) error {
	hidden, err := b.hiddenIn(ctx, server)
	if err != nil {
		return err
	}
	var failed []error
	var stale []store.Pin
	for _, p := range pins {
		marked, news, err := b.mark(ctx, c, p, hidden, note)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		if waits(marked) && (news || marked.CardMessage == "") {
			stale = append(stale, marked)
		}
	}
	return errors.Join(append(failed, b.postStale(ctx, server, stale))...)
}

// waits reports whether a pin waits for a decision on its sources.
func waits(p store.Pin) bool { return p.State == store.PinStale || p.State == store.PinReview }

// mark writes down what has become of the lines of a pin. It returns the pin as it is then, and whether that was news.
func (b *Bot) mark(ctx context.Context, c *comparison, p store.Pin, hidden map[string]bool, note noting) (store.Pin, bool, error) {
	for range retries {
		if p.State == store.PinLost {
			return p, false, nil
		}
		known := p
		if note != nil {
			known.Lines = note(p.Lines)
		}
		marked, what := b.marked(c, known, hidden)
		if slices.EqualFunc(marked.Lines, p.Lines, func(one, other store.PinLine) bool {
			return one.Stale == other.Stale && one.Account == other.Account
		}) {
			return p, false, nil
		}
		saved, err := b.store.SavePin(ctx, marked, "", what)
		if errors.Is(err, store.ErrChanged) {
			if p, err = b.store.Pin(ctx, p.Server, p.ID); err == nil {
				continue
			}
		}
		if errors.Is(err, store.ErrNotFound) {
			return p, false, nil // unpinned meanwhile
		}
		if err != nil {
			return store.Pin{}, false, err
		}
		if p.State == store.PinReview { // the pin itself names its lines
			content, _ := b.pinText(sheetOfPin(saved), b.Edition().Base)
			if err := b.rewrite(ctx, saved, content); err != nil {
				b.log.WarnContext(ctx, "pin not edited", "err", err, "guild_id", p.Server, "channel_id", p.Channel)
			}
		}
		return saved, true, nil
	}
	return store.Pin{}, false, fmt.Errorf("compare pin %s: %w", p.ID, store.ErrChanged)
}

// retries is how often a change is made anew because somebody else was quicker.
const retries = 5

// marked is a pin with what has become of its lines, and the word for its history.
func (b *Bot) marked(c *comparison, p store.Pin, hidden map[string]bool) (marked store.Pin, what string) {
	marked = p
	marked.Lines = c.lines(p.Lines, hidden)
	stale := len(staleLines(marked.Lines)) > 0
	switch {
	case stale && p.State == store.PinFresh:
		marked.State, marked.StaleSince, what = store.PinStale, b.now(), pinWentStale
	case !stale && waits(p):
		marked.State, marked.StaleSince, what = store.PinFresh, time.Time{}, pinRecovered
	}
	return marked, what
}

// recheck compares one pin with the documents as they are.
func (b *Bot) recheck(ctx context.Context, p store.Pin) (store.Pin, error) {
	hidden, err := b.hiddenIn(ctx, p.Server)
	if err != nil {
		return store.Pin{}, err
	}
	p, _, err = b.mark(ctx, compareWith(b.Edition().Base, nil), p, hidden, nil)
	return p, err
}

// passagesChanged tells the pins of a server that passages were "hidden", "restored" or "noted", or that a note on them is gone.
func (b *Bot) passagesChanged(ctx context.Context, server store.Server, hashes []string, why string) error {
	all, err := b.store.Pins(ctx, server)
	if err != nil {
		return err
	}
	c := compareWith(b.Edition().Base, nil)
	all = slices.DeleteFunc(all, func(p store.Pin) bool {
		_, cited := noted(c, p.Lines, hashes, false)
		return !cited
	})
	if why == shiftHidden || why == "restored" { // the comparison finds itself what is hidden
		return b.compareServer(ctx, c, server, all, nil)
	}
	return b.compareServer(ctx, c, server, all, func(lines []store.PinLine) []store.PinLine {
		lines, _ = noted(c, lines, hashes, why == shiftNoted)
		return lines
	})
}

// noted adds to the lines that cite some of the passages that a note was written about these, or takes that away. cited says whether
// any line cites them.
func noted(c *comparison, lines []store.PinLine, hashes []string, is bool) (out []store.PinLine, cited bool) {
	out = slices.Clone(lines)
	for i, line := range out {
		account := readShifts(line.Account)
		for n, cite := range line.Citations {
			hash := cite.Hash
			if p, ok := c.standing(cite); ok {
				hash = p.Hash
			}
			if !slices.Contains(hashes, hash) && !slices.Contains(hashes, cite.Hash) {
				continue
			}
			cited = true
			switch s := account.of(n); {
			case is && s.what == "":
				account = append(account, shift{cite: n, what: shiftNoted})
			case !is && s.what == shiftNoted:
				account = slices.DeleteFunc(account, func(s shift) bool { return s.cite == n })
			}
		}
		out[i].Account = account.String()
	}
	return out, cited
}
