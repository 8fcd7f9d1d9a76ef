package store

import (
	"errors"
	"time"
)

// Key is the secret that texts are sealed and members are hashed with. The zero Key is none: the budgets work without, and
// everything that needs it is ErrNoKey.
type Key [32]byte

var (
	// ErrKey means that the state was written with another key.
	ErrKey = errors.New("another key")
	// ErrNoKey means that the state was opened without a key.
	ErrNoKey = errors.New("the state was opened without its key")
)

// Options say how a file of state is opened.
type Options struct {
	Key Key              // see Key
	Now func() time.Time // the clock; nil stands for time.Now
}
