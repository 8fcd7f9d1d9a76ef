package knowledge

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// paragraph is the lines of one paragraph as they stand in the file.
type paragraph struct {
	text  strings.Builder // lines joined by "\n"
	lines []int           // number of each line in the file
}

func (g *paragraph) add(number int, line string) {
	if g.text.Len() > 0 {
		g.text.WriteByte('\n')
	}
	g.text.WriteString(line)
	g.lines = append(g.lines, number)
}

// plainParagraph is a paragraph without markup.
type plainParagraph struct {
	text      string
	sentences []plainSentence
	links     []Link
}

type plainSentence struct {
	start, end int // in the plain text
	line       int
	markers    []marker
}

// marker is a footnote marker, [^name].
type marker struct {
	name string
	line int
}

// writer turns the source of a paragraph into plain text. White space between words is one space, or none where
// Chinese is written without.
type writer struct {
	parser *parser
	lines  []int
	row    int // index into lines
	plain  plainParagraph
	out    strings.Builder
	last   rune // last written, 0 at the start
	gap    bool // white space was read since
	broken bool // a line ended, or markers stood, in that gap

	open      bool // a sentence has begun
	linkStart int  // source position of the ")" part of the link being read
	linkEnd   int
	strong    bool
	emphasis  bool
}

func (g *paragraph) plain(p *parser) plainParagraph {
	w := writer{parser: p, lines: g.lines, linkStart: -1}
	w.read(g.text.String())
	if w.strong || w.emphasis {
		w.problem("emphasis is not closed: close it before the paragraph ends; for multiplication write ×")
	}
	if w.open {
		w.problem("a sentence without a footnote: end it with [^name] and define that at the end of the file")
	}
	w.plain.text = w.out.String()
	return w.plain
}

func (w *writer) line() int { return w.lines[w.row] }

func (w *writer) problem(format string, args ...any) { w.parser.problem(w.line(), format, args...) }

func (w *writer) read(source string) {
	for i := 0; i < len(source); {
		rest := source[i:]
		if i == w.linkStart {
			i, w.linkStart = w.linkEnd, -1
			continue
		}
		switch rest[0] {
		case '\n':
			w.gap, w.broken = true, true
			w.row++
			i++
			continue
		case '[':
			if name, size, ok := scanMarker(rest); ok {
				w.mark(name)
				i += size
				continue
			}
			if target, words, size, ok := scanLink(rest); ok && w.linkStart < 0 {
				w.link(target)
				w.linkStart, w.linkEnd = i+1+words, i+size
				i++
				continue
			}
			if strings.HasPrefix(rest, "[^") {
				w.problem("a footnote marker is not closed: write [^name]")
			}
		case ']':
			if strings.HasPrefix(rest, "](") {
				w.problem("a link is not complete: write [words](document#section)")
			}
		case '*':
			run := len(rest) - len(strings.TrimLeft(rest, "*"))
			w.emphasise(run)
			i += run
			continue
		case '!':
			if strings.HasPrefix(rest, "![") && !strings.HasPrefix(rest, "![^") {
				w.problem("an image has no place here: take it out")
			}
		case '\\', '`':
			w.problem("the character %q has no place here: take it out", rest[:1])
		case '<':
			if isTag(rest) {
				w.problem("HTML has no place here: write plain words; only %s may stand under a heading", asksForm)
			}
		case '&':
			if entity := scanEntity(rest); entity != "" {
				w.problem("%s: write the character itself", entity)
			}
		}
		r, size := utf8.DecodeRuneInString(rest)
		i += size
		if r == ' ' || r == '\t' || !w.open && unicode.IsSpace(r) {
			w.gap = true
			continue
		}
		w.write(r)
	}
}

// write appends a character, and before it the white space that is due.
func (w *writer) write(r rune) {
	if w.last != 0 && (w.gap || !w.open) && !w.joins(r) {
		w.out.WriteByte(' ')
	}
	if !w.open {
		w.open = true
		w.plain.sentences = append(w.plain.sentences, plainSentence{start: w.out.Len(), line: w.line()})
	}
	w.out.WriteRune(r)
	w.last, w.gap, w.broken = r, false, false
}

// joins tells whether r follows the last character without a space, as Chinese does across lines and sentences.
func (w *writer) joins(r rune) bool {
	if w.open && !w.broken {
		return false // a space inside a line is the author's
	}
	if lang := w.parser.doc.Lang; lang == text.ZH || lang == text.ZHHant {
		return isWide(w.last) || isWide(r)
	}
	return isWide(w.last) && isWide(r)
}

// isWide tells whether r is a character that Chinese writes without spaces around it.
func isWide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}

// mark ends the sentence before a footnote marker, or adds to the markers of one that has ended.
func (w *writer) mark(name string) {
	count := len(w.plain.sentences)
	if count == 0 {
		w.problem("footnote marker %q stands before any sentence: put it behind the full stop", name)
		return
	}
	sentence := &w.plain.sentences[count-1]
	if w.open {
		written := strings.TrimRightFunc(w.out.String(), unicode.IsSpace)
		sentence.end = len(written)
		if !endsSentence(written) {
			w.problem("a footnote marker %q inside a sentence: put it behind the full stop", name)
		}
		w.open = false
	}
	sentence.markers = append(sentence.markers, marker{name: name, line: w.line()})
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»›)]）」』》】")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？", r)
}

// link notes a link to a section: trade#volume, trade.md#volume, or #volume within the document.
func (w *writer) link(target string) {
	document, section, found := strings.Cut(target, "#")
	document = strings.TrimSuffix(document, ".md")
	if !found || document != "" && !isID(document) || !isID(section) {
		w.problem("link to %q: link to a section, [words](document#section); outside pages are cited by a footnote", target)
		return
	}
	if document == "" {
		document = string(w.parser.doc.ID)
	}
	w.plain.links = append(w.plain.links, Link{Target: SectionID(document + "#" + section), Line: w.line()})
}

func (w *writer) emphasise(run int) {
	if run > 3 {
		w.problem("a row of asterisks: write *emphasis* or **strong**")
		return
	}
	if run != 2 {
		w.emphasis = !w.emphasis
	}
	if run != 1 {
		w.strong = !w.strong
	}
}
