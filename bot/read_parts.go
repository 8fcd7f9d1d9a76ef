package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/bot/discord"
)

const partLength = 1900 // of a message of lines, in characters: below Discord's 2000

// inParts is a private reply of lines, in as many messages as they need.
func inParts(lines []string) Reply {
	var reply Reply
	for i, part := range parts(lines) {
		body := discord.Body{Content: part, Private: true}
		if i == 0 {
			reply.Body = body
		} else {
			reply.More = append(reply.More, body)
		}
	}
	return reply
}

// parts joins lines to texts that each fit a message. A line that is too long for one is cut where a word ends.
func parts(lines []string) []string {
	var out []string
	var part strings.Builder
	length := 0
	for _, line := range lines {
		for line != "" {
			piece, rest := cutLine(line)
			n := utf8.RuneCountInString(piece)
			if length > 0 && length+1+n > partLength {
				out = append(out, part.String())
				part.Reset()
				length = 0
			}
			if length > 0 {
				part.WriteByte('\n')
				length++
			}
			part.WriteString(piece)
			length += n
			line = rest
		}
	}
	if length > 0 {
		out = append(out, part.String())
	}
	return out
}

// cutLine cuts what fits a message off the beginning of a line. It leaves an escaped character whole.
func cutLine(line string) (piece, rest string) {
	runes := []rune(line)
	if len(runes) <= partLength {
		return line, ""
	}
	at := partLength
	for at > partLength/2 && !unicode.IsSpace(runes[at]) {
		at--
	}
	if at == partLength/2 {
		at = partLength
	}
	for at > 1 && runes[at-1] == '\\' {
		at--
	}
	return string(runes[:at]), strings.TrimLeftFunc(string(runes[at:]), unicode.IsSpace)
}
