package bot

import (
	"context"
	"time"

	"amur/bot/phrase"
	"amur/internal/store"
	"amur/rag"
)

const (
	standardInsights = 30 // days
	shownAskers      = 5  // of a group of questions, at least, before its text is shown
	shownGroups      = 10
	comparedAtMost   = 500 // questions, the newest
)

// insights tells moderators how much was asked and what the documents lack. It names nobody; what few have asked is counted, not
// shown.
func (b *Bot) insights(ctx context.Context, r Request) (Reply, error) {
	days := r.Int("days", standardInsights)
	since := b.now().AddDate(0, 0, -days)
	lines := []string{r.Say("insights.title", phrase.Count("days", days))}
	counted, err := b.countedLines(ctx, r, since)
	if err != nil {
		return Reply{}, err
	}
	lines = append(lines, counted...)
	if !r.Settings.Insights {
		return inParts(append(lines, "", r.Say("insights.off"))), nil
	}
	questions, err := b.store.Questions(ctx, r.Server(), since)
	if err != nil {
		return Reply{}, err
	}
	var unanswered []store.Question
	for _, q := range questions {
		if q.Outcome == string(rag.Refused) {
			unanswered = append(unanswered, q)
		}
	}
	unanswered = unanswered[max(0, len(unanswered)-comparedAtMost):]
	groups, err := b.groups(ctx, r.Edition, unanswered)
	if err != nil {
		return Reply{}, err
	}
	return inParts(append(append(lines, ""), b.groupLines(r, groups)...)), nil
}

// countedLines say how often something happened in the server.
func (b *Bot) countedLines(ctx context.Context, r Request, since time.Time) ([]string, error) {
	counts, err := b.store.Counts(ctx, r.Server(), since)
	if err != nil {
		return nil, err
	}
	sums := map[string]int{}
	for _, c := range counts {
		sums[c.What] += int(c.N)
	}
	lines := []string{r.Say("insights.counts", phrase.Count("asked", sums["asked"]), phrase.Count("refused", sums["refused"]),
		phrase.Count("reported", sums["reported"]))}
	cards, err := b.store.Cards(ctx, r.Server())
	if err != nil {
		return nil, err
	}
	open := 0
	for _, c := range cards {
		if c.State == store.CardOpen {
			open++
		}
	}
	if open > 0 {
		lines = append(lines, r.Say("insights.open", phrase.Count("n", open)))
	}
	return lines, nil
}

// groupLines show the groups of unanswered questions that enough people asked, and count the others.
func (b *Bot) groupLines(r Request, groups [][]store.Question) []string {
	if len(groups) == 0 {
		return []string{r.Say("insights.none")}
	}
	lines := []string{r.Say("insights.unanswered")}
	few := 0
	for _, group := range groups {
		askers := store.Askers(group)
		if askers < shownAskers || len(lines) > shownGroups {
			few += len(group)
			continue
		}
		lines = append(lines, "- "+r.Say("insights.group", phrase.Text("question", shortest(group)), phrase.Count("askers", askers)))
	}
	if few > 0 {
		lines = append(lines, "- "+r.Say("insights.few", phrase.Count("n", few), phrase.Count("least", shownAskers)))
	}
	return lines
}
