package encoder

// IsWord reports whether the model's vocabulary holds word whole, which common words of its languages are. It is safe
// for concurrent use.
func (e *Encoder) IsWord(word string) bool {
	const ends = 2 // the pieces that begin and end every text
	return len(e.Tokens(word)) == ends+1
}
