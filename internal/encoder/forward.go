package encoder

import (
	"context"
	"math"
)

const (
	rowBlock   = 16 // rows of a matrix that are unpacked together
	panelBlock = 3  // panels of queries that attend together
)

// window is a run of tokens that attend to each other, and where its vector goes.
type window struct {
	ids    []int32
	first  int       // its first panel in the batch
	vector []float32 // out: the unit vector
	states []float32 // out: the tokens' last states, a row a token; nil where they are not wanted
	inner  bool      // the states after three quarters of the layers are wanted, and no vector
}

func (w window) panels() int { return (len(w.ids) + lanes - 1) / lanes }

// batch is the work on some windows at once: the transformer of BERT in the layout that lanes describes.
type batch struct {
	model   *model
	kernel  kernel
	crew    *crew
	windows []window
	panels  int

	x, y    []float32 // width × panels: the tokens, and what a block adds to them
	qkv     []float32 // 3·width × panels
	hidden  []float32 // inner × panels
	scratch []scratch // one a worker
}

// scratch is one worker's own memory.
type scratch struct {
	rows   []float32 // unpacked weights
	scores []float32 // panelBlock panels of keys × queries
	values []float32 // one head's values, a row a feature
	zeros  []float32
}

func newBatch(m *model, k kernel, c *crew, windows []window) *batch {
	b := &batch{model: m, kernel: k, crew: c, windows: windows}
	longest := 0
	for i := range windows {
		windows[i].first = b.panels
		b.panels += windows[i].panels()
		longest = max(longest, windows[i].panels()*lanes)
	}
	n := b.panels * lanes
	b.x, b.y = make([]float32, m.width*n), make([]float32, m.width*n)
	b.qkv, b.hidden = make([]float32, 3*m.width*n), make([]float32, max(m.inner, m.width)*n)
	b.scratch = make([]scratch, max(1, c.size))
	for i := range b.scratch {
		b.scratch[i] = scratch{
			rows:   make([]float32, rowBlock*max(m.width, m.inner)),
			scores: make([]float32, panelBlock*longest*lanes),
			values: make([]float32, m.width/m.heads*longest),
			zeros:  make([]float32, max(lanes, m.width/m.heads)),
		}
	}
	return b
}

// run fills every window's vector.
func (b *batch) run(ctx context.Context) error {
	m := b.model
	b.embed()
	b.addNorm(m.gain, m.bias)
	layers := m.layers
	if len(b.windows) > 0 && b.windows[0].inner {
		layers = layers[:innerLayers(len(layers))]
	}
	for _, l := range layers {
		if err := ctx.Err(); err != nil {
			return err
		}
		b.linear(b.qkv, b.x, 3*m.width, m.width, false, l.query, l.key, l.value)
		b.attend()
		// The attended values lie where the queries were not needed any more: in hidden.
		b.linear(b.y, b.hidden, m.width, m.width, false, l.output)
		b.addNorm(l.gain1, l.bias1)
		b.linear(b.hidden, b.x, m.inner, m.width, true, l.up)
		b.linear(b.y, b.hidden, m.width, m.inner, false, l.down)
		b.addNorm(l.gain2, l.bias2)
	}
	for _, w := range b.windows {
		b.pool(w)
	}
	return nil
}

// embed sets x to the tokens' own rows and y to what their places add.
func (b *batch) embed() {
	m := b.model
	row := make([]float32, m.width)
	for _, w := range b.windows {
		for i, id := range w.ids {
			at := (w.first+i/lanes)*m.width*lanes + i%lanes
			b.kernel.unpack(row, m.tokens.bytes(int(id), 1), m.tokens.kind)
			for f, v := range row {
				b.x[at+f*lanes] = v
			}
			b.kernel.unpack(row, m.places.bytes(i, 1), m.places.kind)
			for f, v := range row {
				b.y[at+f*lanes] = v + m.types[f]
			}
		}
	}
}

// addNorm adds y to x and normalises each token.
func (b *batch) addNorm(gain, bias []float32) {
	n := b.model.width * lanes
	b.crew.run(b.panels, func(p, _ int) {
		b.kernel.addNorm(b.x[p*n:(p+1)*n], b.y[p*n:(p+1)*n], gain, bias, b.model.eps)
	})
}

// linear sets out to the stacked matrices times in. A block of rows is unpacked into a core's cache and used for all panels.
func (b *batch) linear(out, in []float32, rows, columns int, gelu bool, parts ...linear) {
	height := rows / len(parts)
	blocks := (height + rowBlock - 1) / rowBlock
	b.crew.run(blocks*len(parts), func(i, worker int) {
		part, first := parts[i/blocks], i%blocks*rowBlock
		n := min(rowBlock, height-first)
		a := b.scratch[worker].rows[:n*columns]
		b.kernel.unpack(a, part.weight.bytes(first, n), part.weight.kind)
		c := out[(i/blocks*height+first)*lanes:]
		b.kernel.product(product{
			c: c, b: in, a: a, bias: part.bias[first:],
			rows: n, panels: b.panels, depth: columns,
			cPanel: rows * lanes, bPanel: columns * lanes, aRow: columns, aStep: 1,
		})
		if gelu {
			for p := range b.panels {
				b.kernel.gelu(c[p*rows*lanes:][:n*lanes])
			}
		}
	})
}

// attend sets the first width rows of hidden, as a matrix of that height, to every head's attention.
func (b *batch) attend() {
	heads := b.model.heads
	b.crew.run(len(b.windows)*heads, func(i, worker int) {
		b.head(b.windows[i/heads], i%heads, &b.scratch[worker])
	})
}

// head is scaled dot-product attention (Vaswani et al. 2017) of one head over one window.
func (b *batch) head(w window, head int, s *scratch) {
	width := b.model.width
	size := width / b.model.heads
	high, panels := 3*width*lanes, w.panels()
	keys := panels * lanes
	q := b.qkv[w.first*high+head*size*lanes:]
	k, v := q[width*lanes:], q[2*width*lanes:]
	for p := range panels {
		for f := range size {
			copy(s.values[f*keys+p*lanes:][:lanes], v[p*high+f*lanes:])
		}
	}
	scale := float32(1 / math.Sqrt(float64(size)))
	for first := 0; first < panels; first += panelBlock {
		n := min(panelBlock, panels-first)
		for p := range panels {
			b.kernel.product(product{
				c: s.scores[p*lanes*lanes:], b: q[first*high:], a: k[p*high:], bias: s.zeros,
				rows: lanes, panels: n, depth: size,
				cPanel: keys * lanes, bPanel: high, aRow: 1, aStep: lanes,
			})
		}
		for p := range n {
			b.kernel.softmax(s.scores[p*keys*lanes:][:len(w.ids)*lanes], scale)
		}
		b.kernel.product(product{
			c: b.hidden[(w.first+first)*width*lanes+head*size*lanes:], b: s.scores, a: s.values, bias: s.zeros,
			rows: size, panels: n, depth: len(w.ids),
			cPanel: width * lanes, bPanel: keys * lanes, aRow: keys, aStep: 1,
		})
	}
}

// pool sets a window's vector: the mean of its tokens, or its first token, made unit length.
func (b *batch) pool(w window) {
	width := b.model.width
	for i := range w.ids {
		if b.model.firstToken && i > 0 {
			break
		}
		at := (w.first+i/lanes)*width*lanes + i%lanes
		for f := range w.vector {
			w.vector[f] += b.x[at+f*lanes]
		}
	}
	normalise(w.vector)
	b.copyStates(w.states, w)
}

// innerLayers is after how many layers the states of tokens serve best to compare texts word by word: three quarters of them.
func innerLayers(layers int) int { return layers * 3 / 4 }

// copyStates writes the present states of a window's tokens to dst, a row a token; to nil nothing.
func (b *batch) copyStates(dst []float32, w window) {
	if dst == nil {
		return
	}
	width := b.model.width
	for i := range w.ids {
		at := (w.first+i/lanes)*width*lanes + i%lanes
		for f := range width {
			dst[i*width+f] = b.x[at+f*lanes]
		}
	}
}

// normalise makes a vector unit length; one of only zeros becomes NaN.
func normalise(v []float32) {
	var square float64
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	inverse := 1 / math.Sqrt(square)
	for i := range v {
		v[i] = float32(float64(v[i]) * inverse)
	}
}
