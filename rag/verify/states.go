package verify

import (
	"context"
	_ "embed"
	"fmt"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// Embedder gives for each text the states of its tokens from within a model of many languages, a row a token, so that texts can
// be compared word by word. Rows have one length, always the same. It must be safe for concurrent use. Errors are those of ctx
// and of the model.
type Embedder interface {
	EmbedPassageStates(ctx context.Context, texts []string) ([][][]float32, error)
	// Tokens returns the tokens of a text; those that stand around every text too are of no matter here.
	Tokens(text string) []int32
}

// states are the tokens of a text, of unit length, without what all texts of the language have in common.
type states [][]float32

//go:embed data/ordinary.txt
var ordinaryText string

// lens makes states of texts: it embeds and centres them.
type lens struct {
	embedder Embedder

	mutex   sync.Mutex
	centres map[text.Lang][]float32
}

// look embeds texts and returns their states.
func (l *lens) look(ctx context.Context, texts []string, langs []text.Lang) ([]states, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	rows, err := l.embedder.EmbedPassageStates(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("embed %d texts: %w", len(texts), err)
	}
	out := make([]states, len(texts))
	for i := range texts {
		c, err := l.centre(ctx, langs[i])
		if err != nil {
			return nil, err
		}
		out[i] = centred(rows[i], c)
	}
	return out, nil
}

// tokens finds the tokens of each word. Models cut texts at white space; within, the beginning of a piece of text has about as
// many tokens alone as it has there.
func (l *lens) tokens(s string, words []word) []tokenRange {
	around := len(l.embedder.Tokens(""))
	count := func(part string) int { return len(l.embedder.Tokens(part)) - around }
	out := make([]tokenRange, len(words))
	piece, before := 0, 0 // where the piece of text begins, and the tokens before it
	for i, w := range words {
		if at := strings.LastIndexFunc(s[:w.Start], unicode.IsSpace); at >= piece {
			_, width := utf8.DecodeRuneInString(s[at:])
			before += count(s[piece : at+width])
			piece = at + width
		}
		r := tokenRange{before, before + count(s[piece:w.End])}
		if w.Start > piece {
			r.Start += count(s[piece:w.Start])
		}
		r.End = max(r.End, r.Start+1)
		out[i] = r
	}
	return out
}

// centre returns the mean states of a language; it is measured when the language is first seen.
func (l *lens) centre(ctx context.Context, lang text.Lang) ([]float32, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if c, ok := l.centres[lang]; ok {
		return c, nil
	}
	rows, err := l.embedder.EmbedPassageStates(ctx, ordinary(lang))
	if err != nil {
		return nil, fmt.Errorf("embed ordinary sentences: %w", err)
	}
	c := meanState(rows)
	l.centres[lang] = c
	return c, nil
}

// ordinary returns the ordinary sentences of a language; the English ones for a language that has none.
func ordinary(lang text.Lang) []string {
	switch lang {
	case text.RU, text.UK, text.ZH:
	case text.ZHHant:
		lang = text.ZH
	default:
		lang = text.EN
	}
	var out []string
	inside := false
	for line := range strings.Lines(ordinaryText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			inside = line == "["+string(lang)+"]"
		case inside:
			out = append(out, line)
		}
	}
	return out
}

func meanState(texts [][][]float32) []float32 {
	var sum []float32
	n := 0
	for _, rows := range texts {
		for _, row := range rows {
			if sum == nil {
				sum = make([]float32, len(row))
			}
			for d := range sum {
				sum[d] += row[d]
			}
			n++
		}
	}
	for d := range sum {
		sum[d] /= float32(n)
	}
	return sum
}

// centred returns rows less the centre, of unit length.
func centred(rows [][]float32, centre []float32) states {
	out := make(states, len(rows))
	for i, row := range rows {
		v := make([]float32, len(row))
		var square float64
		for d := range v {
			v[d] = row[d] - centre[d]
			square += float64(v[d]) * float64(v[d])
		}
		if square > 0 {
			scale := float32(1 / math.Sqrt(square))
			for d := range v {
				v[d] *= scale
			}
		}
		out[i] = v
	}
	return out
}

// near gives for each token the greatest cosine with any token of a passage; 0 where that is none, and what is spared for a
// token without a state.
func (s states) near(passage states) []float64 {
	out := make([]float64, len(s))
	for i, a := range s {
		if a == nil {
			out[i] = spared
			continue
		}
		var best float32
		for _, b := range passage {
			best = max(best, product(a, b))
		}
		out[i] = float64(best)
	}
	return out
}

// product is the dot product of rows of one length, in four sums at a time.
func product(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}
