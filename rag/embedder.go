package rag

import "context"

// Embedder turns texts into vectors whose dot product says how near their meanings are. Questions and passages are
// told apart because retrieval models read them differently.
//
// Each call returns one vector of unit length for each text, in the order of the texts, all of one dimension; the
// caller owns them. No texts give no vectors and no error. An error returns no vectors. Implementations are safe for
// concurrent use.
type Embedder interface {
	EmbedQueries(ctx context.Context, texts []string) ([][]float32, error)
	EmbedPassages(ctx context.Context, texts []string) ([][]float32, error)
	// Model names the model exactly: vectors of different names cannot be compared.
	Model() string
}
