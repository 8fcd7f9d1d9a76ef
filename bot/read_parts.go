package bot

import (
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
)

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
