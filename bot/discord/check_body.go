package discord

import (
	"fmt"
	"unicode/utf8"
)

// Limits of Discord; text is counted in code points (https://docs.discord.com/developers/resources/message and
// https://docs.discord.com/developers/components/reference).
const (
	mostContent    = 2000
	mostTexts      = 4000  // of all Text Displays together
	mostTextBytes  = 10170 // of the same, with 12 for each: measured by users, not documented
	textOverhead   = 12
	mostParts      = 40 // components of a V2 message, nested ones counted
	mostRows       = 5
	mostInRow      = 5
	mostOptions    = 25
	mostCustomID   = 100
	mostLabel      = 80
	mostOption     = 100
	mostURL        = 512
	mostHint       = 150
	mostNonce      = 25
	mostFiles      = 10
	mostFileBytes  = 10 << 20
	mostTotalBytes = 25 << 20
	mostAlt        = 1024
	mostInput      = 4000
)

// check finds what Discord would refuse, so that it is never sent.
func (b Body) check() error {
	c := checker{v2: b.V2, ids: map[string]bool{}}
	switch {
	case b.V2 && b.Content != "":
		return breaks("content stands beside components of a V2 message: use a TextDisplay")
	case b.V2 && len(b.Components) == 0:
		return breaks("a V2 message has no components")
	case !b.V2 && b.Content == "" && len(b.Components) == 0 && len(b.Files) == 0 && !b.KeepFiles:
		return breaks("a message is empty")
	case !b.V2 && len(b.Components) > mostRows:
		return breaks("%d rows of components, at most %d", len(b.Components), mostRows)
	}
	if err := most("content", b.Content, mostContent); err != nil {
		return err
	}
	if err := most("nonce", b.Nonce, mostNonce); err != nil {
		return err
	}
	if err := c.all(b.Components, true); err != nil {
		return err
	}
	if c.texts > mostTexts {
		return breaks("text displays have %d code points together, at most %d", c.texts, mostTexts)
	}
	if c.bytes > mostTextBytes {
		return breaks("text displays have %d bytes together, at most %d", c.bytes, mostTextBytes)
	}
	if b.V2 && c.parts > mostParts {
		return breaks("%d components, at most %d", c.parts, mostParts)
	}
	return checkFiles(b.Files)
}

func checkFiles(files []File) error {
	if len(files) > mostFiles {
		return breaks("%d files, at most %d", len(files), mostFiles)
	}
	total := 0
	for _, f := range files {
		total += len(f.Data)
		switch {
		case f.Name == "":
			return breaks("a file has no name")
		case len(f.Data) > mostFileBytes:
			return breaks("file %q has %d bytes, at most %d", f.Name, len(f.Data), mostFileBytes)
		}
		if err := most("description of a file", f.Description, mostAlt); err != nil {
			return err
		}
	}
	if total > mostTotalBytes {
		return breaks("files have %d bytes together, at most %d", total, mostTotalBytes)
	}
	return nil
}

func (r Response) check() error {
	switch r.Kind {
	case RespondMessage, RespondUpdate:
		return r.Body.check()
	case RespondDefer, RespondAck:
		return nil
	case RespondModal:
		return r.Modal.check()
	case RespondChoices:
		if len(r.Choices) > mostOptions {
			return breaks("%d choices, at most %d", len(r.Choices), mostOptions)
		}
		for _, c := range r.Choices {
			if err := between("name of a choice", c.Name, 1, mostOption); err != nil {
				return err
			}
			if err := between("value of a choice", c.Value, 1, mostOption); err != nil {
				return err
			}
		}
		return nil
	}
	return breaks("no first reply has the kind %d", r.Kind)
}

func (m Modal) check() error {
	if err := between("title of a form", m.Title, 1, 45); err != nil {
		return err
	}
	if err := between("custom id of a form", m.CustomID, 1, mostCustomID); err != nil {
		return err
	}
	if len(m.Inputs) < 1 || len(m.Inputs) > 5 {
		return breaks("a form has %d fields, from 1 to 5", len(m.Inputs))
	}
	ids := map[string]bool{}
	for _, t := range m.Inputs {
		if t.Min < 0 || t.Min > t.most() || t.most() > mostInput {
			return breaks("a field of a form takes %d to %d code points, at most %d", t.Min, t.most(), mostInput)
		}
		if ids[t.CustomID] {
			return breaks("two fields of a form have the custom id %q", t.CustomID)
		}
		ids[t.CustomID] = true
		for _, err := range []error{
			between("label of a field", t.Label, 1, 45), most("placeholder of a field", t.Placeholder, 100),
			most("value of a field", t.Value, t.most()), between("custom id of a field", t.CustomID, 1, mostCustomID),
		} {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func most(what, s string, n int) error { return between(what, s, 0, n) }

func between(what, s string, low, high int) error {
	if n := utf8.RuneCountInString(s); n < low || n > high {
		return breaks("%s has %d code points, from %d to %d", what, n, low, high)
	}
	return nil
}

func breaks(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrInvalid, fmt.Errorf(format, args...))
}
