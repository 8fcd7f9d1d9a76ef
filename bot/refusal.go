package bot

import (
	"context"
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/rag"
)

// shownNearest is how much of a passage a refusal shows, in code points.
const shownNearest = 220

// refusal is a reply that tells nothing of the documents: they do not say, it is declined, or it was no question. Only the asker
// sees it, and it never repeats the question. Where the documents do not say, the asker may tell the moderators.
func (b *Bot) refusal(ctx context.Context, id store.AnswerID, in inquiry, ans rag.Answer) (Reply, error) {
	l := phrase.ForLang(ans.AnswerLanguage)
	reply := private(b.refusalText(l, ans)).as(string(ans.Outcome))
	if ans.Outcome != rag.Refused || in.asker.guild == "" {
		return reply, nil
	}
	if err := b.record(ctx, id, in, ans, true); err != nil {
		return Reply{}, err
	}
	reply.Body.Components = []discord.Component{row(discord.Button{
		Style: discord.Secondary, Label: b.phrases.Say(l, "button.tell"), CustomID: customID("tell", string(id)),
	})}
	return reply, nil
}

func (b *Bot) refusalText(l phrase.Locale, ans rag.Answer) string {
	lines := []string{markup.Escape(ans.Text)}
	if ans.Outcome == rag.Positions {
		lines = append(lines, b.phrases.Say(l, "refusal.positions"))
	}
	if len(ans.Nearest) == 0 {
		return strings.Join(lines, "\n")
	}
	lines = append(lines, "", b.phrases.Say(l, "refusal.nearest"))
	for _, n := range ans.Nearest {
		heading := markup.Escape(markup.Clip(b.written(l, n.Heading), longestHeading))
		lines = append(lines, "- **"+heading+"**\n> "+markup.Escape(markup.Clip(b.written(l, n.Quote), shownNearest)))
	}
	return strings.Join(lines, "\n")
}

// tell passes a question that the documents do not answer on to the moderators, as the asker wishes by pressing the button.
func (b *Bot) tell(ctx context.Context, r Request) (Reply, error) {
	answer, reply, err := b.answerOf(ctx, r)
	if err != nil || reply != nil {
		return orNothing(reply), err
	}
	question := ""
	if known, ok := b.recent.of(r.Server(), answer.ID, b.now()); ok {
		question = markup.Bare(known.in.question)
	}
	return b.reported(ctx, r, answer, "unanswered", question)
}
