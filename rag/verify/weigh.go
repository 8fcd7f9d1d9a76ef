package verify

// weights are those of a logistic regression (docs/adr/0005-verification.md): what is above zero carries the claim.
type weights struct {
	words  []float64 // of the features of words
	inner  []float64 // of the features of tokens, at each depth
	last   []float64
	offset float64
}

// wordFeatures describe how the words of a claim are answered.
func (c *cover) wordFeatures() []float64 {
	var missing float64
	for _, x := range c.words {
		missing += 1 - x
	}
	return []float64{mean(c.words), min(missing, 8), worst(c.words, 3), min(lack(c.words, 0.5), 4), mean(tail(c.words, 3))}
}

// tokenFeatures describe how the tokens of a claim are answered at one depth.
func (c *cover) tokenFeatures(depth int) []float64 {
	x := c.near[depth]
	return []float64{mean(x), worst(x, 5), worst(x, 9), min(lack(x, 0.4), 4), mean(tail(x, 6))}
}

func (c *cover) features() []float64 {
	var f []float64
	if c.same {
		f = c.wordFeatures()
	}
	if len(c.near[0]) > 0 {
		f = append(f, c.tokenFeatures(0)...)
		f = append(f, c.tokenFeatures(1)...)
	}
	return f
}

// reason is why the cover is too thin; zero when it is not.
func (c *cover) reason() Reason {
	return Reason{}
}
