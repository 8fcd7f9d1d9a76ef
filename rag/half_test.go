package rag_test

import (
	"math"
	"testing"

	"amur/rag"
)

func TestHalfRoundTrip(t *testing.T) {
	t.Parallel()
	for n := range 1 << 16 {
		h := uint16(n)
		f := rag.FromHalf(h)
		if nan := h&0x7c00 == 0x7c00 && h&0x3ff != 0; nan {
			if back := rag.FromHalf(rag.ToHalf(f)); !math.IsNaN(float64(f)) || !math.IsNaN(float64(back)) {
				t.Fatalf("FromHalf(%#04x) = %v and back %v, want not a number", h, f, back)
			}
			continue
		}
		if want := halfByDefinition(h); float64(f) != want || math.Signbit(float64(f)) != math.Signbit(want) {
			t.Fatalf("FromHalf(%#04x) = %v, want %v", h, f, want)
		}
		if back := rag.ToHalf(f); back != h {
			t.Fatalf("ToHalf(FromHalf(%#04x)) = %#04x", h, back)
		}
	}
}

// halfByDefinition is IEEE 754's own formula: (-1)^sign × 2^(exponent-15) × 1.fraction.
func halfByDefinition(h uint16) float64 {
	sign := 1.0
	if h&0x8000 != 0 {
		sign = -1
	}
	exp, frac := int(h>>10&0x1f), float64(h&0x3ff)/1024
	switch exp {
	case 0:
		return math.Copysign(math.Ldexp(frac, -14), sign)
	case 31:
		return math.Inf(int(sign))
	}
	return sign * math.Ldexp(1+frac, exp-15)
}

func TestToHalf(t *testing.T) {
	t.Parallel()
	inf := float32(math.Inf(1))
	tests := []struct {
		name string
		in   float32
		want uint16
	}{
		{"zero", 0, 0x0000},
		{"minus zero", float32(math.Copysign(0, -1)), 0x8000},
		{"one", 1, 0x3c00},
		{"a third, rounded down", 1.0 / 3, 0x3555},
		{"tie to the even below", 1 + 0x1p-11, 0x3c00},
		{"tie to the even above", 1 + 3*0x1p-11, 0x3c02},
		{"just above a tie", 1 + 0x1p-11 + 0x1p-23, 0x3c01},
		{"just below a tie", 1 + 3*0x1p-11 - 0x1p-23, 0x3c01},
		{"rounding carries into the exponent", 2 - 0x1p-12, 0x4000},
		{"largest", 65504, 0x7bff},
		{"last that rounds to the largest", 65519.996, 0x7bff},
		{"tie above the largest is infinite", 65520, 0x7c00},
		{"65536", 65536, 0x7c00},
		{"largest single", math.MaxFloat32, 0x7c00},
		{"infinity", inf, 0x7c00},
		{"minus infinity", -inf, 0xfc00},
		{"smallest normal", 0x1p-14, 0x0400},
		{"rounds up to the smallest normal", 0x1p-14 - 0x1p-26, 0x0400},
		{"largest subnormal", 0x1p-14 - 0x1p-24, 0x03ff},
		{"smallest subnormal", 0x1p-24, 0x0001},
		{"tie of subnormals, to even below", 0x1p-25, 0x0000},
		{"above that tie", 0x1p-25 + 0x1p-40, 0x0001},
		{"tie of subnormals, to even above", 3 * 0x1p-25, 0x0002},
		{"negative subnormal", -0x1p-24, 0x8001},
		{"smallest single", math.SmallestNonzeroFloat32, 0x0000},
		{"largest fraction of a single below the normals", 0x1.fffffep-15, 0x0400},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := rag.ToHalf(tt.in); got != tt.want {
				t.Errorf("ToHalf(%v) = %#04x, want %#04x", tt.in, got, tt.want)
			}
		})
	}
	if got := rag.FromHalf(rag.ToHalf(float32(math.NaN()))); !math.IsNaN(float64(got)) {
		t.Errorf("not a number comes back as %v", got)
	}
}
