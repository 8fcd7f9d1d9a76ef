package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlBlocks cuts a tree into blocks, in reading order.
func htmlBlocks(root *html.Node) []block {
	w := &htmlWalk{}
	w.walk(root)
	w.flush()
	return w.out
}

// htmlWalk gathers the text of a tree. Its depth is bounded: the parser refuses trees of more than 512 levels.
type htmlWalk struct {
	out     []block
	text    strings.Builder
	term    string // the name of the definition being gathered, put before its text
	named   int    // length of out when a definition's name was last put there
	kind    kind
	level   int
	linked  int // letters within links, of the block being gathered
	letters int // all its letters
	inLink  int // links around the present place
}

// flush ends the block being gathered.
func (w *htmlWalk) flush() {
	text := dropMarks(fold(w.text.String()))
	links := w.letters > 0 && w.linked*10 >= w.letters*9
	w.text.Reset()
	w.linked, w.letters = 0, 0
	if text == "" {
		return
	}
	if w.term != "" && w.kind != heading {
		text = w.term + ": " + text
		w.term = ""
	}
	w.out = append(w.out, block{kind: w.kind, level: w.level, text: text, links: links})
}

// children walks what an element holds.
func (w *htmlWalk) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
}

// part walks an element that is a block of its own.
func (w *htmlWalk) part(n *html.Node, k kind, level int) {
	w.flush()
	before, beforeLevel := w.kind, w.level
	w.kind, w.level = k, level
	w.children(n)
	w.flush()
	w.kind, w.level = before, beforeLevel
}

// walk gathers a node.
func (w *htmlWalk) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.add(n.Data)
		return
	case html.ElementNode:
	default:
		w.children(n)
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript:
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.part(n, heading, int(n.Data[1]-'0'))
	case atom.Li:
		w.part(n, item, 0)
	case atom.Dt:
		w.part(n, paragraph, 0)
		w.named = len(w.out)
	case atom.Dd:
		w.flush()
		if last := len(w.out) - 1; w.named == len(w.out) && last >= 0 {
			w.term, w.out = strings.TrimRight(w.out[last].text, " :"), w.out[:last]
		}
		w.part(n, paragraph, 0)
		w.term, w.named = "", 0
	case atom.Table:
		w.flush()
		if rows, ok := tableRows(n); ok {
			w.out = append(w.out, rows...)
		} else {
			w.part(n, paragraph, 0)
		}
	case atom.A:
		if isMark(n) {
			return
		}
		w.inLink++
		w.children(n)
		w.inLink--
	case atom.Sup:
		if !isNote(nodeText(n)) {
			w.children(n)
		}
	case atom.Br:
		w.add("\n")
	case atom.B, atom.Strong, atom.I, atom.Em, atom.Span, atom.Code, atom.Small, atom.U, atom.S, atom.Sub, atom.Q, atom.Cite, atom.Abbr,
		atom.Font, atom.Mark, atom.Time, atom.Kbd, atom.Samp, atom.Var, atom.Tt, atom.Big, atom.Dfn, atom.Ins, atom.Del, atom.Bdi, atom.Bdo,
		atom.Wbr, atom.Data, atom.Ruby, atom.Acronym, atom.Strike, atom.Label, atom.Img, atom.Picture, atom.Source:
		w.children(n)
	default:
		k := paragraph
		if w.kind == item && n.DataAtom == atom.P {
			k = item
		}
		w.part(n, k, 0)
	}
}

// add gathers text.
func (w *htmlWalk) add(text string) {
	w.text.WriteString(text)
	for _, r := range text {
		if unicode.IsLetter(r) {
			w.letters++
			if w.inLink > 0 {
				w.linked++
			}
		}
	}
}

// isMark reports whether a link is a sign beside a heading or the way back from a note, without words of its own.
func isMark(n *html.Node) bool {
	text := nodeText(n)
	return strings.Trim(text, "¶#§↑↩^[]0123456789 ") == "" && strings.HasPrefix(attr(n, "href"), "#")
}

// isNote reports whether raised text is the mark of a note: "[1]", "12", "*".
func isNote(text string) bool {
	return strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") || strings.Trim(text, "*†‡") == ""
}

// nodeText is the text within a node, on one line.
func nodeText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style:
			b.WriteString(d.Data)
		case d.DataAtom == atom.Br, d.DataAtom == atom.P, d.DataAtom == atom.Div, d.DataAtom == atom.Li:
			b.WriteByte(' ')
		}
	}
	return strings.Trim(fold(b.String()), "¶§ ")
}
