package llm

import "cmp"

// Estimate says what a request may use at the most: its own tokens and all that the answer is allowed, with what they cost.
func (c *Client) Estimate(r Request) Usage {
	return Usage{Input: inputTokens(r.Messages), Output: cmp.Or(r.MaxTokens, maxTokens), Estimated: true}.price(c.options.Price)
}
