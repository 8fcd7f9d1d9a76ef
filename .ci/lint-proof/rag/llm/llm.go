// Package llm breaks the rules of its place; its first import is allowed.
package llm

import (
	_ "github.com/sashabaranov/go-openai"

	_ "amur/internal/modeltest" // want depguard
	_ "amur/knowledge"          // want depguard
)
