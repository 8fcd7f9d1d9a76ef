// Package discord breaks the rule of its place; its last import is allowed.
package discord

import (
	_ "amur/internal/store" // want depguard
	_ "amur/internal/text"  // want depguard
	_ "amur/rag"            // want depguard

	_ "github.com/bwmarrin/discordgo"
)
