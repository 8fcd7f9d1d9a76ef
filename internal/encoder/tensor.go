package encoder

import (
	"encoding/binary"
	"math"
)

// tensorKind is how a tensor's numbers are stored, numbered as in GGUF.
type tensorKind uint32

const (
	kindF32  tensorKind = 0
	kindF16  tensorKind = 1
	kindQ4_0 tensorKind = 2 // blocks of 32: an F16 scale, then 16 bytes; byte j holds number j (low half) and j+16 (high half)
	kindQ8_0 tensorKind = 8 // blocks of 32: an F16 scale, then 32 signed bytes
)

func (k tensorKind) known() bool {
	return k == kindF32 || k == kindF16 || k == kindQ4_0 || k == kindQ8_0
}

// block is how many numbers are stored together.
func (k tensorKind) block() int {
	if k == kindQ4_0 || k == kindQ8_0 {
		return 32
	}
	return 1
}

// blockSize is how many bytes a block takes.
func (k tensorKind) blockSize() int {
	switch k {
	case kindF32:
		return 4
	case kindF16:
		return 2
	case kindQ4_0:
		return 18
	case kindQ8_0:
		return 34
	}
	return 0
}

// tensor is a matrix of rows × columns, still in the bytes of the model file. A vector has one row.
type tensor struct {
	kind          tensorKind
	rows, columns int
	raw           []byte
}

func (t tensor) rowSize() int { return t.columns / t.kind.block() * t.kind.blockSize() }

func (t tensor) size() int { return t.rows * t.rowSize() }

// bytes returns the stored bytes of n rows from the first on.
func (t tensor) bytes(first, n int) []byte {
	return t.raw[first*t.rowSize() : (first+n)*t.rowSize()]
}

// floats returns the whole tensor as numbers.
func (t tensor) floats() []float32 {
	out := make([]float32, t.rows*t.columns)
	unpack(out, t.raw, t.kind)
	return out
}

// unpack writes the numbers stored in src to dst, as many as dst holds.
func unpack(dst []float32, src []byte, kind tensorKind) {
	switch kind {
	case kindF32:
		for i := range dst {
			dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(src[4*i:]))
		}
	case kindF16:
		for i := range dst {
			dst[i] = half(binary.LittleEndian.Uint16(src[2*i:]))
		}
	case kindQ4_0:
		for ; len(dst) > 0; dst, src = dst[32:], src[18:] {
			scale := half(binary.LittleEndian.Uint16(src))
			low, high, nibbles := dst[:16:16], dst[16:32:32], src[2:18:18]
			for i, b := range nibbles {
				low[i] = float32(int(b&15)-8) * scale
				high[i] = float32(int(b>>4)-8) * scale
			}
		}
	case kindQ8_0:
		for ; len(dst) > 0; dst, src = dst[32:], src[34:] {
			scale := half(binary.LittleEndian.Uint16(src))
			for i, b := range src[2:34:34] {
				dst[i] = float32(int8(b)) * scale
			}
		}
	}
}

// half widens an IEEE 754 half-precision number. Moving the exponent by a multiplication handles subnormal numbers too;
// infinities, which no weight is, become 65536.
func half(h uint16) float32 {
	magnitude := math.Float32frombits(uint32(h&0x7fff)<<13) * 0x1p112
	return math.Float32frombits(math.Float32bits(magnitude) | uint32(h&0x8000)<<16)
}
