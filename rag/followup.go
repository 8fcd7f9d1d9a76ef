package rag

import "strings"

// carriedTurns is how many of the asker's earlier messages a follow-up may lean on.
const carriedTurns = 2

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
