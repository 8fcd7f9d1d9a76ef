// Package bot breaks the rules of the bot's place; its last imports are allowed.
package bot

import (
	_ "github.com/bwmarrin/discordgo"       // want depguard
	_ "github.com/philippgille/chromem-go"  // want depguard
	_ "github.com/prometheus/client_golang" // want depguard
	_ "github.com/sashabaranov/go-openai"   // want depguard
	_ "github.com/spf13/cobra"              // want depguard
	_ "modernc.org/sqlite"                  // want depguard

	_ "amur/internal/config"  // want depguard
	_ "amur/internal/encoder" // want depguard
	_ "amur/internal/store"
	_ "amur/rag"
)
