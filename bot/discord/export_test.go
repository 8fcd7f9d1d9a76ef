package discord

// Buckets is how many rate limits the client keeps, and Refusals how many refusals.
func (c *Client) Buckets() int {
	c.rest.limits.mu.Lock()
	defer c.rest.limits.mu.Unlock()
	return len(c.rest.limits.buckets)
}

// Refusals is how many refusals the client remembers.
func (c *Client) Refusals() int {
	c.rest.limits.mu.Lock()
	defer c.rest.limits.mu.Unlock()
	return len(c.rest.limits.refused)
}

// AuditReason is how a reason goes into a header.
func AuditReason(s string) string { return auditReason(s) }
