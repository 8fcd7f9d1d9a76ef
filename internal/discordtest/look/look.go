// Package look draws messages of the fake Discord as a web page that looks roughly like Discord does, so that people can see
// what the bot says without running it. It knows the small part of Discord's Markdown that bots use.
package look

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"amur/internal/discordtest"
)

// Scene is a message, or a form, with what led to it.
type Scene struct {
	Title   string // of the picture
	Did     string // what somebody did, such as "/ask question: …"; may be empty
	By      string // who did it
	Message discordtest.Message
	Modal   *discordtest.Modal // a form in place of the message
}

//go:embed page.html
var page string

// Page writes a page that shows the scenes in order.
func Page(w io.Writer, lang, title string, scenes []Scene) error {
	t, err := template.New("page").Funcs(template.FuncMap{
		"markdown": Markdown,
		"private":  func(m discordtest.Message) bool { return m.Flags&discordtest.FlagEphemeral != 0 },
		"row":      func(c discordtest.Component) bool { return c.Type == discordtest.TypeActionRow },
		"style":    func(c discordtest.Component) string { return fmt.Sprintf("style%d", c.Style) },
	}).Parse(page)
	if err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return t.Execute(w, struct {
		Lang, Title string
		Scenes      []Scene
	}{lang, title, scenes})
}
