package encoder_test

import (
	"fmt"
	"math"
	"testing"

	"amur/internal/encoder"
)

// reference is the transformer written down as the papers do, one number at a time in float64.
func reference(s shape, c *container, ids []int32) []float64 {
	values := func(name string) []float64 { return c.weight(name).values }
	x := make([][]float64, len(ids))
	for t, id := range ids {
		x[t] = make([]float64, s.width)
		for f := range x[t] {
			x[t][f] = values("token_embd.weight")[int(id)*s.width+f] + values("position_embd.weight")[t*s.width+f] +
				values("token_types.weight")[f]
		}
	}
	norm := func(x [][]float64, name string) {
		for _, row := range x {
			var mean, square float64
			for _, v := range row {
				mean += v / float64(len(row))
			}
			for _, v := range row {
				square += (v - mean) * (v - mean) / float64(len(row))
			}
			for f, v := range row {
				row[f] = (v-mean)/math.Sqrt(square+1e-12)*values(name + ".weight")[f] + values(name + ".bias")[f]
			}
		}
	}
	dense := func(x [][]float64, name string) [][]float64 {
		weights, bias := values(name+".weight"), values(name+".bias")
		out := make([][]float64, len(x))
		for t, row := range x {
			out[t] = append([]float64{}, bias...)
			for r := range bias {
				for f, v := range row {
					out[t][r] += weights[r*len(row)+f] * v
				}
			}
		}
		return out
	}
	add := func(x, y [][]float64) {
		for t := range x {
			for f := range x[t] {
				x[t][f] += y[t][f]
			}
		}
	}
	norm(x, "token_embd_norm")
	size := s.width / s.heads
	for l := range s.layers {
		p := fmt.Sprintf("blk.%d.", l)
		q, k, v := dense(x, p+"attn_q"), dense(x, p+"attn_k"), dense(x, p+"attn_v")
		mixed := make([][]float64, len(x))
		for i := range x {
			mixed[i] = make([]float64, s.width)
			for first := 0; first < s.width; first += size {
				power := make([]float64, len(x))
				var sum float64
				for j := range x {
					var dot float64
					for f := first; f < first+size; f++ {
						dot += q[i][f] * k[j][f]
					}
					power[j] = math.Exp(dot / math.Sqrt(float64(size)))
					sum += power[j]
				}
				for j := range x {
					for f := first; f < first+size; f++ {
						mixed[i][f] += power[j] / sum * v[j][f]
					}
				}
			}
		}
		add(x, dense(mixed, p+"attn_output"))
		norm(x, p+"attn_output_norm")
		hidden := dense(x, p+"ffn_up")
		for _, row := range hidden {
			for f, v := range row {
				row[f] = v / 2 * (1 + math.Erf(v/math.Sqrt2))
			}
		}
		add(x, dense(hidden, p+"ffn_down"))
		norm(x, p+"layer_output_norm")
	}
	out := x[0]
	if s.pooling == 1 {
		for _, row := range x[1:] {
			for f, v := range row {
				out[f] += v
			}
		}
	}
	var square float64
	for _, v := range out {
		square += v * v
	}
	for f := range out {
		out[f] /= math.Sqrt(square)
	}
	return out
}

func TestEmbedReference(t *testing.T) {
	t.Parallel()
	// The odd sizes leave rests after every block of the assembly.
	odd := func(s shape) shape {
		s.width, s.inner, s.heads = 66, 85, 3
		return s
	}
	tests := []struct {
		name  string
		shape shape
	}{
		{"unigram, mean, F32", unigramShape(typeF32)},
		{"unigram, mean, F16", unigramShape(typeF16)},
		{"unigram, mean, Q8_0", unigramShape(typeQ8)},
		{"unigram, mean, Q4_0", unigramShape(typeQ4)},
		{"wordpiece, first token, F32", wordpieceShape(typeF32)},
		{"wordpiece, first token, Q8_0", wordpieceShape(typeQ8)},
		{"odd sizes, F32", odd(unigramShape(typeF32))},
		{"odd sizes, F16", odd(wordpieceShape(typeF16))},
	}
	for i, tt := range tests {
		for _, portable := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, portable %t", tt.name, portable), func(t *testing.T) {
				t.Parallel()
				c := tt.shape.container(uint64(i))
				e, err := encoder.Open(c.bytes(), encoder.Options{Portable: portable})
				if err != nil {
					t.Fatal(err)
				}
				// From one panel of eight tokens to five, so that every width of the assembly is used.
				for _, body := range []string{"", "a", "ab unaff the", "abc abc ab, cab", "the 中国, cafe abcab", "a b c a b c a b c the, the, the, 中国"} {
					got, err := e.EmbedPassages(t.Context(), []string{body})
					if err != nil {
						t.Fatal(err)
					}
					want := reference(tt.shape, c, e.Tokens(body))
					for f := range want {
						if math.Abs(float64(got[0][f])-want[f]) > 2e-5 {
							t.Errorf("EmbedPassages(%q)[%d] = %v, want %v", body, f, got[0][f], want[f])
							break
						}
					}
				}
			})
		}
	}
}
