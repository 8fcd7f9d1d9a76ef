package bot

import (
	"amur/knowledge"
	"amur/rag"
	"amur/rag/factcheck"
	"amur/rag/verify"
)

// Edition is a state of the documents with what answers from it. It is immutable; a reload brings another.
type Edition struct {
	Name     string // such as "2026-11"
	Base     *knowledge.Base
	Answerer *rag.Answerer
	Checker  *factcheck.Checker // compares messages with the documents
	Claims   *verify.Checker    // checks a claim against passages
	Embedder rag.Embedder       // compares questions by their meaning; nil compares their words
}

// Edition returns the documents that answers come from now.
func (b *Bot) Edition() *Edition { return b.edition.Load() }
