// Package knowledge holds amur's documents and the reader for them: it parses Markdown with front matter and footnotes,
// splits it into sections and passages, and names the source of every sentence.
//
// # The shape
//
//	Base ──► Document ──► Section ──► Sentence (a span with its sources)
//	                          │
//	                          └────► Passage (what is embedded and found: whole sentences of one section)
//
// Everything is plain text with byte offsets. The law that tests hold: a passage's Text equals
// section.Text[Start:End], byte for byte, so a quotation can always be shown in its place.
//
// The package knows nothing of vectors, questions, language models or Discord. A Base is immutable after it was
// made and safe for concurrent use.
package knowledge

import (
	"errors"

	"amur/internal/text"
)

// ErrUnknownSection is wrapped by the error for a section that the base does not have in that language.
var ErrUnknownSection = errors.New("unknown section")

// DocumentID names a document, the same in every language ("trade").
type DocumentID string

// SectionID names what people cite: a document and a section of it, the same in every language ("trade#volume").
type SectionID string

// PassageID names a passage: a section, its place in it from 1 on, and its language ("trade#volume.3@ru").
type PassageID string

// SourceKey names a source within a document's front matter ("cfr-2024").
type SourceKey string

// Source says where sentences come from.
type Source struct {
	Key       SourceKey
	Title     string
	Publisher string
	URL       string
	Published string // YYYY, YYYY-MM or YYYY-MM-DD; empty when the source has no date
	Kind      string // "government", "state media", "press", "research", …; empty for an operator's own files
	Country   string // ISO 3166-1 alpha-2 or "INT"; empty when unknown
	Archived  string // address of an archived copy, or empty
	Line      int    // where the front matter names it, from 1; 0 when unknown
}

// Ref is one use of a source: the source and the heading in it, verbatim.
type Ref struct {
	Source  SourceKey
	Section string // heading in the source; empty when the source has no parts
}

// Document is one file in one language.
type Document struct {
	ID       DocumentID
	Lang     text.Lang
	Title    string
	Updated  string // YYYY-MM-DD; empty for an operator's file without front matter
	Licence  string // empty when the file names none
	Path     string // path of the file within the loaded file system
	Sources  map[SourceKey]Source
	Sections []Section
}

// Section is what people cite. Its text is plain: no markup, no footnote markers; paragraphs are parted by a blank line.
type Section struct {
	ID         SectionID
	Lang       text.Lang
	Heading    string // verbatim
	Line       int    // line of the heading in the file, from 1
	Text       string
	Asks       []string    // questions that the section answers; empty for an operator's documents
	Links      []Link      // links to other sections, in order
	Paragraphs []text.Span // in Text, in order
	Sentences  []Sentence  // in Text, in order
}

// Sentence is a span of a section's text with its sources.
type Sentence struct {
	text.Span
	Refs []Ref
	Line int // where it begins in the file, from 1; 0 when unknown
}

// Link is a link in a section's text to another section of the same base.
type Link struct {
	Target SectionID
	Line   int // in the file, from 1
}

// Passage is what is embedded and found: one or more whole sentences of one section.
type Passage struct {
	ID        PassageID
	Document  DocumentID
	Section   SectionID
	Lang      text.Lang
	Title     string // the document's title
	Heading   string // the section's heading
	Text      string // equals the section's Text[Start:End]
	Start     int
	End       int
	Paragraph int    // number of its paragraph in the section, from 0
	Hash      string // names the content: 16 hex digits over document title, heading and text
	AsOf      string // newest date in the sentence, else the newest publication date of its sources; may be empty
	Refs      []Ref
}
