package knowledge

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// The form of a document, beside paragraphs of sentences that end with footnote markers.
const (
	headingForm    = `## Heading {#id}`
	asksForm       = `<!-- asks: question | question -->`
	definitionForm = `[^name]: source-key § Heading in the source`
)

// parser reads one document line by line and collects everything that is wrong with it.
type parser struct {
	path     string
	doc      Document
	problems []Problem

	text      strings.Builder // of the section being read
	paragraph paragraph       // the lines of the paragraph being read
	uses      []use           // of footnotes, resolved at the end
	notes     map[string]*note
}

// use is a footnote marker behind a sentence.
type use struct {
	section, sentence int
	name              string
	line              int
}

// note is a footnote definition.
type note struct {
	ref  Ref
	line int
	used bool
}

// Parse reads a document in the form of the built-in ones: front matter, headings with ids, and paragraphs in which
// every sentence ends with a footnote marker. It takes a small part of Markdown on purpose (paragraphs, lists,
// emphasis, links between sections), so that the plain text and its offsets are exact. A sentence is what stands
// between two groups of markers.
//
// The error joins everything that was found wrong, each with path, line and what to do; the document is then zero.
// Parse keeps no reference to data.
func Parse(path string, data []byte) (Document, error) {
	p := parser{path: path, notes: map[string]*note{}}
	p.doc.Path = path
	p.read(data)
	if err := join(p.problems); err != nil {
		return Document{}, err
	}
	return p.doc, nil
}

func (p *parser) problem(line int, format string, args ...any) {
	p.problems = append(p.problems, Problem{File: p.path, Line: line, Message: fmt.Sprintf(format, args...)})
}

func (p *parser) read(data []byte) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if line, bad := unreadable(data); bad {
		p.problem(line, "not plain UTF-8 text: save the file as UTF-8 and take out control characters")
		return
	}
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	end := -1
	if isFence(lines[0]) {
		end = slices.IndexFunc(lines[1:], isFence)
	}
	if end < 0 {
		p.problem(1, `no front matter: begin the file with a line "---", the keys id, lang, title, updated, sources, and a line "---"`)
		return
	}
	p.readFrontMatter([]byte(strings.Join(lines[1:1+end], "\n")))
	body := 1 + end + 1
	for i := body; i < len(lines); i++ {
		p.readLine(i+1, strings.TrimSpace(lines[i]))
	}
	p.endParagraph()
	p.endSection()
	p.resolve()
	if len(p.doc.Sections) == 0 {
		p.problem(body, "no sections: begin one with %s", headingForm)
	}
}

func isFence(line string) bool { return strings.TrimRight(line, " \t") == "---" }

// unreadable finds the line of the first byte that is not text.
func unreadable(data []byte) (int, bool) {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 || unicode.IsControl(r) && r != '\n' && r != '\t' &&
			(r != '\r' || i+1 >= len(data) || data[i+1] != '\n') {
			return 1 + bytes.Count(data[:i], []byte("\n")), true
		}
		i += size
	}
	return 0, false
}

func (p *parser) readLine(number int, line string) {
	name, definition, isDefinition := scanDefinition(line)
	item, isItem := scanListItem(line)
	switch {
	case line == "":
		p.endParagraph()
	case strings.HasPrefix(line, "#"):
		p.endParagraph()
		p.endSection()
		p.beginSection(number, line)
	case strings.HasPrefix(line, "<!--"):
		p.endParagraph()
		p.readAsks(number, line)
	case isDefinition:
		p.endParagraph()
		p.readDefinition(number, name, definition)
	case isForeignBlock(line):
		p.endParagraph()
		p.problem(number, "quotation, table, code or rule: write paragraphs and lists only")
	case len(p.doc.Sections) == 0:
		p.problem(number, "text before the first heading: begin a section with %s", headingForm)
	case isItem:
		p.endParagraph()
		p.paragraph.add(number, item)
	default:
		p.paragraph.add(number, line)
	}
}

func (p *parser) beginSection(number int, line string) {
	heading, id, ok := scanHeading(line)
	switch {
	case !ok:
		p.problem(number, "heading %q: write it as %s", line, headingForm)
	case heading == "" || strings.ContainsAny(heading, "[]{}<>`*\\"):
		p.problem(number, "heading %q: write plain words without markup or footnotes", heading)
	case !isID(id):
		p.problem(number, "section id %q: write %s", id, idForm)
	}
	section := SectionID(string(p.doc.ID) + "#" + id)
	for _, other := range p.doc.Sections {
		if isID(id) && other.ID == section {
			p.problem(number, "section id %q stands already in line %d: give it another", id, other.Line)
		}
	}
	p.doc.Sections = append(p.doc.Sections, Section{ID: section, Lang: p.doc.Lang, Heading: heading, Line: number})
	p.text = strings.Builder{}
}

func (p *parser) endSection() {
	if len(p.doc.Sections) == 0 {
		return
	}
	section := &p.doc.Sections[len(p.doc.Sections)-1]
	section.Text = p.text.String()
	if section.Text == "" {
		p.problem(section.Line, "section %q is empty: write its sentences or take it out", section.Heading)
	}
}

func (p *parser) readAsks(number int, line string) {
	content, closed := strings.CutSuffix(strings.TrimPrefix(line, "<!--"), "-->")
	asks, isAsks := strings.CutPrefix(strings.TrimSpace(content), "asks:")
	if !closed || !isAsks || strings.Contains(content, "-->") {
		p.problem(number, "comment: write the section's questions in one line, %s; other comments have no place here", asksForm)
		return
	}
	if len(p.doc.Sections) == 0 || p.doc.Sections[len(p.doc.Sections)-1].Asks != nil || p.text.Len() > 0 {
		p.problem(number, "asks: write one such comment directly under the heading")
		return
	}
	section := &p.doc.Sections[len(p.doc.Sections)-1]
	for ask := range strings.SplitSeq(asks, "|") {
		if ask = strings.TrimSpace(ask); ask == "" {
			p.problem(number, "asks: a question is empty: write %s", asksForm)
		} else {
			section.Asks = append(section.Asks, ask)
		}
	}
}

func (p *parser) readDefinition(number int, name, content string) {
	key, heading, parted := strings.Cut(content, "§")
	ref := Ref{Source: SourceKey(strings.TrimSpace(key)), Section: strings.TrimSpace(heading)}
	switch {
	case !isID(name):
		p.problem(number, "footnote %q: write its name in %s", name, idForm)
	case p.notes[name] != nil:
		p.problem(number, "footnote %q is defined already in line %d: give it another name", name, p.notes[name].line)
	case ref.Source == "" || parted && ref.Section == "":
		p.problem(number, "footnote %q: write %s, or the source key alone", name, definitionForm)
	default:
		p.notes[name] = &note{ref: ref, line: number}
	}
}

// resolve gives every sentence the sources that its markers name.
func (p *parser) resolve() {
	for _, u := range p.uses {
		n := p.notes[u.name]
		if n == nil {
			p.problem(u.line, "footnote %q is not defined: add a line %q", u.name, "[^"+u.name+"]: source-key § Heading")
			continue
		}
		n.used = true
		sentence := &p.doc.Sections[u.section].Sentences[u.sentence]
		if !slices.Contains(sentence.Refs, n.ref) {
			sentence.Refs = append(sentence.Refs, n.ref)
		}
	}
	for name, n := range p.notes {
		if _, known := p.doc.Sources[n.ref.Source]; !known && len(p.doc.Sources) > 0 {
			p.problem(n.line, "footnote %q names the unknown source %q: add it to the front matter", name, n.ref.Source)
		}
		if !n.used {
			p.problem(n.line, "footnote %q is used nowhere: put %q behind the sentence that rests on it, or take it out", name, "[^"+name+"]")
		}
	}
}

// endParagraph appends the paragraph being read to the section's text.
func (p *parser) endParagraph() {
	lines := p.paragraph
	p.paragraph = paragraph{}
	if lines.text.Len() == 0 {
		return
	}
	plain := lines.plain(p)
	if plain.text == "" {
		return
	}
	index := len(p.doc.Sections) - 1
	section, out := &p.doc.Sections[index], &p.text
	if out.Len() > 0 {
		out.WriteString("\n\n")
	}
	base := out.Len()
	out.WriteString(plain.text)
	section.Paragraphs = append(section.Paragraphs, text.Span{Start: base, End: out.Len()})
	section.Links = append(section.Links, plain.links...)
	for _, s := range plain.sentences {
		for _, m := range s.markers {
			p.uses = append(p.uses, use{section: index, sentence: len(section.Sentences), name: m.name, line: m.line})
		}
		section.Sentences = append(section.Sentences, Sentence{
			Span: text.Span{Start: base + s.start, End: base + s.end},
			Line: s.line,
		})
	}
}
