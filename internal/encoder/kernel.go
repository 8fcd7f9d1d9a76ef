package encoder

// lanes is how many tokens lie side by side. All activations are kept as panels of eight tokens: panel p of a matrix with
// n features holds feature f of token 8p+l at [(p·n+f)·8 + l]. Every step of the transformer then works on eight tokens at
// once with no sum across lanes: weights are broadcast, sums over features or over keys run down a column.
const lanes = 8

// kernel is the arithmetic of the transformer. Implementations keep no state and are safe for concurrent use; they agree to
// within rounding.
type kernel interface {
	// product computes p; see its fields.
	product(p product)
	// unpack writes the numbers stored in src to dst.
	unpack(dst []float32, src []byte, kind tensorKind)
	// gelu replaces each x by x·Φ(x), Φ being the normal distribution function.
	gelu(x []float32)
	// softmax replaces each column of one panel of rows × 8 by exp(scale·x) over the column's sum.
	softmax(x []float32, scale float32)
	// addNorm adds y to x, panels of len(gain) × 8, and normalises each column of x to mean 0 and variance 1, times gain, plus bias.
	addNorm(x, y, gain, bias []float32, eps float32)
}

// product is c = bias + a·b for panels of b and c:
//
//	c[p·cPanel + r·8 + l] = bias[r] + Σ_k a[r·aRow + k·aStep] · b[p·bPanel + k·8 + l]
//
// for r < rows, p < panels, k < depth, l < 8.
type product struct {
	c, b, a, bias       []float32
	rows, panels, depth int
	cPanel, bPanel      int
	aRow, aStep         int
}

// at returns the part of p that starts at the given row and panel.
func (p product) at(row, panel, rows, panels int) product {
	p.c = p.c[panel*p.cPanel+row*lanes:]
	p.b = p.b[panel*p.bPanel:]
	p.a = p.a[row*p.aRow:]
	p.bias = p.bias[row:]
	p.rows, p.panels = rows, panels
	return p
}
