package rag

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	openai "github.com/sashabaranov/go-openai"
)

// OpenAIEmbedder talks to any server with an OpenAI-compatible embeddings endpoint. It is safe for concurrent use.
type OpenAIEmbedder struct {
	client        *openai.Client
	key           string
	model         string
	queryPrefix   string
	passagePrefix string
}

// OpenAIOptions say where an embeddings endpoint is and what it expects.
type OpenAIOptions struct {
	BaseURL       string // such as http://localhost:11434/v1; required
	Model         string // name of the model on the server; required
	Key           string // sent as a bearer token; empty for a server that wants none
	QueryPrefix   string // put in front of questions, where the model wants one
	PassagePrefix string // put in front of passages, likewise
}

// NewOpenAIEmbedder makes an embedder for an endpoint; it does not connect yet.
func NewOpenAIEmbedder(o OpenAIOptions) (*OpenAIEmbedder, error) {
	if o.BaseURL == "" || o.Model == "" {
		return nil, errors.New("embeddings endpoint: set both its address and its model")
	}
	config := openai.DefaultConfig(o.Key)
	config.BaseURL = o.BaseURL
	return &OpenAIEmbedder{
		client: openai.NewClientWithConfig(config), key: o.Key, model: o.Model,
		queryPrefix: o.QueryPrefix, passagePrefix: o.PassagePrefix,
	}, nil
}

// Model names the model and how it is asked.
func (e *OpenAIEmbedder) Model() string {
	return fmt.Sprintf("openai:%s:%q:%q", e.model, e.queryPrefix, e.passagePrefix)
}

// EmbedQueries embeds questions.
func (e *OpenAIEmbedder) EmbedQueries(ctx context.Context, texts []string) ([][]float32, error) {
	return e.embed(ctx, e.queryPrefix, texts)
}

// EmbedPassages embeds passages.
func (e *OpenAIEmbedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	return e.embed(ctx, e.passagePrefix, texts)
}

// requestTexts is how many texts a request has at the most: some servers take no more.
const requestTexts = 32

func (e *OpenAIEmbedder) embed(ctx context.Context, prefix string, texts []string) ([][]float32, error) {
	var out [][]float32
	for part := range slices.Chunk(texts, requestTexts) {
		vectors, err := e.request(ctx, prefix, part)
		if err != nil {
			return nil, err
		}
		out = append(out, vectors...)
	}
	return out, nil
}

func (e *OpenAIEmbedder) request(ctx context.Context, prefix string, texts []string) ([][]float32, error) {
	input := make([]string, len(texts))
	for i, t := range texts {
		input[i] = prefix + t
	}
	resp, err := e.client.CreateEmbeddings(ctx, openai.EmbeddingRequest{
		Input: input, Model: openai.EmbeddingModel(e.model), EncodingFormat: openai.EmbeddingEncodingFormatFloat,
	})
	if err != nil {
		return nil, fmt.Errorf("embeddings of %s: %w", e.model, e.withoutKey(err))
	}
	if len(resp.Data) != len(texts) {
		return nil, fmt.Errorf("embeddings of %s: the server returned %d vectors for %d texts", e.model, len(resp.Data), len(texts))
	}
	out := make([][]float32, len(texts))
	for _, d := range resp.Data {
		if d.Index < 0 || d.Index >= len(out) || out[d.Index] != nil || len(d.Embedding) == 0 {
			return nil, fmt.Errorf("embeddings of %s: the server returned vectors out of order", e.model)
		}
		if n := len(resp.Data[0].Embedding); len(d.Embedding) != n {
			return nil, fmt.Errorf("embeddings of %s: the server returned vectors of %d and %d components", e.model, n, len(d.Embedding))
		}
		if out[d.Index], err = unit(d.Embedding); err != nil {
			return nil, fmt.Errorf("embeddings of %s: %w", e.model, err)
		}
	}
	return out, nil
}

// withoutKey takes the key out of an error: servers repeat it when they refuse it.
func (e *OpenAIEmbedder) withoutKey(err error) error {
	if s := err.Error(); e.key != "" && strings.Contains(s, e.key) {
		return errors.New(strings.ReplaceAll(s, e.key, "[key]"))
	}
	return err
}

// unit scales a vector to length 1.
func unit(v []float32) ([]float32, error) {
	length := math.Sqrt(dot(v, v))
	if length == 0 || math.IsNaN(length) || math.IsInf(length, 0) {
		return nil, errors.New("a vector has no direction")
	}
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(float64(x) / length)
	}
	return out, nil
}

// middle is the direction between two vectors.
func middle(a, b []float32) ([]float32, error) {
	if len(a) != len(b) {
		return nil, fmt.Errorf("the model returned vectors of %d and %d components", len(a), len(b))
	}
	sum := make([]float32, len(a))
	for i := range sum {
		sum[i] = a[i] + b[i]
	}
	return unit(sum)
}
