package llm

// Estimate says what a request may use at the most: its own tokens and all that the answer is allowed, with what they cost.
func (c *Client) Estimate(r Request) Usage {
	return Usage{Input: inputTokens(r.Messages), Output: r.MaxTokens, Estimated: true}.price(c.options.Price)
}
