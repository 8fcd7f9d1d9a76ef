package rag

import "strings"

// carriedTurns is how many of the asker's earlier messages a follow-up may lean on.
const carriedTurns = 2

// carriedLetters is how much of an earlier message a follow-up leans on.
const carriedLetters = 200

// inConversation is a follow-up with the last exchange in front of it, the bot's reply included.
func inConversation(q Question) string {
	var parts []string
	for _, turn := range q.History[max(0, len(q.History)-carriedTurns):] {
		parts = append(parts, shorten(turn.Text, carriedLetters))
	}
	return strings.Join(append(parts, q.Text), " ")
}

// wholeQuestion makes a follow-up whole by putting the asker's last messages in front of it. The bot's own replies are
// left out: they would pull the search to what was already said.
func wholeQuestion(q Question) string {
	var parts []string
	for i := len(q.History) - 1; i >= 0 && len(parts) < carriedTurns; i-- {
		if q.History[i].Role == "user" {
			parts = append([]string{q.History[i].Text}, parts...)
		}
	}
	return strings.Join(append(parts, q.Text), " ")
}
