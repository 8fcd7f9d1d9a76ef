package encoder

import "golang.org/x/sys/cpu"

// newKernel returns the fastest kernel that this processor can run.
func newKernel(simple bool) kernel {
	if simple || !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return portable{}
	}
	return avx2{}
}

// avx2 is the kernel for processors with AVX2 and FMA: one register holds the eight lanes of a panel.
type avx2 struct{}

// tileRows is how many rows of a product the assembly computes at once; a rest is left to the portable kernel.
const tileRows = 4

func (avx2) product(p product) {
	rows := p.rows / tileRows * tileRows
	if p.depth == 0 {
		rows = 0
	}
	for panel := 0; panel < p.panels && rows > 0; {
		n := min(3, p.panels-panel)
		if p.panels-panel == 4 {
			n = 2 // 2 + 2 keeps more of the processor busy than 3 + 1
		}
		t := p.at(0, panel, rows, n)
		// The farthest elements that the assembly touches, so that a wrong shape panics here.
		_ = t.c[(n-1)*t.cPanel+rows*lanes-1]
		_ = t.b[(n-1)*t.bPanel+t.depth*lanes-1]
		_ = t.a[(rows-1)*t.aRow+(t.depth-1)*t.aStep]
		_ = t.bias[rows-1]
		switch n {
		case 1:
			tile1(&t.c[0], &t.b[0], &t.a[0], &t.bias[0], rows, t.depth, 4*t.aRow, 4*t.aStep)
		case 2:
			tile2(&t.c[0], &t.b[0], &t.a[0], &t.bias[0], rows, t.depth, 4*t.aRow, 4*t.aStep, 4*t.cPanel, 4*t.bPanel)
		default:
			tile3(&t.c[0], &t.b[0], &t.a[0], &t.bias[0], rows, t.depth, 4*t.aRow, 4*t.aStep, 4*t.cPanel, 4*t.bPanel)
		}
		panel += n
	}
	if rest := p.rows - rows; rest > 0 {
		portable{}.product(p.at(rows, 0, rest, p.panels))
	}
}

func (avx2) unpack(dst []float32, src []byte, kind tensorKind) {
	n := len(dst) / 32 * 32
	if n == 0 || kind == kindF32 {
		unpack(dst, src, kind)
		return
	}
	_ = src[n/kind.block()*kind.blockSize()-1]
	switch kind {
	case kindQ4_0:
		unpackQ4(&dst[0], &src[0], n/32)
	case kindQ8_0:
		unpackQ8(&dst[0], &src[0], n/32)
	case kindF16:
		unpackF16(&dst[0], &src[0], n/32)
		unpack(dst[n:], src[2*n:], kind)
	}
}

func (avx2) gelu(x []float32) {
	n := len(x) / lanes
	if n > 0 {
		gelu(&x[0], n)
	}
	portable{}.gelu(x[n*lanes:])
}

func (avx2) softmax(x []float32, scale float32) {
	if rows := len(x) / lanes; rows > 0 {
		softmax(&x[0], rows, scale)
	}
}

func (avx2) addNorm(x, y, gain, bias []float32, eps float32) {
	n := len(gain)
	if n == 0 {
		return
	}
	_, _, _ = x[n*lanes-1], y[n*lanes-1], bias[n-1]
	addNorm(&x[0], &y[0], &gain[0], &bias[0], n, eps)
}

// tile1, tile2 and tile3 compute a product of 1, 2 or 3 panels; rows is a multiple of tileRows, steps are in bytes.
//
//go:noescape
func tile1(c, b, a, bias *float32, rows, depth, aRow, aStep int)

//go:noescape
func tile2(c, b, a, bias *float32, rows, depth, aRow, aStep, cPanel, bPanel int)

//go:noescape
func tile3(c, b, a, bias *float32, rows, depth, aRow, aStep, cPanel, bPanel int)

// unpackQ4, unpackQ8 and unpackF16 widen blocks of 32 numbers.
//
//go:noescape
func unpackQ4(dst *float32, src *byte, blocks int)

//go:noescape
func unpackQ8(dst *float32, src *byte, blocks int)

//go:noescape
func unpackF16(dst *float32, src *byte, blocks int)

// gelu, softmax and addNorm work on n or rows times eight numbers.
//
//go:noescape
func gelu(x *float32, n int)

//go:noescape
func softmax(x *float32, rows int, scale float32)

//go:noescape
func addNorm(x, y, gain, bias *float32, n int, eps float32)
