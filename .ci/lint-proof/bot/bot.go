// Package bot breaks the rules of the bot's place; its first import is allowed.
package bot

import (
	_ "github.com/bwmarrin/discordgo"
	_ "github.com/philippgille/chromem-go" // want depguard
	_ "github.com/sashabaranov/go-openai"  // want depguard
	_ "github.com/spf13/cobra"             // want depguard
	_ "modernc.org/sqlite"                 // want depguard

	_ "amur/internal/config" // want depguard
	_ "amur/rag"
)
