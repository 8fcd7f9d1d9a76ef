// Package ingest breaks the rules of its place; its last import is allowed.
package ingest

import (
	_ "amur/bot" // want depguard
	_ "amur/rag" // want depguard

	_ "amur/knowledge"
)
