package discordtest

import "fmt"

// Action is something that a person does, as data: for tests that drive the fake from another process.
type Action struct {
	User ID `json:"user"`
	// Do is one of slash, autocomplete, message (command), user (command), click, select, submit, post, edit, delete, pin,
	// unpin, react, unreact.
	Do      string `json:"do"`
	Channel ID     `json:"channel,omitempty"`
	Message ID     `json:"message,omitempty"`
	// Name is the command, the custom_id, or the emoji.
	Name    string   `json:"name,omitempty"`
	Options []Option `json:"options,omitempty"`
	Values  []string `json:"values,omitempty"`
	// From is the interaction whose modal is submitted.
	From   ID      `json:"from,omitempty"`
	Fields []Field `json:"fields,omitempty"`
	Post   Post    `json:"post,omitzero"`
	// Target is the user of a user command.
	Target     ID   `json:"target,omitempty"`
	Installed  bool `json:"installed,omitempty"`
	Overridden bool `json:"overridden,omitempty"`
}

// Done is what an action made: an interaction, or a message.
type Done struct {
	Interaction ID `json:"interaction,omitempty"`
	Message     ID `json:"message,omitempty"`
}

// Do lets a person act.
func (s *Server) Do(a Action) (Done, error) {
	p := s.User(a.User)
	p.Installed, p.Overridden = a.Installed, a.Overridden
	switch a.Do {
	case "slash":
		return p.Slash(a.Channel, a.Name, a.Options...).done()
	case "autocomplete":
		return p.Autocomplete(a.Channel, a.Name, a.Options...).done()
	case "message":
		return p.MessageCommand(a.Channel, a.Name, a.Message).done()
	case "user":
		return p.UserCommand(a.Channel, a.Name, a.Target).done()
	case "click":
		return p.Click(a.Channel, a.Message, a.Name).done()
	case "select":
		return p.Select(a.Channel, a.Message, a.Name, a.Values...).done()
	case "submit":
		return p.Submit(s.Interaction(a.From), a.Fields...).done()
	case "post":
		said := p.Post(a.Post)
		return Done{Message: said.Message.ID}, said.err
	case "edit":
		return Done{Message: a.Message}, p.Edit(a.Channel, a.Message, a.Post.Text)
	case "delete":
		return Done{Message: a.Message}, p.Delete(a.Channel, a.Message)
	case "pin":
		return Done{Message: a.Message}, p.Pin(a.Channel, a.Message)
	case "unpin":
		return Done{Message: a.Message}, p.Unpin(a.Channel, a.Message)
	case "react":
		return Done{Message: a.Message}, p.React(a.Channel, a.Message, a.Name)
	case "unreact":
		return Done{Message: a.Message}, p.Unreact(a.Channel, a.Message, a.Name)
	}
	return Done{}, fmt.Errorf("nobody can do %q", a.Do)
}

func (i *Interaction) done() (Done, error) { return Done{Interaction: i.ID}, i.err }
