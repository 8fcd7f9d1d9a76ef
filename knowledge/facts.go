package knowledge

import _ "embed"

//go:embed facts.csv
var builtinFacts []byte

// BuiltinFacts gives the table that says where the built-in documents tell each fact: rows of fact, section and
// sentence (from 1, the same in every language), a fact's home first. The caller must not change it.
func BuiltinFacts() []byte { return builtinFacts }
