package cli

import (
	"amur/internal/store"
	"amur/rag"
)

// Wrap gives tests the lines of a paragraph.
func Wrap(s string, width int) []string { return wrap(s, width, width) }

// Budget gives tests the budget that the language model is asked within.
func Budget(b *store.Budget, warn func(string)) rag.Budget { return budget{b, warn} }
