package store

// Commands are the commands that were registered with Discord.
type Commands struct {
	Digest string            `json:"digest"` // of what was sent; the caller's
	IDs    map[string]string `json:"ids"`    // Discord's ids by name
}
