package rag

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
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

// vectorKey names an embedded passage: the start of a SHA-256 over its text.
type vectorKey [16]byte

func keyOf(text string) vectorKey {
	sum := sha256.Sum256([]byte(text))
	return vectorKey(sum[:16])
}

// Vectors is a cache of embedded passages by content: a text that was embedded once is not embedded again, wherever it
// stands. Components are kept in 16 bits (IEEE 754 binary16), in the file as in memory, so that a cached vector and a
// fresh one are the same to the bit. Not safe for concurrent use.
type Vectors struct {
	model string
	dim   int
	byKey map[vectorKey]entry
}

// entry is an embedded passage: its vector and the signs of its tokens, which an embedder without token states lacks.
type entry struct {
	vector []float32
	signs  signs
}

// NewVectors returns an empty cache for the vectors of one model.
func NewVectors(model string) *Vectors {
	return &Vectors{model: model, byKey: map[vectorKey]entry{}}
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
	maps.Copy(v.byKey, other.byKey)
	if v.dim == 0 {
		v.dim = other.dim
	}
}

// embedBatch is how many texts are embedded between two reports of progress.
const embedBatch = 32

// fill puts passages into the cache and returns them in order. It embeds those that known lacks; centre is what is
// taken off the tokens' states.
func (v *Vectors) fill(ctx context.Context, e Embedder, known *Vectors, centre []float32, texts []string, progress func(done, total int)) ([]entry, error) {
	out := make([]entry, len(texts))
	var missing []int
	for i, t := range texts {
		if got, ok := known.byKey[keyOf(t)]; ok {
			out[i] = got
			v.byKey[keyOf(t)], v.dim = got, len(got.vector)
		} else {
			missing = append(missing, i)
		}
	}
	for start := 0; start < len(missing); start += embedBatch {
		part := missing[start:min(start+embedBatch, len(missing))]
		batch := make([]string, len(part))
		for i, at := range part {
			batch[i] = texts[at]
		}
		fresh, err := embedAll(ctx, e, asPassage, batch)
		if err != nil {
			return nil, fmt.Errorf("embed passages: %w", err)
		}
		for i, at := range part {
			if out[at], err = v.put(batch[i], fresh[i], centre); err != nil {
				return nil, err
			}
		}
		if progress != nil {
			progress(start+len(part), len(missing))
		}
	}
	return out, nil
}

func (v *Vectors) put(text string, fresh embedded, centre []float32) (entry, error) {
	if v.dim == 0 {
		v.dim = len(fresh.vector)
	}
	if len(fresh.vector) != v.dim || v.dim == 0 {
		return entry{}, fmt.Errorf("embed: the model returned a vector of %d components where %d were expected", len(fresh.vector), v.dim)
	}
	rounded := make([]float32, v.dim)
	for i, x := range fresh.vector {
		rounded[i] = fromHalf(toHalf(x))
	}
	if err := usable(rounded); err != nil {
		return entry{}, fmt.Errorf("embed: %w", err)
	}
	kept := entry{vector: rounded}
	if fresh.tokens != nil {
		kept.signs = packSigns(fresh.tokens, centre)
	}
	v.byKey[keyOf(text)] = kept
	return kept, nil
}

// usable says what is wrong with a vector that cannot be compared with others.
func usable(vector []float32) error {
	largest := 0.0
	for _, x := range vector {
		largest = max(largest, math.Abs(float64(x)))
	}
	switch {
	case math.IsNaN(largest) || math.IsInf(largest, 0):
		return errors.New("the model returned a vector that is not finite")
	case largest == 0:
		return errors.New("the model returned a vector that has no direction")
	}
	return nil
}

// encode writes the model's name, the dimension, the count, then keys in order, each with its components and signs.
func (v *Vectors) encode(b *bytes.Buffer) {
	writeString(b, v.model)
	b.Write(binary.AppendUvarint(nil, uint64(v.dim)))
	b.Write(binary.AppendUvarint(nil, uint64(len(v.byKey))))
	half := make([]byte, 2*v.dim)
	for _, k := range slices.SortedFunc(maps.Keys(v.byKey), func(a, b vectorKey) int { return bytes.Compare(a[:], b[:]) }) {
		b.Write(k[:])
		for i, x := range v.byKey[k].vector {
			binary.LittleEndian.PutUint16(half[2*i:], toHalf(x))
		}
		b.Write(half)
		writeString(b, string(v.byKey[k].signs))
	}
}

// decodeVectors reads what encode wrote; what does not fit marks the decoder as failed.
func decodeVectors(d *decoder) *Vectors {
	v := NewVectors(d.str())
	v.dim = d.count(1 << 16)
	n := d.count(len(d.rest))
	if d.failed || n*(len(vectorKey{})+2*v.dim+1) > len(d.rest) {
		d.failed = true
		return v
	}
	all := make([]float32, n*v.dim)
	for i := range n {
		if len(d.rest) < len(vectorKey{})+2*v.dim {
			d.failed = true
			return v
		}
		k := vectorKey(d.rest[:len(vectorKey{})])
		d.rest = d.rest[len(k):]
		vec := all[i*v.dim : (i+1)*v.dim : (i+1)*v.dim]
		for j := range vec {
			vec[j] = fromHalf(binary.LittleEndian.Uint16(d.rest[2*j:]))
		}
		d.failed = d.failed || usable(vec) != nil
		d.rest = d.rest[2*v.dim:]
		v.byKey[k] = entry{vector: vec, signs: signs(d.str())}
	}
	return v
}
