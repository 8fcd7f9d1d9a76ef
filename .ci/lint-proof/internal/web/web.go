// Package web breaks the rule of its place; its last import is allowed.
package web

import (
	_ "amur/internal/text" // want depguard

	_ "github.com/prometheus/client_golang"
)
