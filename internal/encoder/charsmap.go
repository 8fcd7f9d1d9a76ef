package encoder

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf8"
)

// maxSequence bounds a sequence of characters and its replacement, in bytes; Unicode's longest take 54.
const maxSequence = 256

// charsmap rewrites characters as a SentencePiece model was trained to see them (Kudo and Richardson 2018). It is a
// double-array trie (Aoe 1989, in the layout of darts-clone) from character sequences to places in a list of replacements.
// The zero charsmap changes nothing.
type charsmap struct {
	trie []byte // units of 32 bits, little endian
	list []byte // replacements, each ended by a zero byte
}

func newCharsmap(f *file) (charsmap, error) {
	v, ok := f.array("tokenizer.ggml.precompiled_charsmap", 0)
	if !ok {
		v, ok = f.array("tokenizer.ggml.precompiled_charsmap", 1)
	}
	if !ok || len(v.raw) == 0 {
		return charsmap{}, nil
	}
	if len(v.raw) < 4 {
		return charsmap{}, fmt.Errorf("%w: charsmap of %d bytes: convert the model again", ErrModel, len(v.raw))
	}
	size, rest := uint64(binary.LittleEndian.Uint32(v.raw)), v.raw[4:]
	if size%4 != 0 || size > uint64(len(rest)) || size == uint64(len(rest)) || rest[len(rest)-1] != 0 {
		return charsmap{}, fmt.Errorf("%w: the charsmap's parts do not fit together: convert the model again", ErrModel)
	}
	return charsmap{trie: rest[:size], list: rest[size:]}, nil
}

// apply appends the rewritten text to dst: from left to right, the longest known sequence is replaced, anything else stays. So
// does SentencePiece. (Hugging Face's tokenizers replaces whole grapheme clusters by what their first character becomes, and so
// loses some combining marks after ligatures and full-width letters; in ordinary text there is no difference.)
// Bytes that are not UTF-8 become U+FFFD.
func (m charsmap) apply(dst []byte, text string) []byte {
	for len(text) > 0 {
		replacement, n := m.longest(text)
		if n > 0 {
			dst, text = append(dst, replacement...), text[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(text)
		dst, text = utf8.AppendRune(dst, r), text[n:]
	}
	return dst
}

// longest returns the replacement of the longest known start of text and that start's length, 0 when there is none.
func (m charsmap) longest(text string) (replacement []byte, length int) {
	node := m.unit(0).offset()
	for i := range min(len(text), maxSequence) {
		node ^= uint32(text[i])
		u := m.unit(node)
		if u.label() != uint32(text[i]) {
			break
		}
		node ^= u.offset()
		if !u.hasLeaf() {
			continue
		}
		at := uint64(m.unit(node).value())
		if at >= uint64(len(m.list)) {
			continue
		}
		if end := bytes.IndexByte(m.list[at:], 0); end <= maxSequence {
			replacement, length = m.list[at:][:end], i+1
		}
	}
	return replacement, length
}

// unit returns an element of the trie; outside of it, one that nothing follows.
func (m charsmap) unit(i uint32) trieUnit {
	if uint64(i)*4 >= uint64(len(m.trie)) {
		return 1 << 31
	}
	return trieUnit(binary.LittleEndian.Uint32(m.trie[4*i:]))
}

type trieUnit uint32

func (u trieUnit) hasLeaf() bool  { return u>>8&1 == 1 }
func (u trieUnit) value() uint32  { return uint32(u & (1<<31 - 1)) }
func (u trieUnit) label() uint32  { return uint32(u & (1<<31 | 0xff)) }
func (u trieUnit) offset() uint32 { return uint32(u >> 10 << (u & (1 << 9) >> 6)) }
