package discord

// Body is a message to send, or what a message becomes by an edit. Every Body goes out with mentions switched off.
//
// With V2 the message is made of Components alone and Content must be empty; V2 cannot be taken back by an edit.
type Body struct {
	Content    string // up to 2000 code points
	Components []Component
	V2         bool
	Private    bool // seen by one person only; counts in the first reply to an interaction and in follow-ups
	Files      []File
	KeepFiles  bool      // an edit leaves the attachments that are there; otherwise it takes them away
	ReplyTo    MessageID // answers this message (Send only); the answer is sent even when it is gone
	Nonce      string    // up to 25 characters: the same nonce within some minutes gives the same message (Send only)
}

// File is an attachment.
type File struct {
	Name        string
	Data        []byte
	Description string // for people who do not see the picture; up to 1024 code points
}

// Component is a part of a message: ActionRow, Button, Select, TextDisplay, Container or Separator.
type Component interface {
	component()
}

// ActionRow holds up to five Buttons or one Select.
type ActionRow struct{ Components []Component }

// ButtonStyle is the look of a button (Discord's numbers).
type ButtonStyle int

// The looks of buttons.
const (
	Primary   ButtonStyle = 1
	Secondary ButtonStyle = 2
	Success   ButtonStyle = 3
	Danger    ButtonStyle = 4
	Link      ButtonStyle = 5
)

// Button is pressed, or opens URL where its style is Link.
type Button struct {
	Style    ButtonStyle
	Label    string // up to 80 code points
	CustomID string // up to 100 code points, unique in the message
	URL      string
	Disabled bool
}

// SelectKind says what a menu offers (Discord's numbers).
type SelectKind int

// The kinds of menus.
const (
	StringSelect  SelectKind = 3
	UserSelect    SelectKind = 5
	RoleSelect    SelectKind = 6
	ChannelSelect SelectKind = 8
)

// Select is a menu.
type Select struct {
	Kind        SelectKind // 0 means StringSelect
	CustomID    string
	Placeholder string         // up to 150 code points
	Options     []SelectOption // 1 to 25, of a StringSelect
	Min, Max    int            // how many may be chosen; both 0 mean exactly one
	Defaults    []string       // ids chosen already, of the other kinds
	Channels    []ChannelType  // which channels a ChannelSelect offers; nil for all
}

// SelectOption is a line of a menu; each text up to 100 code points.
type SelectOption struct {
	Label, Value, Description string
	Default                   bool
}

// TextDisplay is text of a V2 message. All of a message together have up to 4000 code points and, bytes counted, some
// 10,000 with 12 for each.
type TextDisplay struct{ Content string }

// Separator is a line between components of a V2 message.
type Separator struct{}

// Container frames components of a V2 message.
type Container struct{ Components []Component }

func (ActionRow) component()   {}
func (Button) component()      {}
func (Select) component()      {}
func (TextDisplay) component() {}
func (Separator) component()   {}
func (Container) component()   {}

// ResponseKind is how an interaction is answered first (Discord's numbers).
type ResponseKind int

// The first replies to an interaction.
const (
	RespondMessage ResponseKind = 4
	RespondDefer   ResponseKind = 5 // "thinking"; Body.Private decides for the whole interaction
	RespondAck     ResponseKind = 6 // components: nothing visible; an edit may follow
	RespondUpdate  ResponseKind = 7 // components: the message that carries them becomes Body
	RespondChoices ResponseKind = 8 // autocomplete
	RespondModal   ResponseKind = 9 // opens a form; not in answer to a form
)

// Response is the first reply to an interaction, due within 3 s.
type Response struct {
	Kind    ResponseKind
	Body    Body
	Choices []Choice
	Modal   Modal
}

// Choice is offered while an option is typed: Name 1 to 100 code points, Value up to 100.
type Choice struct{ Name, Value string }

// Modal is a form of one to five text fields.
type Modal struct {
	CustomID string
	Title    string // up to 45 code points
	Inputs   []TextInput
}

// TextInput is a field of a form.
type TextInput struct {
	CustomID    string
	Label       string // up to 45 code points
	Placeholder string // up to 100
	Value       string // what it holds when the form opens
	Long        bool   // several lines
	Optional    bool
	Min, Max    int // lengths; Max 0 means 4000
}
