// Package eval breaks the rules of its place; its last imports are allowed.
package eval

import (
	_ "amur/internal/encoder" // want depguard
	_ "amur/internal/text"
	_ "amur/knowledge"
)
