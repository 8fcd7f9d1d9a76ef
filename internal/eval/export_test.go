package eval

import "amur/rag"

// Normalise is exported for its own table of cases.
func Normalise(s string) string { return normalise(s) }

// OwnVoice is exported for its own table of cases.
func OwnVoice(a rag.Answer) string { return ownVoice(a) }
