package cli

import (
	"amur/rag"
	"amur/rag/verify"
)

// NewChecker gives tests the check that answers go through.
func NewChecker(e rag.Embedder) (*verify.Checker, error) { return newChecker(e) }
