package cli

// Wrap gives tests the lines of a paragraph.
func Wrap(s string, width int) []string { return wrap(s, width, width) }
