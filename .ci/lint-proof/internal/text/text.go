// Package text breaks the rule of its place.
package text

import _ "amur/internal/encoder" // want depguard
