package bot

import (
	"context"

	"amur/bot/markup"
	"amur/bot/phrase"
)

// help says what the bot can do, how it is stopped and who runs it.
func (b *Bot) help(_ context.Context, r Request) (Reply, error) {
	name := func(command string, gap ...string) phrase.Fill {
		return phrase.Text(append(gap, command)[0], r.Say("command."+command+".name"))
	}
	lines := []string{r.Say("help.what"), r.Say("help.ask", name("check"), name("ask_about", "about")), r.Say("help.more")}
	if r.Guild == "" {
		lines = append(lines, r.Say("help.dm."+string(b.dmOrQuotes())))
	}
	if may(r, Moderators) {
		lines = append(lines, r.Say("help.moderators", name("hide"), name("pin")))
	} else if r.Guild != "" {
		lines = append(lines, r.Say("help.stop"))
	}
	if may(r, Managers) && r.Settings.Version == 0 {
		lines = append(lines, r.Say("help.setup"))
	}
	lines = append(lines, r.Say("help.operator", b.operatorContact(r.Locale)))
	if url := b.policy().Operator.TermsURL; url != "" {
		lines = append(lines, markup.Link(r.Say("help.terms"), url))
	}
	return inParts(append(lines, r.Say("help.edition", phrase.Text("edition", r.Edition.Name)))), nil
}

// dmOrQuotes is what is done in direct messages.
func (b *Bot) dmOrQuotes() DM {
	switch b.policy().DM {
	case DMOff, DMFull:
		return b.policy().DM
	}
	return DMQuotes
}
