package bot

import "amur/bot/phrase"

// Described is a command as README.md describes it.
type Described struct{ Name, Who string }

// Describe lists the commands.
func Describe() ([]Described, error) {
	phrases, err := phrase.Read()
	if err != nil {
		return nil, err
	}
	b := &Bot{phrases: phrases}
	var out []Described
	for _, c := range b.table() {
		who := map[Who]string{Everyone: "everyone", Moderators: "moderators", Managers: "managers"}[c.Who]
		out = append(out, Described{b.commandName(c), who})
	}
	return out, nil
}
