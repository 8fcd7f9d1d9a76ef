package discordtest

// Component types (components/reference).
const (
	TypeActionRow     = 1
	TypeButton        = 2
	TypeStringSelect  = 3
	TypeTextInput     = 4
	TypeUserSelect    = 5
	TypeRoleSelect    = 6
	TypeMentionable   = 7
	TypeChannelSelect = 8
	TypeSection       = 9
	TypeTextDisplay   = 10
	TypeThumbnail     = 11
	TypeMediaGallery  = 12
	TypeFile          = 13
	TypeSeparator     = 14
	TypeContainer     = 17
	TypeLabel         = 18
	TypeFileUpload    = 19
	TypeRadioGroup    = 21
	TypeCheckboxGroup = 22
	TypeCheckbox      = 23
)

// Component is any component, with the fields of all of them.
type Component struct {
	Type          int            `json:"type"`
	ID            int            `json:"id,omitempty"`
	CustomID      string         `json:"custom_id,omitempty"`
	Style         int            `json:"style,omitempty"`
	Label         string         `json:"label,omitempty"`
	Emoji         *Emoji         `json:"emoji,omitempty"`
	URL           string         `json:"url,omitempty"`
	SKU           ID             `json:"sku_id,omitempty"`
	Disabled      bool           `json:"disabled,omitempty"`
	Components    []Component    `json:"components,omitempty"`
	Component     *Component     `json:"component,omitempty"`
	Accessory     *Component     `json:"accessory,omitempty"`
	Options       []SelectOption `json:"options,omitempty"`
	ChannelTypes  []int          `json:"channel_types,omitempty"`
	DefaultValues []DefaultValue `json:"default_values,omitempty"`
	Placeholder   string         `json:"placeholder,omitempty"`
	MinValues     *int           `json:"min_values,omitempty"`
	MaxValues     *int           `json:"max_values,omitempty"`
	MinLength     *int           `json:"min_length,omitempty"`
	MaxLength     *int           `json:"max_length,omitempty"`
	Required      *bool          `json:"required,omitempty"`
	Value         string         `json:"value,omitempty"`
	Content       string         `json:"content,omitempty"`
	Description   string         `json:"description,omitempty"`
	Items         []MediaItem    `json:"items,omitempty"`
	Media         *Media         `json:"media,omitempty"`
	File          *Media         `json:"file,omitempty"`
	Spoiler       bool           `json:"spoiler,omitempty"`
	AccentColor   *int           `json:"accent_color,omitempty"`
	Divider       *bool          `json:"divider,omitempty"`
	Spacing       int            `json:"spacing,omitempty"`
}

// Emoji is a Unicode emoji (no id) or a custom one.
type Emoji struct {
	ID       ID     `json:"id,omitempty"`
	Name     string `json:"name"`
	Animated bool   `json:"animated,omitempty"`
}

// SelectOption is a choice of a select, radio group or checkbox group.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Emoji       *Emoji `json:"emoji,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// DefaultValue is what a select of users, roles or channels starts with.
type DefaultValue struct {
	ID   ID     `json:"id"`
	Type string `json:"type"`
}

// Media is a link, or attachment://name.
type Media struct {
	URL string `json:"url"`
}

// MediaItem is one picture of a gallery.
type MediaItem struct {
	Media       Media  `json:"media"`
	Description string `json:"description,omitempty"`
	Spoiler     bool   `json:"spoiler,omitempty"`
}

// walk calls visit for every component, parents before their children.
func walk(components []Component, visit func(*Component)) {
	for i := range components {
		walkOne(&components[i], visit)
	}
}

func walkOne(c *Component, visit func(*Component)) {
	visit(c)
	walk(c.Components, visit)
	for _, child := range []*Component{c.Component, c.Accessory} {
		if child != nil {
			walkOne(child, visit)
		}
	}
}

// numbered gives an id to every component that has none, as Discord does, depth first from 1 on.
func numbered(components []Component) []Component {
	used := map[int]bool{0: true}
	walk(components, func(c *Component) { used[c.ID] = true })
	free := 1
	walk(components, func(c *Component) {
		if c.ID != 0 {
			return
		}
		for used[free] {
			free++
		}
		c.ID, used[free] = free, true
	})
	return components
}

func (c *Component) selects() bool {
	return c.Type == TypeStringSelect || c.Type >= TypeUserSelect && c.Type <= TypeChannelSelect
}
