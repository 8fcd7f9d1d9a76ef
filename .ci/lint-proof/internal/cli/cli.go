// Package cli stands for the real one: only its last import is an offence.
package cli

import ( // want goimports
	_ "amur/bot"
	_ "amur/internal/encoder"
	_ "amur/internal/eval"
	_ "amur/internal/ingest"
	_ "github.com/bwmarrin/discordgo" // want depguard
	_ "github.com/spf13/cobra"
)

// Main returns the exit status.
func Main([]string) int { return 0 }
