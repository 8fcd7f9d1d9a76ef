package discord

import (
	"crypto/rand"
	"strings"
)

// Flags of messages.
const (
	flagNoPreviews = 1 << 2 // our messages hold no embeds, and previews of sources' sites are not ours to show
	flagPrivate    = 1 << 6
	flagV2         = 1 << 15
)

// mentionsJSON switches mentions off: without it, a message and every edit of one would ping.
type mentionsJSON struct {
	Parse   []string `json:"parse"`
	Replied bool     `json:"replied_user"`
}

type attachmentJSON struct {
	ID          int    `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

// createJSON is a new message.
type createJSON struct {
	Content      string           `json:"content,omitempty"`
	Components   []componentJSON  `json:"components,omitempty"`
	Flags        int              `json:"flags,omitempty"`
	Mentions     mentionsJSON     `json:"allowed_mentions"`
	Attachments  []attachmentJSON `json:"attachments,omitempty"`
	Nonce        string           `json:"nonce,omitempty"`
	EnforceNonce bool             `json:"enforce_nonce,omitempty"`
	Reference    *referenceJSON   `json:"message_reference,omitempty"`
}

type referenceJSON struct {
	Message MessageID `json:"message_id"`
	Fail    bool      `json:"fail_if_not_exists"`
}

// editJSON is what a message becomes: each part is named, so that nothing of the old one stays. Content is null for V2.
type editJSON struct {
	Content     *string           `json:"content"`
	Embeds      []struct{}        `json:"embeds"`
	Components  []componentJSON   `json:"components"`
	Flags       int               `json:"flags"`
	Mentions    mentionsJSON      `json:"allowed_mentions"`
	Attachments *[]attachmentJSON `json:"attachments,omitempty"`
}

// newMessage is a message for a channel.
func newMessage(b Body) (createJSON, error) {
	m, err := newReply(b)
	if err != nil {
		return createJSON{}, err
	}
	m.Flags &^= flagPrivate
	m.Nonce, m.EnforceNonce = b.Nonce, true
	if m.Nonce == "" {
		m.Nonce = strings.ToLower(rand.Text()[:25])
	}
	if b.ReplyTo != "" {
		m.Reference = &referenceJSON{Message: b.ReplyTo}
	}
	return m, nil
}

// newReply is a message in answer to an interaction.
func newReply(b Body) (createJSON, error) {
	if err := b.check(); err != nil {
		return createJSON{}, err
	}
	return createJSON{
		Content: b.Content, Components: componentsJSON(b.Components), Flags: b.flags(true), Mentions: noMentions(), Attachments: attachments(b.Files),
	}, nil
}

// changedMessage is what an edit makes of a message.
func changedMessage(b Body) (editJSON, error) {
	if err := b.check(); err != nil {
		return editJSON{}, err
	}
	m := editJSON{
		Embeds: []struct{}{}, Components: componentsJSON(b.Components), Flags: b.flags(false), Mentions: noMentions(),
	}
	if !b.V2 {
		m.Content = &b.Content
	}
	if files := attachments(b.Files); !b.KeepFiles || len(files) > 0 {
		m.Attachments = &files
	}
	return m, nil
}

func (b Body) flags(create bool) int {
	flags := flagNoPreviews
	if b.V2 {
		flags = flagV2
	}
	if b.Private && create {
		flags |= flagPrivate
	}
	return flags
}

func noMentions() mentionsJSON { return mentionsJSON{Parse: []string{}} }

func attachments(files []File) []attachmentJSON {
	out := make([]attachmentJSON, 0, len(files))
	for i, f := range files {
		out = append(out, attachmentJSON{ID: i, Filename: f.Name, Description: f.Description})
	}
	return out
}
