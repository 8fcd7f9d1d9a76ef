package store

import "time"

// Preset is where the bot speaks in public.
type Preset string

// The presets. Until a manager has chosen one, the bot answers in private everywhere.
const (
	PresetNone  Preset = ""      // nobody has set the bot up
	PresetQuiet Preset = "quiet" // all answers are private
	PresetAsk   Preset = "ask"   // public in Settings.AskChannels
	PresetOpen  Preset = "open"  // public everywhere
)

// Layout is the form of answers.
type Layout string

// The layouts.
const (
	LayoutDefault    Layout = "" // components
	LayoutComponents Layout = "components"
	LayoutPlain      Layout = "plain"
)

// Switch is a setting that a manager may leave to the operator.
type Switch string

// The positions of a switch.
const (
	Default Switch = ""
	On      Switch = "on"
	Off     Switch = "off"
)

// Is returns the position of the switch, and standard where it was left alone.
func (s Switch) Is(standard bool) bool { return s == On || s == Default && standard }

// Settings are what the managers of a server have chosen. The zero value is that of a server that nobody has set up: every
// zero field stands for the operator's default. Of the numbers, 0 is the default and -1 is "none" (no limit, no wait).
type Settings struct {
	Preset         Preset             `json:"preset,omitempty"`
	AskChannels    []Channel          `json:"ask_channels,omitempty"`
	ModeratorRoles []Role             `json:"moderator_roles,omitempty"` // besides those whom Discord's permissions make moderators
	LogChannel     Channel            `json:"log_channel,omitempty"`     // where cards go; empty for nowhere
	Language       string             `json:"language,omitempty"`        // en, ru, uk, zh-CN, zh-TW; empty: Discord's locale
	Languages      map[Channel]string `json:"languages,omitempty"`       // by channel, stronger than Language

	UseModel   Switch `json:"use_model,omitempty"`
	Streaming  Switch `json:"streaming,omitempty"`
	Layout     Layout `json:"layout,omitempty"`
	Check      Switch `json:"check,omitempty"`       // Check against sources
	CheckModel Switch `json:"check_model,omitempty"` // whether messages that are checked may go to a language model
	Notes      Switch `json:"notes,omitempty"`

	Insights      bool      `json:"insights,omitempty"`       // whether questions are kept
	InsightsSince time.Time `json:"insights_since,omitzero"`  // when it was switched on and announced
	RetentionDays int       `json:"retention_days,omitempty"` // of questions; at most MaxRetentionDays

	CooldownSeconds    int `json:"cooldown_seconds,omitempty"` // between two questions of a member
	DailyPerMember     int `json:"daily_per_member,omitempty"`
	DailyPerServer     int `json:"daily_per_server,omitempty"`
	MinMinutesOnServer int `json:"min_minutes_on_server,omitempty"`

	// Version is what SaveSettings compares: 0 where nothing was saved yet.
	Version int64     `json:"-"`
	Saved   time.Time `json:"-"`
}

// How long questions are kept where insights are on.
const (
	DefaultRetentionDays = 30
	MaxRetentionDays     = 365
)
