package encoder

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// ErrModel is wrapped by every error of Open that comes from the file itself: damaged, truncated, or of a kind that this
// package does not read.
var ErrModel = errors.New("unusable embedding model")

// Value kinds of the GGUF format, version 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).
const (
	ggufUint32  = 4
	ggufFloat32 = 6
	ggufBool    = 7
	ggufString  = 8
	ggufArray   = 9
)

const (
	maxDims      = 4
	maxKey       = 1 << 16
	maxAlignment = 1 << 20
)

// file is an opened GGUF container. Its slices point into the bytes it was read from.
type file struct {
	values  map[string]value
	tensors map[string]tensor
}

// value is one metadata entry. For an array, kind is the kind of its elements; a string's raw bytes are its text, an array of
// strings keeps each element's length in front of it.
type value struct {
	kind  uint32
	array bool
	count int
	raw   []byte
}

// readFile checks the whole container: after it, every value and tensor lies inside data, and no two tensors share a byte.
func readFile(data []byte) (*file, error) {
	r := &cursor{data: data}
	if magic := r.bytes(4); string(magic) != "GGUF" {
		return nil, fmt.Errorf("%w: not a GGUF file: convert the model with llama.cpp's convert_hf_to_gguf.py", ErrModel)
	}
	if v := r.uint32(); v != 3 {
		return nil, fmt.Errorf("%w: GGUF version %d, want 3: convert the model again with a present llama.cpp", ErrModel, v)
	}
	tensors, keys := r.uint64(), r.uint64()
	// The shortest entry of either table takes more than eight bytes, so a count beyond that is a lie.
	if limit := uint64(len(data) / 8); tensors > limit || keys > limit {
		return nil, fmt.Errorf("%w: header announces %d tensors and %d keys, more than the file can hold: download it again", ErrModel, tensors, keys)
	}
	f := &file{values: map[string]value{}, tensors: map[string]tensor{}}
	for i := range keys {
		name, v := r.string(), r.value()
		if r.err != nil {
			return nil, fmt.Errorf("%w: metadata entry %d: %w", ErrModel, i, r.err)
		}
		if _, twice := f.values[name]; twice {
			return nil, fmt.Errorf("%w: metadata key %q stands twice: download the file again", ErrModel, name)
		}
		f.values[name] = v
	}
	if err := f.readTensors(r, tensors); err != nil {
		return nil, err
	}
	return f, nil
}

// readTensors reads the tensor table and gives every tensor its bytes.
func (f *file) readTensors(r *cursor, count uint64) error {
	alignment, err := f.number("general.alignment", 32)
	if err != nil {
		return err
	}
	if alignment < 1 || alignment > maxAlignment || alignment&(alignment-1) != 0 {
		return fmt.Errorf("%w: general.alignment is %d, want a power of two: download the file again", ErrModel, alignment)
	}
	type entry struct {
		name   string
		shape  tensor
		offset uint64
	}
	var entries []entry
	for i := range count {
		e := entry{name: r.string()}
		e.shape, e.offset = r.tensor()
		if r.err != nil {
			return fmt.Errorf("%w: tensor %d %q: %w", ErrModel, i, e.name, r.err)
		}
		entries = append(entries, e)
	}
	start := (uint64(r.at) + uint64(alignment) - 1) / uint64(alignment) * uint64(alignment)
	slices.SortFunc(entries, func(a, b entry) int {
		switch {
		case a.offset < b.offset:
			return -1
		case a.offset > b.offset:
			return 1
		}
		return 0
	})
	end := uint64(0)
	for _, e := range entries {
		switch size := uint64(e.shape.size()); {
		case e.offset%uint64(alignment) != 0:
			return fmt.Errorf("%w: tensor %q is not aligned: download the file again", ErrModel, e.name)
		case start > uint64(len(r.data)) || e.offset > uint64(len(r.data))-start || size > uint64(len(r.data))-start-e.offset:
			return fmt.Errorf("%w: tensor %q reaches beyond the end of the file, which is truncated: download it again", ErrModel, e.name)
		case e.offset < end:
			return fmt.Errorf("%w: tensor %q overlaps another: download the file again", ErrModel, e.name)
		default:
			end = e.offset + size
			e.shape.raw = r.data[start+e.offset:][:size:size]
		}
		if _, twice := f.tensors[e.name]; twice {
			return fmt.Errorf("%w: tensor %q stands twice: download the file again", ErrModel, e.name)
		}
		f.tensors[e.name] = e.shape
	}
	return nil
}

// number returns an unsigned 32-bit entry, or the default when the key is absent.
func (f *file) number(key string, absent int) (int, error) {
	v, ok := f.values[key]
	if !ok {
		return absent, nil
	}
	if v.kind != ggufUint32 || v.array {
		return 0, fmt.Errorf("%w: key %q is not an unsigned 32-bit number: convert the model again", ErrModel, key)
	}
	n := binary.LittleEndian.Uint32(v.raw)
	if n > math.MaxInt32 {
		return 0, fmt.Errorf("%w: key %q has the absurd value %d: convert the model again", ErrModel, key, n)
	}
	return int(n), nil
}

// float returns a 32-bit floating-point entry, or the default when the key is absent or of another kind.
func (f *file) float(key string, absent float32) float32 {
	v, ok := f.values[key]
	if !ok || v.kind != ggufFloat32 || v.array {
		return absent
	}
	return math.Float32frombits(binary.LittleEndian.Uint32(v.raw))
}

// flag returns a boolean entry, or the default when the key is absent or of another kind.
func (f *file) flag(key string, absent bool) bool {
	v, ok := f.values[key]
	if !ok || v.kind != ggufBool || v.array {
		return absent
	}
	return v.raw[0] != 0
}

// text returns a string entry, or "" when the key is absent or of another kind.
func (f *file) text(key string) string {
	v, ok := f.values[key]
	if !ok || v.kind != ggufString || v.array {
		return ""
	}
	return string(v.raw)
}

// array returns an array entry with elements of the given kind; ok is false when there is none.
func (f *file) array(key string, kind uint32) (v value, ok bool) {
	v, ok = f.values[key]
	return v, ok && v.array && v.kind == kind
}

// strings calls yield with each element of an array of strings. readFile has checked the lengths.
func (v value) strings(yield func(i int, s []byte) bool) {
	rest := v.raw
	for i := range v.count {
		n := binary.LittleEndian.Uint64(rest)
		if !yield(i, rest[8:8+n]) {
			return
		}
		rest = rest[8+n:]
	}
}
