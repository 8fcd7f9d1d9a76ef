package modeltest

import (
	"encoding/json"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"net/http"
)

// Echo answers with the prompt itself.
func Echo(r Request) Response { return Say(r.User()) }

// Competent answers each prompt, which is the text of the user's last message, with what a function makes of it.
func Competent(answer func(prompt string) string) Answer {
	return func(r Request) Response { return Say(answer(r.User())) }
}

// Queue answers with the responses in order, and with the last one from then on. Requests that are not for chat count
// as well.
func Queue(responses ...Response) Answer {
	return func(r Request) Response {
		if len(responses) == 0 {
			return Echo(r)
		}
		return responses[min(r.Number, len(responses)-1)]
	}
}

// As speaks like one of the servers.
func As(shape Shape, answer Answer) Answer {
	return func(r Request) Response {
		out := answer(r)
		out.Shape = shape
		return out
	}
}

// dimensions of the vectors.
const dimensions = 32

// embeddings gives each text a vector of length 1 that depends on nothing else.
func embeddings(r Request) Response {
	var texts []string
	if json.Unmarshal(r.fields.Input, &texts) != nil {
		var one string
		if json.Unmarshal(r.fields.Input, &one) != nil {
			return Status(http.StatusBadRequest, "input is neither a text nor a list of texts")
		}
		texts = []string{one}
	}
	var data []any
	tokens := 0
	for i, text := range texts {
		tokens += count(text)
		data = append(data, object{"object": "embedding", "index": i, "embedding": vector(text)})
	}
	return Response{Body: encode(object{
		"object": "list", "data": data, "model": r.Model(),
		"usage": object{"prompt_tokens": tokens, "total_tokens": tokens},
	})}
}

func vector(text string) []float64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text))                  // a hash takes everything
	random := rand.New(rand.NewPCG(h.Sum64(), 0)) //nolint:gosec // the same text must have the same vector
	out := make([]float64, dimensions)
	length := 0.0
	for i := range out {
		out[i] = random.NormFloat64()
		length += out[i] * out[i]
	}
	for i := range out {
		out[i] /= math.Sqrt(length)
	}
	return out
}

// models lists the one model there is.
func models() Response {
	return Response{Body: encode(object{
		"object": "list", "data": []any{object{"id": "small", "object": "model", "created": 1767225600, "owned_by": "nobody"}},
	})}
}
