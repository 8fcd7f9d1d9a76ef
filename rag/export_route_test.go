package rag

// Route is Router.route.
func (r *Router) Route(s string) (Outcome, bool) { return r.route(s) }

// SecondOpinion is Router.secondOpinion.
func (r *Router) SecondOpinion(model string, vector []float32) (Outcome, bool) {
	return r.secondOpinion(model, vector)
}

// RouterWords are the embedded word lists.
func RouterWords() string { return routerWords }

// NewRouterOf reads other word lists than the embedded ones.
func NewRouterOf(lists string, fold func(string) string) (*Router, error) {
	return newRouter(lists, fold)
}

// HunchOutcomes are the outcomes of the weights, in their order.
func HunchOutcomes() []Outcome { return hunchOutcomes() }

// ReadHunch reports whether weights can be read.
func ReadHunch(data []byte) error {
	_, err := readHunch(data)
	return err
}

// Plain is the form in which the word lists are written.
func Plain(s string) string { return plain(s) }
