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
	centres := sortedLangs(ix.centres)
	num(len(centres))
	for _, lang := range centres {
		writeString(&b, string(lang))
		num(len(ix.centres[lang]))
		for _, x := range ix.centres[lang] {
			b.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(x)))
		}
	}
	nulls := sortedLangs(ix.null)
	num(len(nulls))
	for _, lang := range nulls {
		writeString(&b, string(lang))
		for _, x := range ix.null[lang] {
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
	ix.entries = make([]entry, len(ix.passages))
	for i, p := range ix.passages {
		got, ok := ix.cache.byKey[keyOf(embeddedText(p))]
		if !ok {
			return nil, fmt.Errorf("index: %w", ErrDamaged)
		}
		ix.entries[i] = got
	}
	if err := ix.readTerms(&d); err != nil {
		return nil, err
	}
	for _, centre := range ix.centres {
		if len(centre) != ix.cache.dim {
			return nil, fmt.Errorf("index: %w", ErrDamaged)
		}
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
	ix.readYardstick(d)
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

// readYardstick reads the centres and what off-topic questions score.
func (ix *Index) readYardstick(d *decoder) {
	ix.centres, ix.null = map[text.Lang][]float32{}, map[text.Lang]null{}
	for range d.count(maxLanguages) {
		lang := text.Lang(d.str())
		bytes := d.take(4 * d.count(len(d.rest)/4))
		centre := make([]float32, 0, len(bytes)/4)
		for ; len(bytes) > 0; bytes = bytes[4:] {
			centre = append(centre, math.Float32frombits(binary.LittleEndian.Uint32(bytes)))
		}
		ix.centres[lang] = centre
	}
	for range d.count(maxLanguages) {
		lang := text.Lang(d.str())
		var n null
		bytes := d.take(8 * len(n))
		for i := range n {
			if len(bytes) > 0 {
				n[i] = math.Float64frombits(binary.LittleEndian.Uint64(bytes[8*i:]))
			}
		}
		ix.null[lang] = n
	}
}
