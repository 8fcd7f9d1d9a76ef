package store

import "time"

// Block keeps the bot from answering a member in a server.
type Block struct {
	Server Server    `json:"server"`
	Until  time.Time `json:"until,omitzero"` // zero: until unblocked
}
