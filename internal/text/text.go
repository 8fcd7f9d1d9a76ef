// Package text holds what amur knows about written language, and nothing about
// documents, questions or models:
//
//   - [Sentences] and [Words] cut a text ([Span] gives byte offsets);
//   - [Detect] names the language of a question ([Lang]);
//   - [Values] finds numbers, sums and dates and compares them by value across
//     English, Russian, Ukrainian and Chinese ([Value]);
//   - [Converter] turns simplified Chinese into traditional and back.
//
// Everything here is a pure function of its input and safe for concurrent use.
// Input may be any string: invalid UTF-8 is carried through or passed over,
// never a panic.
package text

// Span is a piece of a string by byte offsets: s[Start:End]. Offsets of spans
// that this package returns stand on rune boundaries.
type Span struct {
	Start, End int
}

// In returns the piece of s that the span names. s must be the string that the
// span was made from.
func (p Span) In(s string) string { return s[p.Start:p.End] }
