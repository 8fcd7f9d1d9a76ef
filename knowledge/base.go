package knowledge

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"slices"
	"sync"

	"amur/internal/text"
)

// Base is a set of documents and their passages. It is immutable and safe for concurrent use; what its methods
// return is shared and must not be changed.
type Base struct {
	documents []Document
	passages  []Passage
	places    map[PassageID]int
	digest    func() string
}

// New makes a base of documents in any languages. The error names documents that cannot stand beside each other, and
// sections whose spans do not fit their text. New keeps the documents; the caller must not change them afterwards.
func New(documents []Document) (*Base, error) {
	b := &Base{documents: slices.Clone(documents)}
	slices.SortStableFunc(b.documents, func(x, y Document) int {
		return cmp.Or(cmp.Compare(x.ID, y.ID), cmp.Compare(rank(x.Lang), rank(y.Lang)), cmp.Compare(x.Lang, y.Lang))
	})
	var problems []Problem
	for i := range b.documents {
		d := &b.documents[i]
		if i > 0 && d.ID == b.documents[i-1].ID && d.Lang == b.documents[i-1].Lang {
			problems = append(problems, Problem{File: d.Path, Message: fmt.Sprintf(
				"document %q in language %q is also in %s: rename one of the two", d.ID, d.Lang, b.documents[i-1].Path)})
		}
		problems = append(problems, d.unfit()...)
	}
	if err := join(problems); err != nil {
		return nil, err
	}
	parts := make([][]Passage, len(b.documents))
	var wait sync.WaitGroup
	for i := range b.documents {
		wait.Go(func() { parts[i] = b.documents[i].passages() })
	}
	wait.Wait()
	b.passages = slices.Concat(parts...)
	b.places = make(map[PassageID]int, len(b.passages))
	for i := range b.passages {
		b.places[b.passages[i].ID] = i
	}
	b.digest = sync.OnceValue(b.sum)
	return b, nil
}

// rank orders languages: those of the built-in documents first.
func rank(lang text.Lang) int {
	known := []text.Lang{text.EN, text.RU, text.ZH}
	if i := slices.Index(known, lang); i >= 0 {
		return i
	}
	return len(known)
}

// unfit finds what would break the law that a passage's text is a span of its section.
func (d *Document) unfit() []Problem {
	var problems []Problem
	report := func(s *Section, format string, args ...any) {
		problems = append(problems, Problem{File: d.Path, Line: s.Line, Message: fmt.Sprintf(format, args...)})
	}
	seen := make(map[SectionID]bool, len(d.Sections))
	for i := range d.Sections {
		s := &d.Sections[i]
		if seen[s.ID] {
			report(s, "section %q stands twice: give one of them another id", s.ID)
		}
		seen[s.ID] = true
		end := 0
		for _, paragraph := range s.Paragraphs {
			if paragraph.Start < end || paragraph.End < paragraph.Start || paragraph.End > len(s.Text) {
				report(s, "section %q: paragraph at %d to %d does not fit its text of %d bytes", s.ID, paragraph.Start, paragraph.End, len(s.Text))
			}
			end = paragraph.End
		}
		rest, end := s.Paragraphs, 0
		for _, sentence := range s.Sentences {
			for len(rest) > 0 && rest[0].End <= sentence.Start {
				rest = rest[1:]
			}
			if len(rest) == 0 || sentence.Start < max(end, rest[0].Start) || sentence.End < sentence.Start || sentence.End > rest[0].End {
				report(s, "section %q: sentence at %d to %d does not fit its paragraphs", s.ID, sentence.Start, sentence.End)
				break
			}
			end = sentence.End
		}
	}
	return problems
}

// Documents gives the documents sorted by id, then language: en, ru, zh, then others.
func (b *Base) Documents() []Document { return b.documents }

// Passages gives the passages of all documents, in the order of the documents and in reading order.
func (b *Base) Passages() []Passage { return b.passages }

// Passage gives the passage of that id, and whether there is one.
func (b *Base) Passage(id PassageID) (Passage, bool) {
	place, found := b.places[id]
	if !found {
		return Passage{}, false
	}
	return b.passages[place], true
}

// Document gives the document of that id in that language, and whether there is one.
func (b *Base) Document(id DocumentID, lang text.Lang) (Document, bool) {
	for _, d := range b.documents {
		if d.ID == id && d.Lang == lang {
			return d, true
		}
	}
	return Document{}, false
}

// Section gives the section of that id in that language. The error wraps ErrUnknownSection.
func (b *Base) Section(id SectionID, lang text.Lang) (Section, error) {
	for i := range b.documents {
		if b.documents[i].Lang != lang {
			continue
		}
		for _, s := range b.documents[i].Sections {
			if s.ID == id {
				return s, nil
			}
		}
	}
	return Section{}, fmt.Errorf("section %q in language %q: %w", id, lang, ErrUnknownSection)
}

// NewestAsOf gives the newest date of any passage, or "".
func (b *Base) NewestAsOf() string {
	newest := ""
	for i := range b.passages {
		newest = max(newest, b.passages[i].AsOf)
	}
	return newest
}

// Join makes a base of the documents of both, such as the built-in ones and an operator's. The error names documents
// of the same id and language.
func (b *Base) Join(other *Base) (*Base, error) {
	return New(slices.Concat(b.documents, other.documents))
}

// Digest names the content: equal for bases with the same documents, whatever their paths. It is a SHA-256 in hex.
func (b *Base) Digest() string { return b.digest() }

func (b *Base) sum() string {
	h := sha256.New()
	for i := range b.documents {
		d := &b.documents[i]
		write(h, string(d.ID), string(d.Lang), d.Title, d.Updated, d.Licence)
		for _, key := range slices.Sorted(maps.Keys(d.Sources)) {
			s := d.Sources[key]
			write(h, "source", string(key), s.Title, s.Publisher, s.URL, s.Published, s.Kind, s.Country, s.Archived)
		}
		for j := range d.Sections {
			s := &d.Sections[j]
			write(h, "section", string(s.ID), s.Heading, s.Text)
			write(h, s.Asks...)
			for _, paragraph := range s.Paragraphs {
				writeSpan(h, paragraph)
			}
			for _, sentence := range s.Sentences {
				writeSpan(h, sentence.Span)
				for _, ref := range sentence.Refs {
					write(h, string(ref.Source), ref.Section)
				}
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// write appends a list of strings so that no other list gives the same bytes.
func write(h hash.Hash, list ...string) {
	writeNumber(h, len(list))
	for _, s := range list {
		writeNumber(h, len(s))
		h.Write([]byte(s))
	}
}

func writeSpan(h hash.Hash, span text.Span) {
	writeNumber(h, span.Start)
	writeNumber(h, span.End)
}

func writeNumber(h hash.Hash, n int) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	h.Write(b[:])
}
