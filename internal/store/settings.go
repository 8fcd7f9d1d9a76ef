package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

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

	UseModel  Switch `json:"use_model,omitempty"`
	Streaming Switch `json:"streaming,omitempty"`
	Layout    Layout `json:"layout,omitempty"`
	Check     Switch `json:"check,omitempty"` // Check against sources
	Notes     Switch `json:"notes,omitempty"`

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

// settingsFormat is that of the JSON in which settings are kept.
const settingsFormat = 1

// Settings returns what was chosen for a server; the zero value where nothing was.
func (s *Store) Settings(ctx context.Context, server Server) (Settings, error) {
	settings, err := readSettings(ctx, s.read, server)
	return settings, s.explain("read settings in", err)
}

func readSettings(ctx context.Context, q querier, server Server) (Settings, error) {
	settings, err := one(ctx, q, func(rows *sql.Rows) (Settings, error) {
		var settings Settings
		var format int
		var body string
		if err := rows.Scan(&format, &settings.Version, (*moment)(&settings.Saved), &body); err != nil {
			return Settings{}, err
		}
		if format != settingsFormat {
			return Settings{}, fmt.Errorf("%w: settings of format %d", ErrDamaged, format)
		}
		if err := json.Unmarshal([]byte(body), &settings); err != nil {
			return Settings{}, fmt.Errorf("%w: settings: %w", ErrDamaged, err)
		}
		return settings, nil
	}, "SELECT format, version, saved, body FROM settings WHERE server = ?", server)
	if errors.Is(err, ErrNotFound) {
		return Settings{}, nil
	}
	return settings, err
}

// SaveSettings saves what was read with Settings and changed. It is ErrChanged where somebody else has saved in between.
// Where insights are on, they stay as announced: InsightsSince is set when they are switched on, and cleared when off.
func (s *Store) SaveSettings(ctx context.Context, server Server, settings Settings, by Member) error {
	if server == "" {
		return s.explain("save settings in", ErrNoServer)
	}
	now := s.clock()
	who, err := s.seal(place{"settings", server, "saved_by"}, string(by))
	if err != nil {
		return s.explain("save settings in", err)
	}
	return s.write(ctx, "save settings in", func(ctx context.Context, tx *sql.Tx) error {
		old, err := readSettings(ctx, tx, server)
		if err != nil {
			return err
		}
		if old.Version != settings.Version {
			return ErrChanged
		}
		settings.InsightsSince = time.Time{}
		if settings.Insights {
			settings.InsightsSince = now
			if old.Insights {
				settings.InsightsSince = old.InsightsSince
			}
		}
		body, err := json.Marshal(settings)
		if err != nil {
			return err
		}
		const statement = "INSERT INTO settings (server, format, version, saved, saved_by, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6) " +
			"ON CONFLICT DO UPDATE SET format = ?2, version = ?3, saved = ?4, saved_by = ?5, body = ?6"
		_, err = tx.ExecContext(ctx, statement, server, settingsFormat, old.Version+1, moment(now), who, string(body))
		return err
	})
}

// retention is how long questions are kept.
func (s Settings) retention() time.Duration {
	days := s.RetentionDays
	if days <= 0 {
		days = DefaultRetentionDays
	}
	return time.Duration(min(days, MaxRetentionDays)) * 24 * time.Hour
}
