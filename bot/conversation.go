package bot

import (
	"context"
	"slices"
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/internal/store"
	"amur/rag"
)

// longestChain is how many messages of a conversation are read back.
const longestChain = 6

// readAnswer takes the question and the sentences out of a message of the bot's own, as a page lays them out: the question is a
// quotation on the first line, the sentences end where the sources begin.
func readAnswer(m discord.Message) (question, answer string) {
	texts := m.Texts
	if len(texts) == 0 {
		texts = []string{m.Content}
	}
	var said []string
	for line := range strings.SplitSeq(texts[0], "\n") {
		quoted, isQuote := strings.CutPrefix(line, "> ")
		switch {
		case strings.HasPrefix(line, "**"): // the sources
			return question, markup.Unescape(strings.Join(said, " "))
		case isQuote && question == "" && len(said) == 0:
			question = markup.Unescape(quoted)
		case line != "":
			said = append(said, line)
		}
	}
	return question, markup.Unescape(strings.Join(said, " "))
}

// exchange is a question and its answer as turns; what is empty is left out.
func exchange(question, answer string) []rag.Turn {
	var out []rag.Turn
	if question != "" {
		out = append(out, rag.Turn{Role: "user", Text: question})
	}
	if answer != "" {
		out = append(out, rag.Turn{Role: "assistant", Text: answer})
	}
	return out
}

// claimsText is what an answer says.
func claimsText(ans rag.Answer) string {
	list := make([]string, len(ans.Claims))
	for i, c := range ans.Claims {
		list[i] = c.Text
	}
	return strings.Join(list, " ")
}

// recordedTurns reads the question of an answer from the first of its messages, or from the message that asked. What cannot be read is
// left out.
func (b *Bot) recordedTurns(ctx context.Context, channel discord.ChannelID, record store.Answer, answer string) []rag.Turn {
	if len(record.Messages) > 0 && !record.Private {
		if m, err := b.discord.Get(ctx, channel, discord.MessageID(record.Messages[0])); err == nil {
			if question, first := readAnswer(m); question != "" {
				return exchange(question, first)
			}
		}
	}
	if record.Asking != "" {
		if m, err := b.discord.Get(ctx, channel, discord.MessageID(record.Asking)); err == nil {
			return exchange(b.questionOf(m), answer)
		}
	}
	return exchange("", answer)
}

// questionOf is what a message says, without mentions of the bot. A message of the bot's own is the answer in it.
func (b *Bot) questionOf(m discord.Message) string {
	self := string(b.discord.Application().User.ID)
	if string(m.Author.ID) == self {
		_, answer := readAnswer(m)
		return answer
	}
	said := m.Content
	if said == "" {
		said = strings.Join(m.Texts, "\n")
	}
	return strings.TrimSpace(strings.NewReplacer("<@"+self+">", " ", "<@!"+self+">", " ").Replace(said))
}

// chain reads a conversation back from the replies that a message stands on, the oldest turn first. Nothing of it is kept; messages
// whose text is not given to the bot, and those of other channels, are passed over.
func (b *Bot) chain(ctx context.Context, m discord.Message) []rag.Turn {
	var turns []rag.Turn
	self := b.discord.Application().User.ID
	for range longestChain {
		if m.ReplyTo == "" || m.ReplyFrom != "" && m.ReplyFrom != m.Channel {
			break
		}
		earlier := m.Referenced
		if earlier == nil || earlier.Author.ID == self && earlier.Content == "" && len(earlier.Texts) == 0 {
			got, err := b.discord.Get(ctx, m.Channel, m.ReplyTo)
			if err != nil {
				break
			}
			earlier = &got
		}
		switch {
		case earlier.Author.ID == self:
			question, answer := readAnswer(*earlier)
			pair := exchange(question, answer)
			slices.Reverse(pair)
			turns = append(turns, pair...)
		case !earlier.Author.Bot && !earlier.Webhook:
			if said := b.questionOf(*earlier); said != "" {
				turns = append(turns, rag.Turn{Role: "user", Text: said})
			}
		}
		next := *earlier
		next.Channel = m.Channel
		m = next
	}
	slices.Reverse(turns)
	return turns
}
