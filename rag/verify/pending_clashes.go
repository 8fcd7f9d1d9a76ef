package verify

type clashes struct{}

func newClashes() (*clashes, error) { return &clashes{}, nil }

func (c *clashes) negation(claim, span *sentence) (detail string, clash bool) { return "", false }

func (c *clashes) direction(claim, span *sentence) (detail string, clash bool) { return "", false }
