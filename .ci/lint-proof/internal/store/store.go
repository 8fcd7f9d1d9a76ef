// Package store breaks the rule of its place; its last import is allowed.
package store

import (
	_ "amur/internal/text" // want depguard

	_ "modernc.org/sqlite"
)
