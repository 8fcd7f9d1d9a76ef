package ingest

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// front is what amur uses of the front matter that other tools write.
type front struct {
	Title     string        `yaml:"title"`
	URL       string        `yaml:"url"`
	Link      string        `yaml:"link"`
	Source    any           `yaml:"source"`
	Canonical string        `yaml:"canonical_url"`
	Date      string        `yaml:"date"`
	Published string        `yaml:"published"`
	Updated   string        `yaml:"updated"`
	LastMod   string        `yaml:"lastmod"`
	Licence   string        `yaml:"licence"`
	License   string        `yaml:"license"`
	Publisher string        `yaml:"publisher"`
	ID        string        `yaml:"id"`
	Sources   yaml.MapSlice `yaml:"sources"`
}

// Limits within which the Markdown parser takes time in proportion to the text. What people write stays far below.
const (
	maxNesting = 100      // levels of quotation and list that a line opens
	maxIndent  = 400      // columns before an item of a list
	maxColumns = 200      // of a table
	maxStretch = 64 << 10 // bytes of a paragraph; files with longer ones are read as plain text
)

// markdown reads a document in Markdown with the front matter of any tool, or none.
func markdown(source string) (page, error) {
	meta, body, err := splitFront(source)
	if err != nil {
		return page{}, err
	}
	stretch, err := measure(body)
	if err != nil {
		return page{}, err
	}
	p := page{
		title:     fold(meta.Title),
		url:       firstAddress(meta.URL, meta.Canonical, meta.Link, fmt.Sprint(meta.Source)),
		published: dateOf(meta.Published, meta.Date),
		updated:   dateOf(meta.Updated, meta.LastMod),
		licence:   fold(meta.Licence + meta.License),
		publisher: fold(meta.Publisher),
	}
	if stretch > maxStretch {
		found := plain(body)
		found.title, found.url, found.published = cmp.Or(p.title, found.title), p.url, p.published
		return found, nil
	}
	src := []byte(body)
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote),
		goldmark.WithParserOptions(parser.WithHeadingAttribute()))
	w := &markdownWalk{src: src, lines: strings.Count(source, "\n") - strings.Count(body, "\n")}
	w.blocks(md.Parser().Parse(text.NewReader(src)))
	p.blocks = w.out
	if p.title == "" {
		p.title = w.title()
	}
	return p, nil
}

// splitFront parts the front matter from the text. Front matter that is no YAML between "---" lines is an error.
func splitFront(source string) (front, string, error) {
	rest, ok := strings.CutPrefix(source, "---\n")
	if !ok {
		return front{}, source, nil
	}
	var head, body string
	if head, body, ok = strings.Cut("\n"+rest, "\n---"); !ok {
		return front{}, source, nil // a rule at the head of a text
	}
	_, body, _ = strings.Cut(body, "\n")
	var meta front
	if err := yaml.NewDecoder(strings.NewReader(head)).Decode(&meta); err != nil && strings.TrimSpace(head) != "" {
		return front{}, "", fmt.Errorf("front matter: %s: mend it, or remove the part between the --- lines", firstLine(err.Error()))
	}
	return meta, body, nil
}

// isOwn reports whether the front matter is that of amur's own documents, which the knowledge package reads.
func (f front) isOwn() bool {
	return f.ID != "" && len(f.Sources) > 0
}

// firstLine returns text up to its first line end.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// firstAddress returns the first that is a web address, or "".
func firstAddress(candidates ...string) string {
	for _, s := range candidates {
		if at := webAddress(s); at != "" {
			return at
		}
	}
	return ""
}

// dateOf returns the date at the head of the first candidate that has one (YYYY, YYYY-MM or YYYY-MM-DD), or "".
func dateOf(candidates ...string) string {
	for _, s := range candidates {
		for _, shape := range []string{"0000-00-00", "0000-00", "0000"} {
			if len(s) >= len(shape) && shapeOf(s[:len(shape)]) == shape && (len(s) == len(shape) || strings.ContainsAny(s[len(shape):len(shape)+1], " T")) {
				return s[:len(shape)]
			}
		}
	}
	return ""
}

// shapeOf replaces each digit by 0.
func shapeOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, s)
}

// measure returns the length of the longest stretch of lines without a blank one, in bytes. Lines that open more levels or
// columns than a person writes are an error.
func measure(body string) (longest int, err error) {
	n, stretch := 0, 0
	for line := range strings.Lines(body) {
		n++
		text := strings.TrimLeft(line, " \t")
		if stretch += len(line); strings.TrimSpace(text) == "" {
			stretch = 0
		}
		longest = max(longest, stretch)
		head := text[:len(text)-len(strings.TrimLeft(text, " \t>*+-0123456789.)"))]
		_, isItem := bullet(text)
		switch {
		case strings.Count(head, ">")+strings.Count(head, "- ")+strings.Count(head, "* ")+strings.Count(head, "+ ") > maxNesting,
			isItem && len(line)-len(text) > maxIndent:
			return 0, fmt.Errorf("line %d is nested deeper than %d levels: simplify it", n, maxNesting)
		case strings.Count(line, "|") > maxColumns:
			return 0, fmt.Errorf("line %d has more than %d columns: split the table", n, maxColumns)
		}
	}
	return longest, nil
}
