// Package discordtest breaks the rule of its place.
package discordtest

import (
	_ "github.com/bwmarrin/discordgo" // want depguard

	_ "amur/internal/text" // want depguard
)
