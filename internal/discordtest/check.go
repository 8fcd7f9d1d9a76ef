package discordtest

import (
	"net/http"
	"strconv"
)

// What the platform allows in a message (resources/message, components/reference).
const (
	maxContent    = 2000
	maxTexts      = 4000   // all Text Displays of a message together (api-docs PR #8562)
	maxTextBytes  = 10_170 // their UTF-8 bytes and 12 for each; over it: 500 (api-docs issue #8554)
	maxComponents = 40     // with Components V2, nested ones counted
	maxFiles      = 10
)

// checking says which message a body is for.
type checking struct {
	interaction bool // also webhooks
	edit        bool
	old         *Message // of an edit
	files       []File
}

// check holds the rules of a message's body that need no world.
func (b *messageBody) check(k checking) error {
	if err := b.checkFlags(k); err != nil {
		return err
	}
	if b.AllowedMentions != nil {
		if err := b.AllowedMentions.check(); err != nil {
			return err
		}
	}
	if runes(b.Content.Value) > maxContent {
		return tooLong("content", maxContent)
	}
	if runes(b.nonce()) > 25 {
		return tooLong("nonce", 25)
	}
	if b.EnforceNonce && b.nonce() == "" {
		return invalid("nonce", "enforce_nonce needs a nonce.")
	}
	if err := checkEmbeds(b.Embeds.Value); err != nil {
		return err
	}
	if err := b.checkFiles(k); err != nil {
		return err
	}
	if k.v2(b) {
		return b.checkV2(k)
	}
	return b.checkV1(k)
}

// v2 tells whether the message is one of Components V2 after the body.
func (k checking) v2(b *messageBody) bool {
	return b.flags()&FlagComponentsV2 != 0 || k.edit && k.old.Flags&FlagComponentsV2 != 0
}

// checkFlags holds which flags a bot may set, and that Components V2 cannot be taken off.
func (b *messageBody) checkFlags(k checking) error {
	allowed := FlagSuppressEmbeds | FlagSuppressNotifications | FlagVoice | FlagComponentsV2
	if k.edit {
		allowed = FlagSuppressEmbeds | FlagComponentsV2
	} else if k.interaction {
		allowed |= FlagEphemeral
	}
	if bad := b.flags() &^ allowed; bad != 0 {
		return invalid("flags", "Flags "+strconv.Itoa(bad)+" cannot be set here.")
	}
	if k.edit && b.Flags.given() && k.old.Flags&FlagComponentsV2 != 0 && b.flags()&FlagComponentsV2 == 0 {
		return invalid("flags", "The flag IS_COMPONENTS_V2 cannot be removed.")
	}
	return nil
}

func (b *messageBody) checkFiles(k checking) error {
	kept := 0
	for i, a := range b.Attachments.Value {
		if runes(a.Description) > 1024 {
			return tooLong(path("attachments", i, "description"), 1024)
		}
		n, err := strconv.ParseUint(a.id(), 10, 64)
		if err != nil {
			return invalid(path("attachments", i, "id"), "Value is not a snowflake.")
		}
		if n >= uint64(len(k.files)) {
			if !k.edit || !k.old.hasAttachment(ID(a.id())) {
				return invalid(path("attachments", i, "id"), "There is no file and no attachment "+a.id()+".")
			}
			kept++
		}
	}
	if len(k.files)+kept > maxFiles {
		return &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 30015, Message: "Maximum number of attachments in a message reached (10)"}
	}
	for _, f := range k.files {
		if f.Size > defaultAttachmentSize {
			return &apiError{Rule: RuleForm, Status: http.StatusRequestEntityTooLarge, Code: 40005, Message: "Request entity too large", Detail: f.Name}
		}
		if f.Name == "" {
			return invalid("files", "A file needs a name.")
		}
	}
	return nil
}

func (m *Message) hasAttachment(id ID) bool {
	for _, a := range m.Attachments {
		if a.ID == id {
			return true
		}
	}
	return false
}

// checkV1 holds the rules of content, embeds and up to five rows.
func (b *messageBody) checkV1(k checking) error {
	rows := b.Components.Value
	if len(rows) > 5 {
		return invalid("components", "Must be between 1 and 5 in length.")
	}
	seen := map[string]bool{}
	for i := range rows {
		at := path("components", i)
		if rows[i].Type != TypeActionRow {
			return invalid(path(at, "type"), "Value of field \"type\" must be one of (1,) without IS_COMPONENTS_V2.")
		}
		if err := checkRow(at, &rows[i], seen); err != nil {
			return err
		}
	}
	content, embeds, components := b.Content.Value, b.Embeds.Value, rows
	if k.edit {
		if !b.Content.Set {
			content = k.old.Content
		}
		if !b.Embeds.Set {
			embeds = k.old.Embeds
		}
		if !b.Components.Set {
			components = k.old.Components
		}
		if !b.Attachments.Set && len(k.old.Attachments) > 0 {
			return nil
		}
	}
	if content == "" && len(embeds) == 0 && len(components) == 0 && len(k.files) == 0 && len(b.Attachments.Value) == 0 &&
		len(b.StickerIDs) == 0 && len(b.Poll) == 0 {
		return &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 50006, Message: "Cannot send an empty message"}
	}
	return nil
}

// checkV2 holds the rules of Components V2: nothing beside components, 40 of them, 4000 characters of text.
func (b *messageBody) checkV2(k checking) error {
	const exclusive = "The IS_COMPONENTS_V2 flag does not allow this field."
	switch {
	case b.Content.Value != "" || k.edit && !b.Content.Set && k.old.Content != "":
		return invalid("content", exclusive)
	case len(b.Embeds.Value) > 0 || k.edit && !b.Embeds.Set && len(k.old.Embeds) > 0:
		return invalid("embeds", exclusive)
	case len(b.Poll) > 0 && string(b.Poll) != "null":
		return invalid("poll", exclusive)
	case len(b.StickerIDs) > 0:
		return invalid("sticker_ids", exclusive)
	}
	if !b.Components.Set && k.edit {
		if k.old.Flags&FlagComponentsV2 != 0 {
			return nil
		}
		return invalid("components", "This field is required")
	}
	list := b.Components.Value
	if len(list) == 0 {
		return &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 50006, Message: "Cannot send an empty message"}
	}
	count, characters, size := 0, 0, 0
	ids := map[int]bool{}
	var twice error
	walk(list, func(c *Component) {
		count++
		if c.Type == TypeTextDisplay {
			characters += runes(c.Content)
			size += len(c.Content) + 12
		}
		if c.ID != 0 && ids[c.ID] {
			twice = invalid("components", "Component id "+strconv.Itoa(c.ID)+" is duplicated.")
		}
		ids[c.ID] = true
	})
	switch {
	case twice != nil:
		return twice
	case count > maxComponents:
		return invalid("components", "The maximum number of components is 40, nested ones counted; there are "+strconv.Itoa(count)+".")
	case characters > maxTexts:
		return invalid("components", "The displayable text is longer than 4000 characters: "+strconv.Itoa(characters)+".")
	case size > maxTextBytes:
		return &apiError{
			Rule: RuleForm, Status: http.StatusInternalServerError, Message: "500: Internal Server Error",
			Detail: "Text Displays take " + strconv.Itoa(size) + " bytes with 12 for each, more than 10,170",
		}
	}
	seen := map[string]bool{}
	for i := range list {
		if err := checkTop(path("components", i), &list[i], seen, b, false); err != nil {
			return err
		}
	}
	return nil
}
