package ingest

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// markdownWalk gathers the blocks of a Markdown tree.
type markdownWalk struct {
	src   []byte
	lines int // lines of the file before src
	out   []block
	at    int // offset in src up to which the lines are counted
	line  int // line ends of src before at
}

// blocks gathers what a block holds.
func (w *markdownWalk) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			w.add(block{kind: heading, level: n.Level, text: w.inline(n), line: w.lineOf(n)})
		case *ast.Paragraph, *ast.TextBlock:
			k := paragraph
			if parent.Kind() == ast.KindListItem {
				k = item
			}
			w.add(block{kind: k, text: w.inline(n), line: w.lineOf(n), links: w.onlyLinks(n)})
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			w.add(block{text: string(n.Lines().Value(w.src)), line: w.lineOf(n)})
		case *ast.HTMLBlock:
			w.add(block{text: plainHTML(n.Lines().Value(w.src)), line: w.lineOf(n)})
		case *extast.Table:
			w.table(n)
		default:
			w.blocks(n)
		}
	}
}

// add appends a block that says something and is more than links.
func (w *markdownWalk) add(b block) {
	b.text = fold(b.text)
	if b.text != "" && !b.links {
		w.out = append(w.out, b)
	}
}

// table gathers the rows of a table, each cell named by its column.
func (w *markdownWalk) table(t *extast.Table) {
	var names []string
	for r := t.FirstChild(); r != nil; r = r.NextSibling() {
		var cells []string
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, fold(w.inline(c)))
		}
		if r.Kind() == extast.KindTableHeader {
			names = cells
			continue
		}
		w.add(block{kind: row, text: rowText(cells, names)})
	}
}

// inline is the text of a block's inline nodes, without markup, marks of notes, and pictures.
func (w *markdownWalk) inline(parent ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(parent, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(unescape(n.Value(w.src), n.IsRaw()))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(w.src))
		case *ast.Image, *extast.FootnoteLink, *extast.FootnoteBacklink:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// onlyLinks reports whether a block is links and signs between them, and nothing else.
func (w *markdownWalk) onlyLinks(parent ast.Node) bool {
	links := 0
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Link, *ast.AutoLink, *ast.Image:
			links++
		case *ast.Text:
			if words(string(n.Value(w.src))) > 0 {
				return false
			}
		default:
			return false
		}
	}
	return links > 0
}

// lineOf is the line of the file in which a block begins, from 1. Blocks come in the order of the text.
func (w *markdownWalk) lineOf(n ast.Node) int {
	if n.Lines().Len() == 0 {
		return 0
	}
	if start := n.Lines().At(0).Start; start > w.at {
		w.line += bytes.Count(w.src[w.at:start], []byte{'\n'})
		w.at = start
	}
	return w.lines + w.line + 1
}

// title is the first heading of the first level, or "".
func (w *markdownWalk) title() string {
	for _, b := range w.out {
		if b.kind == heading && b.level == 1 {
			return b.text
		}
	}
	return ""
}

// unescape resolves backslashes and entities ("\*", "&amp;").
func unescape(text []byte, raw bool) []byte {
	if raw {
		return text
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(text)))
}

// plainHTML is the text of a piece of HTML within Markdown, comments and tags left out.
func plainHTML(source []byte) string {
	root, err := html.Parse(bytes.NewReader(source))
	if err != nil {
		return ""
	}
	strip(root)
	return nodeText(root)
}
