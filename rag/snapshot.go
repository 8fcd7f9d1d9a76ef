package rag

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"amur/internal/text"
	"amur/knowledge"
)

// ErrStaleIndex says that a snapshot was made of other documents, by another model or by another way of indexing.
var ErrStaleIndex = errors.New("the index was made of other documents or by another model")

const snapshotMagic = "AMURIDX1"

// maxLanguages bounds how many languages a snapshot may name.
const maxLanguages = 64

// WriteSnapshot encodes the index: fingerprint, vectors by content, terms by language, what off-topic questions score,
// and a checksum over all. The documents are not in it.
func (ix *Index) WriteSnapshot(w io.Writer) error {
	var b bytes.Buffer
	num := func(n int) { b.Write(binary.AppendUvarint(nil, uint64(n))) }
	b.WriteString(snapshotMagic)
	writeString(&b, ix.fingerprint)
	ix.cache.encode(&b)
	langs := sortedLangs(ix.terms)
	num(len(langs))
	for _, lang := range langs {
		writeString(&b, string(lang))
		ix.terms[lang].write(&b)
	}
	nulls := sortedLangs(ix.null)
	num(len(nulls))
	for _, lang := range nulls {
		writeString(&b, string(lang))
		for _, x := range ix.null[lang].values() {
			b.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(x)))
		}
	}
	return writeSealed(w, b.Bytes())
}

// ReadSnapshot decodes what WriteSnapshot wrote for the same base and model. Another fingerprint is ErrStaleIndex,
// anything that is not whole is ErrDamaged; in both cases there is no index.
func ReadSnapshot(ctx context.Context, data []byte, base *knowledge.Base, model string) (*Index, error) {
	body, err := openSealed(data, snapshotMagic)
	if err != nil {
		return nil, err
	}
	d := decoder{rest: body}
	ix := &Index{base: base, passages: base.Passages(), fingerprint: d.str()}
	if !d.failed && ix.fingerprint != Fingerprint(base, model) {
		return nil, ErrStaleIndex
	}
	ix.cache = decodeVectors(&d)
	ix.vectors = make([][]float32, len(ix.passages))
	for i, p := range ix.passages {
		v, ok := ix.cache.byKey[keyOf(asPassage, embeddedText(p))]
		if !ok {
			return nil, fmt.Errorf("index: %w", ErrDamaged)
		}
		ix.vectors[i] = v
	}
	if err := ix.readTerms(&d); err != nil {
		return nil, err
	}
	if err := ix.assemble(ctx); err != nil {
		return nil, err
	}
	return ix, nil
}

// SnapshotVectors returns the vectors that a snapshot holds, whatever documents it was made of, so that the next index
// embeds only what changed.
func SnapshotVectors(data []byte) (*Vectors, error) {
	body, err := openSealed(data, snapshotMagic)
	if err != nil {
		return nil, err
	}
	d := decoder{rest: body}
	d.str()
	v := decodeVectors(&d)
	if d.failed {
		return nil, fmt.Errorf("index: %w", ErrDamaged)
	}
	return v, nil
}

func (ix *Index) readTerms(d *decoder) error {
	ix.terms = map[text.Lang]*terms{}
	for range d.count(maxLanguages) {
		lang := text.Lang(d.str())
		t, err := newTerms(lang)
		if err != nil {
			return err
		}
		t.read(d, len(ix.passages))
		ix.terms[lang] = t
	}
	ix.null = map[text.Lang]null{}
	for range d.count(maxLanguages) {
		lang := text.Lang(d.str())
		var values [nullValues]float64
		if d.failed || len(d.rest) < 8*len(values) {
			d.failed = true
			break
		}
		for i := range values {
			values[i] = math.Float64frombits(binary.LittleEndian.Uint64(d.rest[8*i:]))
		}
		d.rest = d.rest[8*len(values):]
		ix.null[lang] = nullOf(values)
	}
	if d.failed || len(d.rest) != 0 {
		return fmt.Errorf("index: %w", ErrDamaged)
	}
	for _, p := range ix.passages {
		if ix.terms[p.Lang] == nil {
			return fmt.Errorf("index: %w", ErrDamaged)
		}
	}
	return nil
}
