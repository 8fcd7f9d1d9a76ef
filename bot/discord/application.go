package discord

import (
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
