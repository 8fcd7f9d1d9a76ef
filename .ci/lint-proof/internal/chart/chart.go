// Package chart breaks the rules for packages that no rule names.
package chart

import (
	_ "amur/bot"          // want depguard
	_ "amur/internal/cli" // want depguard
)
