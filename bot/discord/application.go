package discord

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// ApplicationID names the bot's application.
type ApplicationID string

// Application is what Discord knows of the bot itself.
type Application struct {
	ID             ApplicationID
	Name           string
	User           User
	Public         bool // anybody may add the bot to a server
	MessageContent bool // the intent to read messages is switched on in the developer portal
	EndpointURL    bool // interactions go to a web address, not to the gateway: the bot would hear none
	Guilds         int  // about
}

// InviteURL is where a manager of a server adds the bot, with these rights asked for.
func InviteURL(id ApplicationID, rights Permissions) string {
	q := url.Values{
		"client_id":   {string(id)},
		"scope":       {"bot applications.commands"},
		"permissions": {strconv.FormatUint(uint64(rights), 10)},
	}
	return "https://discord.com/oauth2/authorize?" + q.Encode()
}

// Flags of applications.
const (
	flagMessageContent        = 1 << 18
	flagMessageContentLimited = 1 << 19
)

// application asks who the token belongs to.
func (r *rest) application(ctx context.Context) (Application, error) {
	var user rawUser
	if err := r.do(ctx, call{method: http.MethodGet, route: "/users/@me"}, &user); err != nil {
		return Application{}, err
	}
	var raw struct {
		ID       ApplicationID `json:"id"`
		Name     string        `json:"name"`
		Flags    int           `json:"flags"`
		Public   bool          `json:"bot_public"`
		Endpoint string        `json:"interactions_endpoint_url"`
		Guilds   int           `json:"approximate_guild_count"`
	}
	if err := r.do(ctx, call{method: http.MethodGet, route: "/applications/@me"}, &raw); err != nil {
		return Application{}, err
	}
	return Application{
		ID: raw.ID, Name: raw.Name, User: user.user(), Public: raw.Public, EndpointURL: raw.Endpoint != "", Guilds: raw.Guilds,
		MessageContent: raw.Flags&(flagMessageContent|flagMessageContentLimited) != 0,
	}, nil
}
