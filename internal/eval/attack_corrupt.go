package eval

import "amur/knowledge"

// Corrupt makes pairs.
func Corrupt(*knowledge.Base, int) ([]Pair, error) { return nil, nil }
