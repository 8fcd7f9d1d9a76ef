package bot

import (
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
)

// fitted is as much of a text as a message holds: of what must be one message, such as a card.
func fitted(lines ...string) string {
	parts := markup.Split(strings.Join(lines, "\n"), markup.Plain())
	if len(parts) == 0 {
		return ""
	}
	return parts[0]
}

// inParts is a private reply of lines, in as many messages as they need.
func inParts(lines []string) Reply {
	var reply Reply
	for i, part := range markup.Split(strings.Join(lines, "\n"), markup.Plain()) {
		body := discord.Body{Content: part, Private: true}
		if i == 0 {
			reply.Body = body
		} else {
			reply.More = append(reply.More, body)
		}
	}
	return reply
}
