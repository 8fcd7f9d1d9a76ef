package config

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Discord says as which bot amur speaks, and with whom.
type Discord struct {
	// Token is the bot's token; without one there is no bot.
	Token Secret `yaml:"token"`
	// API is the address of a server in place of https://discord.com/api/v10, or empty.
	API string `yaml:"api"`
	// Shards is how many connections share the servers; 0 for as many as Discord advises.
	Shards int `yaml:"shards"`
}

// IDs are ids of Discord's: decimal numbers.
type IDs []string

// Servers says which servers the bot serves, and what their managers cannot go beyond.
type Servers struct {
	// Allow are the servers that are served, or empty for all; Deny goes before it.
	Allow IDs `yaml:"allow"`
	Deny  IDs `yaml:"deny"`

	// MaxRetentionDays is the longest that a manager can have questions kept; 0 keeps none.
	MaxRetentionDays int `yaml:"max_retention_days"`
	// MaxDailyPerMember and MaxDailyPerServer are the most questions a day that a manager can allow.
	MaxDailyPerMember int `yaml:"max_daily_per_member"`
	MaxDailyPerServer int `yaml:"max_daily_per_server"`
	// UseModel lets managers choose that a language model words answers.
	UseModel bool `yaml:"use_model"`
}

// Serves reports whether a server with this id is served.
func (s Servers) Serves(id string) bool {
	return !slices.Contains(s.Deny, id) && (len(s.Allow) == 0 || slices.Contains(s.Allow, id))
}

// Limits bound what the bot does at once and for one person. Those of a day are where servers start; their managers choose
// others. A lower ceiling of Servers goes before them.
type Limits struct {
	// Workers is how many questions are answered at once, and Queue how many more may wait.
	Workers int `yaml:"workers"`
	Queue   int `yaml:"queue"`
	// Cooldown is the time between two questions of a member.
	Cooldown time.Duration `yaml:"cooldown"`
	// PublicPerMinute is how many public answers a channel gets in a minute.
	PublicPerMinute int `yaml:"public_per_minute"`
	// MinMinutesOnServer is how long somebody must have been a member.
	MinMinutesOnServer int `yaml:"min_minutes_on_server"`
	// DailyPerMember and DailyPerServer are how many questions are answered on one day (UTC).
	DailyPerMember int `yaml:"daily_per_member"`
	DailyPerServer int `yaml:"daily_per_server"`
}

// Links says which addresses of sources are given.
type Links struct {
	// Mode is all, titles-only (no address at all) or off (no titles either).
	Mode string `yaml:"mode"`
	// Deny are domains, with all below them, whose sources are named without an address.
	Deny []string `yaml:"deny"`
}

// validate does not repeat the token.
func (d Discord) validate() error {
	token := d.Token.Reveal()
	if strings.ContainsFunc(token, unicode.IsSpace) || strings.HasPrefix(strings.ToLower(token), "bot ") {
		return errors.New("AMUR_DISCORD_TOKEN holds a space: write the token alone, as the developer portal shows it, without \"Bot\" before it")
	}
	if d.API != "" {
		if err := address("discord.api", d.API, "AMUR_DISCORD_TOKEN"); err != nil {
			return err
		}
	}
	return between("discord.shards", d.Shards, 0, 1000)
}

// advice returns what is allowed and unwise, a sentence each.
func (d Discord) advice() []string {
	u, err := url.Parse(d.API)
	if err == nil && u.Scheme == "http" && d.Token.IsSet() && !isNear(u.Hostname()) {
		return []string{"discord.api begins with http:// and leads out of this network: the bot's token can be read on the way; use https://"}
	}
	return nil
}

func (s Servers) validate() error {
	errs := []error{s.Allow.validate("servers.allow"), s.Deny.validate("servers.deny")}
	for _, id := range s.Allow {
		if slices.Contains(s.Deny, id) {
			errs = append(errs, fmt.Errorf("server %s is in both servers.allow and servers.deny: keep one", id))
		}
	}
	return errors.Join(append(errs,
		between("servers.max_retention_days", s.MaxRetentionDays, 0, 365),
		between("servers.max_daily_per_member", s.MaxDailyPerMember, 1, 1_000_000),
		between("servers.max_daily_per_server", s.MaxDailyPerServer, 1, 100_000_000),
	)...)
}

func (ids IDs) validate(key string) error {
	for _, id := range ids {
		if len(id) < 15 || len(id) > 20 || strings.Trim(id, "0123456789") != "" {
			return fmt.Errorf("%s: %q is no server id: with Discord's developer mode on, right-click the server and copy its id, such as 112233445566778899", key, id)
		}
	}
	return nil
}

func (l Limits) validate() error {
	errs := []error{
		between("limits.workers", l.Workers, 1, 1000),
		between("limits.queue", l.Queue, 1, 100_000),
		between("limits.public_per_minute", l.PublicPerMinute, 1, 1000),
		between("limits.min_minutes_on_server", l.MinMinutesOnServer, 0, 60*24*30),
		between("limits.daily_per_member", l.DailyPerMember, 1, 1_000_000),
		between("limits.daily_per_server", l.DailyPerServer, 1, 100_000_000),
	}
	if l.Cooldown < 0 || l.Cooldown > time.Hour {
		errs = append(errs, fmt.Errorf("limits.cooldown is %s: choose 0s to 1h", l.Cooldown))
	}
	return errors.Join(errs...)
}

func (l Links) validate() error {
	if err := oneOf("links.mode", l.Mode, "all", "titles-only", "off"); err != nil {
		return err
	}
	for _, domain := range l.Deny {
		if !isDomain(domain) {
			return fmt.Errorf("links.deny: %q is no domain: write it in lower case and without https:// or a path, such as example.com", domain)
		}
	}
	return nil
}

// isDomain reports whether name is labels of letters, digits and hyphens, in lower case, with dots between.
func isDomain(name string) bool {
	if !strings.Contains(name, ".") || len(name) > 253 || strings.ToLower(name) != name {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		bad := strings.ContainsFunc(label, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if label == "" || bad || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return true
}
