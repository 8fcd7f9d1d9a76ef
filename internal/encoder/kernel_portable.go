package encoder

import "math"

// portable is the kernel in plain Go, for every processor.
type portable struct{}

func (portable) unpack(dst []float32, src []byte, kind tensorKind) { unpack(dst, src, kind) }

func (portable) product(p product) {
	for panel := range p.panels {
		b := p.b[panel*p.bPanel:][:p.depth*lanes]
		for row := range p.rows {
			a, s := p.a[row*p.aRow:], p.bias[row]
			s0, s1, s2, s3, s4, s5, s6, s7 := s, s, s, s, s, s, s, s
			for k, at := 0, 0; k < p.depth; k, at = k+1, at+p.aStep {
				w, x := a[at], (*[lanes]float32)(b[k*lanes:])
				s0 += w * x[0]
				s1 += w * x[1]
				s2 += w * x[2]
				s3 += w * x[3]
				s4 += w * x[4]
				s5 += w * x[5]
				s6 += w * x[6]
				s7 += w * x[7]
			}
			*(*[lanes]float32)(p.c[panel*p.cPanel+row*lanes:]) = [lanes]float32{s0, s1, s2, s3, s4, s5, s6, s7}
		}
	}
}

// gelu uses the approximation 7.1.26 of Abramowitz and Stegun, Handbook of Mathematical Functions (1964), to erfc, whose
// error of 1.5e-7 is that of a float32.
func (portable) gelu(x []float32) {
	for i, v := range x {
		z := max(v, -v)
		t := 1 / (1 + geluT*z)
		erfc := t * (erfc1 + t*(erfc2+t*(erfc3+t*(erfc4+t*erfc5)))) * exp(-0.5*z*z)
		x[i] = max(v, 0) - 0.5*z*erfc
	}
}

const (
	geluT = 0.3275911 / math.Sqrt2
	erfc1 = 0.254829592
	erfc2 = -0.284496736
	erfc3 = 1.421413741
	erfc4 = -1.453152027
	erfc5 = 1.061405429
)

func (portable) softmax(x []float32, scale float32) {
	var top, sum [lanes]float32
	copy(top[:], x)
	for r := 0; r < len(x); r += lanes {
		for l := range lanes {
			top[l] = max(top[l], x[r+l])
		}
	}
	for r := 0; r < len(x); r += lanes {
		for l := range lanes {
			x[r+l] = exp(scale * (x[r+l] - top[l]))
			sum[l] += x[r+l]
		}
	}
	for r := 0; r < len(x); r += lanes {
		for l := range lanes {
			x[r+l] /= sum[l]
		}
	}
}

func (portable) addNorm(x, y, gain, bias []float32, eps float32) {
	n := float32(len(gain))
	for l := range lanes {
		var sum, square float32
		for i := l; i < len(x); i += lanes {
			x[i] += y[i]
			sum += x[i]
		}
		mean := sum / n
		for i := l; i < len(x); i += lanes {
			square += (x[i] - mean) * (x[i] - mean)
		}
		inverse := 1 / float32(math.Sqrt(float64(square/n+eps)))
		for i, f := l, 0; i < len(x); i, f = i+lanes, f+1 {
			x[i] = (x[i]-mean)*inverse*gain[f] + bias[f]
		}
	}
}

// exp returns e^x for x ≤ 0: 2^n times the Taylor series of the rest, which is at most ln 2 / 2 from zero.
func exp(x float32) float32 {
	x = max(x, -87)
	n := float32(math.RoundToEven(float64(x * math.Log2E)))
	// ln 2 in two parts: the first has few digits, so that its product with n is exact.
	r := x - n*ln2High
	r -= n * ln2Low
	series := 1 + r*(1+r*(1./2+r*(1./6+r*(1./24+r*(1./120+r*(1./720+r*(1./5040)))))))
	return series * math.Float32frombits(uint32(int32(n)+127)<<23)
}

const (
	ln2High = 0x1.62e4p-1
	ln2Low  = math.Ln2 - ln2High
)
