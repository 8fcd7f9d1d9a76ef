// Package knowledge breaks the rules of its place; its first import is allowed.
package knowledge

import (
	_ "amur/internal/text"

	_ "amur/internal/encoder" // want depguard
)
