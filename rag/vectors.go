package rag

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
)

// ErrDamaged says that a file of vectors or an index is cut short, altered or not one at all.
var ErrDamaged = errors.New("damaged file")

// role says what a text is embedded as.
type role byte

const (
	asQuery   role = 'q'
	asPassage role = 'p'
)

// vectorKey names an embedded text: the start of a SHA-256 over its role and its words.
type vectorKey [16]byte

func keyOf(r role, text string) vectorKey {
	sum := sha256.Sum256(append([]byte{byte(r)}, text...))
	return vectorKey(sum[:16])
}

// Vectors is a cache of embeddings by content: a text that was embedded once is not embedded again, wherever it
// stands. Components are kept in 16 bits (IEEE 754 binary16), in the file as in memory, so that a cached vector and a
// fresh one are the same to the bit. Not safe for concurrent use.
type Vectors struct {
	model string
	dim   int
	byKey map[vectorKey][]float32
}

// NewVectors returns an empty cache for the vectors of one model.
func NewVectors(model string) *Vectors {
	return &Vectors{model: model, byKey: map[vectorKey][]float32{}}
}

// Len is the number of vectors.
func (v *Vectors) Len() int { return len(v.byKey) }

// Model names the model whose vectors these are.
func (v *Vectors) Model() string { return v.model }

// Merge takes over what other holds of the same model; vectors of another model are left out.
func (v *Vectors) Merge(other *Vectors) {
	if other == nil || other.model != v.model {
		return
	}
	for k, vec := range other.byKey {
		v.byKey[k] = vec
	}
	if v.dim == 0 {
		v.dim = other.dim
	}
}

// embedBatch is how many texts are embedded between two reports of progress.
const embedBatch = 32

// fill puts the vectors of texts into the cache and returns them in order. It embeds those that known lacks.
func (v *Vectors) fill(ctx context.Context, e Embedder, known *Vectors, r role, texts []string, progress func(done, total int)) ([][]float32, error) {
	out := make([][]float32, len(texts))
	var missing []int
	for i, t := range texts {
		if vec, ok := known.byKey[keyOf(r, t)]; ok {
			out[i] = vec
			v.byKey[keyOf(r, t)], v.dim = vec, len(vec)
		} else {
			missing = append(missing, i)
		}
	}
	embed := e.EmbedPassages
	if r == asQuery {
		embed = e.EmbedQueries
	}
	for start := 0; start < len(missing); start += embedBatch {
		part := missing[start:min(start+embedBatch, len(missing))]
		batch := make([]string, len(part))
		for i, at := range part {
			batch[i] = texts[at]
		}
		vecs, err := embed(ctx, batch)
		if err != nil {
			return nil, fmt.Errorf("embed passages: %w", err)
		}
		if len(vecs) != len(batch) {
			return nil, fmt.Errorf("embed passages: the model returned %d vectors for %d texts", len(vecs), len(batch))
		}
		for i, at := range part {
			vec, err := v.put(keyOf(r, batch[i]), vecs[i])
			if err != nil {
				return nil, err
			}
			out[at] = vec
		}
		if progress != nil {
			progress(start+len(part), len(missing))
		}
	}
	return out, nil
}

func (v *Vectors) put(k vectorKey, vec []float32) ([]float32, error) {
	if v.dim == 0 {
		v.dim = len(vec)
	}
	if len(vec) != v.dim || v.dim == 0 {
		return nil, fmt.Errorf("embed: the model returned a vector of %d components where %d were expected", len(vec), v.dim)
	}
	rounded := make([]float32, len(vec))
	for i, x := range vec {
		if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
			return nil, errors.New("embed: the model returned a vector that is not finite")
		}
		rounded[i] = fromHalf(toHalf(x))
	}
	v.byKey[k] = rounded
	return rounded, nil
}

const vectorsMagic = "AMURVEC1"

// Write encodes the cache: a magic word, the model's name, the dimension, the count, then keys in order with their
// components, and a SHA-256 over all of it.
func (v *Vectors) Write(w io.Writer) error {
	var b bytes.Buffer
	b.WriteString(vectorsMagic)
	v.encode(&b)
	return writeSealed(w, b.Bytes())
}

// ReadVectors decodes what Write wrote. Anything else is an error wrapping ErrDamaged.
func ReadVectors(data []byte) (*Vectors, error) {
	body, err := openSealed(data, vectorsMagic)
	if err != nil {
		return nil, err
	}
	d := decoder{rest: body}
	v := decodeVectors(&d)
	if d.failed || len(d.rest) != 0 {
		return nil, fmt.Errorf("vectors: %w", ErrDamaged)
	}
	return v, nil
}

func (v *Vectors) encode(b *bytes.Buffer) {
	writeString(b, v.model)
	b.Write(binary.AppendUvarint(nil, uint64(v.dim)))
	b.Write(binary.AppendUvarint(nil, uint64(len(v.byKey))))
	half := make([]byte, 2*v.dim)
	for _, k := range slices.SortedFunc(maps.Keys(v.byKey), func(a, b vectorKey) int { return bytes.Compare(a[:], b[:]) }) {
		b.Write(k[:])
		for i, x := range v.byKey[k] {
			binary.LittleEndian.PutUint16(half[2*i:], toHalf(x))
		}
		b.Write(half)
	}
}

// decodeVectors reads what encode wrote; what does not fit marks the decoder as failed.
func decodeVectors(d *decoder) *Vectors {
	v := NewVectors(d.str())
	v.dim = d.count(1 << 16)
	n := d.count(len(d.rest))
	if d.failed || n*(len(vectorKey{})+2*v.dim) > len(d.rest) {
		d.failed = true
		return v
	}
	all := make([]float32, n*v.dim)
	for i := range n {
		k := vectorKey(d.rest[:len(vectorKey{})])
		d.rest = d.rest[len(k):]
		vec := all[i*v.dim : (i+1)*v.dim : (i+1)*v.dim]
		for j := range vec {
			vec[j] = fromHalf(binary.LittleEndian.Uint16(d.rest[2*j:]))
		}
		v.byKey[k] = vec
		d.rest = d.rest[2*v.dim:]
	}
	return v
}
