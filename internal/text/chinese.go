package text

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// opencc holds the conversion tables, one after the other: "# name", then a
// word a line, sorted, with its conversion after a tab unless that follows from
// the conversions of its characters. Origin and licence: data/README.md.
//
//go:embed data/opencc.gz
var opencc []byte

// Converter converts between written forms of Chinese by OpenCC's tables: at
// each place the longest word that a table knows, the tables one after the
// other (https://github.com/BYVoid/OpenCC). Letters, digits and marks outside
// the tables come through unchanged.
//
// The zero value is ready. The tables are decoded when the first text with
// Chinese characters comes (under ten milliseconds, about a megabyte). A
// Converter is safe for concurrent use and must not be copied.
//
// Were the embedded tables damaged, texts would come back unchanged; a test
// sees to it that they are not.
type Converter struct {
	once   sync.Once
	tables map[string]*conversion
}

// ToTraditional converts simplified Chinese to the traditional characters and
// common words of Taiwan (OpenCC's s2twp).
func (c *Converter) ToTraditional(s string) string {
	return c.convert(s, "s2t", "t2twp", "t2tw")
}

// ToSimplified converts traditional Chinese, with the words of Taiwan, to
// simplified characters and mainland words (close to OpenCC's tw2sp), so that
// a question finds simplified text. Simplified text is unchanged but for words
// that only Taiwan uses.
func (c *Converter) ToSimplified(s string) string {
	return c.convert(s, "tw2tp", "t2s")
}

func (c *Converter) convert(s string, names ...string) string {
	if strings.IndexFunc(s, isHan) < 0 {
		return s
	}
	c.once.Do(func() {
		if tables, err := readConversions(opencc); err == nil {
			c.tables = tables
		}
	})
	for _, name := range names {
		if table, ok := c.tables[name]; ok {
			s = table.convert(s)
		}
	}
	return s
}

// isHan reports whether r may begin a word of the tables: a Chinese character,
// or 〇 and the like among the marks.
func isHan(r rune) bool { return r >= 0x2e80 && scriptOf(r) == han }

// conversion is one table over its text; at holds where each line begins.
type conversion struct {
	lines string
	at    []uint32
}

// readConversions unpacks the tables.
func readConversions(zipped []byte) (map[string]*conversion, error) {
	r, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return nil, fmt.Errorf("chinese tables: %w", err)
	}
	var b strings.Builder
	b.Grow(1 << 20)
	if _, err := io.Copy(&b, io.LimitReader(r, 1<<24)); err != nil {
		return nil, fmt.Errorf("chinese tables: %w", err)
	}
	tables := make(map[string]*conversion)
	for part := range strings.SplitSeq(strings.TrimPrefix(b.String(), "# "), "\n# ") {
		name, lines, _ := strings.Cut(part, "\n")
		table := &conversion{lines: lines, at: make([]uint32, 0, strings.Count(lines, "\n")+1)}
		for start := 0; start < len(lines); {
			table.at = append(table.at, uint32(start)) // the text is at most 1<<24 bytes long
			n := strings.IndexByte(lines[start:], '\n')
			if n < 0 {
				break
			}
			start += n + 1
		}
		tables[name] = table
	}
	return tables, nil
}

// line returns the word of line i and its conversion.
func (t *conversion) line(i int) (word, value string) {
	s := t.lines[t.at[i]:]
	if end := strings.IndexByte(s, '\n'); end >= 0 {
		s = s[:end]
	}
	word, value, _ = strings.Cut(s, "\t")
	return word, value
}

// search returns the first line in [lo, hi) whose word is not less than w.
func (t *conversion) search(w string, lo, hi int) int {
	for lo < hi {
		mid := (lo + hi) / 2
		if word, _ := t.line(mid); word < w {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// convert replaces, from left to right, the longest words that the table has.
func (t *conversion) convert(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isHan(r) {
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		word, value := t.longest(s[i:], n)
		switch {
		case word == "":
			b.WriteString(s[i : i+n])
			i += n
			continue
		case value != "":
			b.WriteString(value)
		default:
			t.letterwise(&b, word)
		}
		i += len(word)
	}
	return b.String()
}

// longest returns the longest word of the table that s begins with; n is the
// length of its first character. It follows s character by character through
// the sorted words, as through a tree.
func (t *conversion) longest(s string, n int) (word, value string) {
	lo, hi := 0, len(t.at)
	for n <= len(s) {
		prefix := s[:n]
		lo = t.search(prefix, lo, hi)
		if lo == hi {
			break
		}
		w, v := t.line(lo)
		if !strings.HasPrefix(w, prefix) {
			break
		}
		if w == prefix {
			word, value = w, v
		}
		if n == len(s) {
			break
		}
		hi = t.search(prefix+"\U0010ffff", lo, hi)
		_, size := utf8.DecodeRuneInString(s[n:])
		n += size
	}
	return word, value
}

// letterwise writes a word with each character converted by itself.
func (t *conversion) letterwise(b *strings.Builder, word string) {
	for i, r := range word {
		c := word[i : i+utf8.RuneLen(r)]
		if w, v := t.line(min(t.search(c, 0, len(t.at)), len(t.at)-1)); w == c && v != "" {
			b.WriteString(v)
		} else {
			b.WriteString(c)
		}
	}
}
