package discord

// Numbers of components (https://docs.discord.com/developers/components/reference).
const (
	rowType         = 1
	buttonType      = 2
	textInputType   = 4
	textDisplayType = 10
	separatorType   = 14
	containerType   = 17
	labelType       = 18
)

// componentJSON is any component on the wire.
type componentJSON struct {
	Type          int             `json:"type"`
	Style         int             `json:"style,omitempty"`
	Label         string          `json:"label,omitempty"`
	CustomID      string          `json:"custom_id,omitempty"`
	URL           string          `json:"url,omitempty"`
	Disabled      bool            `json:"disabled,omitempty"`
	Content       string          `json:"content,omitempty"`
	Placeholder   string          `json:"placeholder,omitempty"`
	Options       []optionJSON    `json:"options,omitempty"`
	MinValues     *int            `json:"min_values,omitempty"`
	MaxValues     *int            `json:"max_values,omitempty"`
	DefaultValues []defaultJSON   `json:"default_values,omitempty"`
	ChannelTypes  []ChannelType   `json:"channel_types,omitempty"`
	MinLength     *int            `json:"min_length,omitempty"`
	MaxLength     *int            `json:"max_length,omitempty"`
	Required      *bool           `json:"required,omitempty"`
	Value         string          `json:"value,omitempty"`
	Components    []componentJSON `json:"components,omitempty"`
	Component     *componentJSON  `json:"component,omitempty"`
}

type optionJSON struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

type defaultJSON struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// componentsJSON turns components, checked before, into what goes over the wire; never nil.
func componentsJSON(components []Component) []componentJSON {
	out := make([]componentJSON, 0, len(components))
	for _, c := range components {
		switch c := c.(type) {
		case ActionRow:
			out = append(out, componentJSON{Type: rowType, Components: componentsJSON(c.Components)})
		case Container:
			out = append(out, componentJSON{Type: containerType, Components: componentsJSON(c.Components)})
		case TextDisplay:
			out = append(out, componentJSON{Type: textDisplayType, Content: c.Content})
		case Separator:
			out = append(out, componentJSON{Type: separatorType})
		case Button:
			out = append(out, componentJSON{
				Type: buttonType, Style: int(c.Style), Label: c.Label, CustomID: c.CustomID, URL: c.URL, Disabled: c.Disabled,
			})
		case Select:
			out = append(out, selectJSON(c))
		}
	}
	return out
}

func selectJSON(s Select) componentJSON {
	low, high := s.bounds()
	out := componentJSON{
		Type: int(s.kind()), CustomID: s.CustomID, Placeholder: s.Placeholder, MinValues: &low, MaxValues: &high, ChannelTypes: s.Channels,
	}
	for _, o := range s.Options {
		out.Options = append(out.Options, optionJSON(o))
	}
	for _, id := range s.Defaults {
		kind := "user"
		switch s.Kind {
		case RoleSelect:
			kind = "role"
		case ChannelSelect:
			kind = "channel"
		}
		out.DefaultValues = append(out.DefaultValues, defaultJSON{id, kind})
	}
	return out
}

func (s Select) kind() SelectKind {
	if s.Kind == 0 {
		return StringSelect
	}
	return s.Kind
}

// bounds say how many may be chosen.
func (s Select) bounds() (int, int) {
	if s.Min == 0 && s.Max == 0 {
		return 1, 1
	}
	return s.Min, max(s.Max, 1)
}

// modalJSON is a form on the wire. Each field stands in a label: rows around text fields are the retired form.
type modalJSON struct {
	CustomID   string          `json:"custom_id"`
	Title      string          `json:"title"`
	Components []componentJSON `json:"components"`
}

func newModal(m Modal) modalJSON {
	out := modalJSON{CustomID: m.CustomID, Title: m.Title}
	for _, t := range m.Inputs {
		style := 1
		if t.Long {
			style = 2
		}
		required, low, high := !t.Optional, t.Min, t.most()
		out.Components = append(out.Components, componentJSON{Type: labelType, Label: t.Label, Component: &componentJSON{
			Type: textInputType, CustomID: t.CustomID, Style: style, Placeholder: t.Placeholder, Value: t.Value,
			Required: &required, MinLength: &low, MaxLength: &high,
		}})
	}
	return out
}

func (t TextInput) most() int {
	if t.Max == 0 {
		return mostInput
	}
	return t.Max
}
