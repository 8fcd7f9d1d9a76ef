package encoder

import (
	"encoding/binary"
	"fmt"
	"math"
)

// cursor reads forward through data; after the first failure it returns zeros and keeps the error.
type cursor struct {
	data []byte
	at   int
	err  error
}

func (r *cursor) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *cursor) bytes(n uint64) []byte {
	if r.err == nil && n > uint64(len(r.data)-r.at) {
		r.fail("the file ends at byte %d, %d more are announced: it is truncated, download it again", len(r.data), n)
	}
	if r.err != nil {
		return nil
	}
	r.at += int(n)
	return r.data[r.at-int(n) : r.at]
}

func (r *cursor) uint32() uint32 {
	b := r.bytes(4)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

func (r *cursor) uint64() uint64 {
	b := r.bytes(8)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint64(b)
}

func (r *cursor) string() string {
	n := r.uint64()
	if n > maxKey {
		r.fail("a name of %d bytes: the file is damaged, download it again", n)
	}
	return string(r.bytes(n))
}

// value reads one metadata value of any kind without copying it.
func (r *cursor) value() value {
	v := value{kind: r.uint32(), count: 1}
	if v.kind == ggufArray {
		v.array, v.kind = true, r.uint32()
		n := r.uint64()
		if n > uint64(len(r.data)) {
			r.fail("an array of %d elements: the file is damaged, download it again", n)
			return value{}
		}
		v.count = int(n)
	}
	switch size := kindSize(v.kind); {
	case size > 0:
		v.raw = r.bytes(uint64(v.count) * size)
	case v.kind == ggufString && !v.array:
		v.raw = r.bytes(r.uint64())
	case v.kind == ggufString:
		start := r.at
		for i := 0; i < v.count && r.err == nil; i++ {
			r.bytes(r.uint64())
		}
		v.raw = r.data[start:r.at]
	default:
		r.fail("unknown or nested value kind %d: convert the model again", v.kind)
	}
	return v
}

// tensor reads one row of the tensor table; its bytes are not known yet.
func (r *cursor) tensor() (t tensor, offset uint64) {
	dims := r.uint32()
	if dims < 1 || dims > maxDims {
		r.fail("%d dimensions, want 1 to %d: convert the model again", dims, maxDims)
		return tensor{}, 0
	}
	t.columns, t.rows = 1, 1
	for i := range dims {
		n := r.uint64()
		if n < 1 || n > math.MaxInt32 {
			r.fail("dimension %d is %d: the file is damaged, download it again", i, n)
			return tensor{}, 0
		}
		if i == 0 {
			t.columns = int(n)
			continue
		}
		if t.rows > math.MaxInt32/int(n) {
			r.fail("more than 2^31 rows: the file is damaged, download it again")
			return tensor{}, 0
		}
		t.rows *= int(n)
	}
	t.kind = tensorKind(r.uint32())
	if !t.kind.known() {
		r.fail("tensor type %d: this program reads F32, F16, Q8_0 and Q4_0, quantise the model to one of these", t.kind)
		return tensor{}, 0
	}
	if t.columns%t.kind.block() != 0 {
		r.fail("rows of %d do not divide into blocks of %d: convert the model again", t.columns, t.kind.block())
	}
	if t.rows > math.MaxInt/t.columns/t.kind.blockSize() {
		r.fail("%d rows of %d: the file is damaged, download it again", t.rows, t.columns)
	}
	return t, r.uint64()
}

// kindSize is the number of bytes of a plain value, 0 for strings, arrays and unknown kinds.
func kindSize(kind uint32) uint64 {
	switch kind {
	case 0, 1, ggufBool:
		return 1
	case 2, 3:
		return 2
	case ggufUint32, 5, ggufFloat32:
		return 4
	case 10, 11, 12:
		return 8
	}
	return 0
}
