package discordtest

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Pings are those whom a body notifies.
type Pings struct {
	Everyone bool `json:"everyone,omitempty"`
	Users    []ID `json:"users,omitempty"`
	Roles    []ID `json:"roles,omitempty"`
	Replied  ID   `json:"replied,omitempty"` // the author of the message that is replied to
}

// Any tells whether somebody is notified.
func (p *Pings) Any() bool {
	return p != nil && (p.Everyone || len(p.Users) > 0 || len(p.Roles) > 0 || p.Replied != "")
}

type allowedMentions struct {
	Parse       optional[[]string] `json:"parse"`
	Users       []ID               `json:"users"`
	Roles       []ID               `json:"roles"`
	RepliedUser bool               `json:"replied_user"`
}

// optional tells a field that is missing from one that is null.
type optional[T any] struct {
	Set, Null bool
	Value     T
}

// UnmarshalJSON notes that the field is there.
func (o *optional[T]) UnmarshalJSON(data []byte) error {
	o.Set = true
	if string(data) == "null" {
		o.Null = true
		return nil
	}
	return json.Unmarshal(data, &o.Value)
}

// given tells whether the field is there with a value.
func (o optional[T]) given() bool { return o.Set && !o.Null }

// check holds the rules of resources/message, "Allowed Mentions Object": parse and the lists exclude each other.
// What a null parse does is not documented; here it is an error, so that nobody relies on it.
func (a *allowedMentions) check() error {
	if a.Parse.Null {
		return invalid("allowed_mentions.parse", "This field is required")
	}
	for i, kind := range a.Parse.Value {
		if !slices.Contains([]string{"users", "roles", "everyone"}, kind) {
			return invalid(path("allowed_mentions.parse", i), "Value must be one of {'users', 'roles', 'everyone'}.")
		}
	}
	for _, list := range []struct {
		name string
		ids  []ID
	}{{"users", a.Users}, {"roles", a.Roles}} {
		if len(list.ids) > 100 {
			return invalid("allowed_mentions."+list.name, "Must be 100 or fewer in length.")
		}
		if len(list.ids) > 0 && slices.Contains(a.Parse.Value, list.name) {
			return invalid("allowed_mentions", `parse:["`+list.name+`"] and `+list.name+": [ids...] are mutually exclusive.")
		}
	}
	return nil
}

// pings is whom the text notifies. Without allowed_mentions, plain messages notify all whom they name, interactions and
// webhooks users only; it is the same for an edit, whatever the create said. Backslashes and code do not protect here:
// what is not switched off counts. What the sender may not ping (everyone, roles) counts too.
func (a *allowedMentions) pings(text string, webhook bool) *Pings {
	users, roles, everyone := true, !webhook, !webhook
	var onlyUsers, onlyRoles []ID
	if a != nil {
		users, roles = slices.Contains(a.Parse.Value, "users"), slices.Contains(a.Parse.Value, "roles")
		everyone = slices.Contains(a.Parse.Value, "everyone")
		onlyUsers, onlyRoles = a.Users, a.Roles
	}
	p := &Pings{}
	for _, found := range mentionSyntax().FindAllString(text, -1) {
		id := ID(strings.Trim(found, "<@!&>"))
		switch {
		case found == "@everyone" || found == "@here":
			p.Everyone = p.Everyone || everyone
		case strings.HasPrefix(found, "<@&"):
			if (roles || slices.Contains(onlyRoles, id)) && !slices.Contains(p.Roles, id) {
				p.Roles = append(p.Roles, id)
			}
		case (users || slices.Contains(onlyUsers, id)) && !slices.Contains(p.Users, id):
			p.Users = append(p.Users, id)
		}
	}
	return p
}

func mentionSyntax() *regexp.Regexp { return regexp.MustCompile(`<@[!&]?[0-9]+>|@everyone|@here`) }

// standing lists the mentions in a text that have no backslash before them.
func standing(text string) []string {
	var list []string
	for _, at := range mentionSyntax().FindAllStringIndex(text, -1) {
		slashes := 0
		for i := at[0] - 1; i >= 0 && text[i] == '\\'; i-- {
			slashes++
		}
		if slashes%2 == 0 {
			list = append(list, text[at[0]:at[1]])
		}
	}
	return list
}
