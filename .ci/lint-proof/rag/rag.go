// Package rag breaks the rules of its place; its first imports are allowed.
package rag

import (
	_ "github.com/bwmarrin/discordgo" // want depguard
	_ "github.com/philippgille/chromem-go"
	_ "github.com/sashabaranov/go-openai"

	_ "amur/internal/config"  // want depguard
	_ "amur/internal/encoder" // want depguard
	_ "amur/internal/text"
	_ "amur/knowledge"
)
