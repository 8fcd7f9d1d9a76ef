package bot

import (
	"context"
	"maps"
	"strings"
)

// Action is what a button, a menu or a form does. Its custom id is the verb, then arguments, with colons between.
type Action struct {
	Who   Who
	Heavy bool // looks things up: waits its turn
	// Update says that its replies change the message that carries the button.
	Update bool
	Run    func(ctx context.Context, r Request) (Reply, error)
}

// verbs is all that buttons, menus and forms do.
func (b *Bot) verbs() map[string]Action {
	out := map[string]Action{}
	for _, verbs := range []map[string]Action{b.answerVerbs(), b.pinVerbs(), b.moderationVerbs(), b.settingsVerbs()} {
		maps.Copy(out, verbs)
	}
	return out
}

// customID writes the custom id of a button, menu or form. Arguments are ids and short words without colons.
func customID(verb string, args ...string) string {
	return strings.Join(append([]string{verb}, args...), ":")
}

// readCustomID takes a custom id apart.
func readCustomID(id string) (verb string, args []string) {
	parts := strings.Split(id, ":")
	return parts[0], parts[1:]
}
