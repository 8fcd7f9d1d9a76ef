// Package config may read the environment, and breaks the rule of its imports.
package config

import (
	"os"

	_ "amur/internal/text" // want depguard
)

// Environ returns the environment.
func Environ() []string { return os.Environ() }
