package ingest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parserNodes is the size up to which the article is searched for by readability; the search takes time and memory.
const parserNodes = 200_000

// htmlPage reads a web page: its article, found by the rules that browsers' reading modes use, or, where these do not find
// it, all text outside menus, footers and forms.
func htmlPage(data []byte) (page, error) {
	text, err := decode(data, declaredCharset(data))
	if err != nil {
		return page{}, err
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return page{}, fmt.Errorf("parse HTML: %w: its elements are nested deeper than any browser shows: save the page as plain text", err)
	}
	p := page{url: canonical(root)}
	parser := readability.NewParser()
	parser.MaxElemsToParse = parserNodes
	article, articleErr := parser.ParseDocument(root, nil)
	if articleErr == nil {
		p.publisher = fold(article.SiteName())
		if at, err := article.PublishedTime(); err == nil {
			p.published = at.Format(time.DateOnly)
		}
	}
	strip(root)
	p.title = htmlTitle(root, article.Title())
	p.blocks = htmlBlocks(root)
	if articleErr == nil && article.Node != nil {
		p.blocks = within(p.blocks, htmlBlocks(article.Node))
	}
	p.blocks = tidy(dropLinks(p.blocks), p.title)
	p.blocks = dropLabels(cutTeasers(p.blocks))
	return p, nil
}

// declaredCharset finds the encoding that a page declares in its head or in its XML declaration, or "".
func declaredCharset(data []byte) string {
	head := strings.ToLower(string(data[:min(len(data), 4096)]))
	for _, key := range []string{"charset=", "encoding="} {
		if _, rest, ok := strings.Cut(head, key); ok {
			rest = strings.TrimLeft(rest, `"' `)
			end := strings.IndexFunc(rest, func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_'
			})
			if end > 0 {
				return rest[:end]
			}
		}
	}
	return ""
}

// canonical returns the page's own address, or "".
func canonical(root *html.Node) string {
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.Link && strings.EqualFold(attr(n, "rel"), "canonical"):
			if at := webAddress(attr(n, "href")); at != "" {
				return at
			}
		case n.DataAtom == atom.Meta && attr(n, "property") == "og:url":
			if at := webAddress(attr(n, "content")); at != "" {
				return at
			}
		case n.DataAtom == atom.Body:
			return ""
		}
	}
	return ""
}

// webAddress returns s when it is an http or https address, else "".
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// htmlTitle prefers the page's only first-level heading, which is what the reader sees, to what the head says.
func htmlTitle(root *html.Node, found string) string {
	first := ""
	for n := range root.Descendants() {
		if n.DataAtom != atom.H1 {
			continue
		}
		text := nodeText(n)
		if first != "" && text != "" {
			return fold(found)
		}
		first += text
	}
	if first == "" {
		return fold(found)
	}
	return first
}

// within returns the part of the page from the first block of the article to its last, with the headings above it: the
// search for the article loses headings and tables that stand in it. An article that is less than half of the page's
// text was not found well, and the page is returned whole.
func within(whole, article []block) []block {
	said := make(map[string]bool, len(article))
	for _, b := range article {
		if b.kind != heading && !b.links {
			said[b.text] = true
		}
	}
	first, last := -1, -1
	for i, b := range whole {
		if said[b.text] {
			last = i
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return whole
	}
	for i := first - 1; i >= 0 && (whole[i].kind == heading || whole[i].links); i-- {
		if whole[i].kind == heading {
			first = i
		}
	}
	if 2*weight(whole[first:last+1]) < weight(whole) {
		return whole
	}
	return whole[first : last+1]
}

// dropLinks removes blocks that are links and nothing else.
func dropLinks(blocks []block) []block {
	return slices.DeleteFunc(blocks, func(b block) bool { return b.links && b.kind != heading })
}

// weight counts the text of blocks that is neither links nor headings, in bytes.
func weight(blocks []block) int {
	n := 0
	for _, b := range blocks {
		if !b.links && b.kind != heading {
			n += len(b.text)
		}
	}
	return n
}

// attr returns the value of an attribute, or "".
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
