package knowledge

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// Limits of a passage. Single sentences are found and quoted best; a fragment of one ("Distrust.") is found by nobody
// and quotes badly, so it goes with the sentence behind it.
const (
	minWords      = 4
	minHan        = 6
	fewLetters    = 40  // a longer text is no fragment, whatever its spaces (Thai, a line of one long word)
	maxInBrackets = 600 // bytes within which sentences in brackets stay together; more is a bracket never closed
	maxCharacters = 2000
)

// passages cuts the sections of a document into passages, in reading order.
func (d *Document) passages() []Passage {
	var all []Passage
	dates := newDating(d)
	for i := range d.Sections {
		section := &d.Sections[i]
		for n, cut := range section.cuts() {
			quote := section.Text[cut.Start:cut.End]
			all = append(all, Passage{
				ID:        passageID(section.ID, n+1, d.Lang),
				Document:  d.ID,
				Section:   section.ID,
				Lang:      d.Lang,
				Title:     d.Title,
				Heading:   section.Heading,
				Text:      quote,
				Start:     cut.Start,
				End:       cut.End,
				Paragraph: cut.paragraph,
				Hash:      contentHash(d.Title, section.Heading, quote),
				AsOf:      dates.asOf(quote, cut.refs),
				Refs:      cut.refs,
			})
		}
	}
	return all
}

func passageID(section SectionID, n int, lang text.Lang) PassageID {
	return PassageID(string(section) + "." + strconv.Itoa(n) + "@" + string(lang))
}

// contentHash names what is embedded: the parts are told apart by a byte that no text has.
func contentHash(title, heading, quote string) string {
	sum := sha256.Sum256([]byte(title + "\x00" + heading + "\x00" + quote))
	return hex.EncodeToString(sum[:8])
}

// cut is a passage to be: whole sentences of one paragraph.
type cut struct {
	text.Span
	paragraph int
	refs      []Ref
}

// cuts gives every sentence a passage of its own, but joins a fragment, and sentences in brackets, with the sentence behind in the paragraph,
// at the paragraph's end with the one before, and cuts what is too long at white space.
func (s *Section) cuts() []cut {
	var cuts []cut
	for paragraph, sentences := range s.byParagraph() {
		var inside []cut
		joining := false
		for _, sentence := range sentences {
			if joining {
				last := &inside[len(inside)-1]
				last.End = sentence.End
				last.refs = union(last.refs, sentence.Refs)
			} else {
				inside = append(inside, cut{Span: sentence.Span, paragraph: paragraph, refs: sentence.Refs})
			}
			last := inside[len(inside)-1]
			joining = isFragment(s.Text[last.Start:last.End]) || isOpen(s.Text[last.Start:last.End])
		}
		if n := len(inside); joining && n > 1 {
			inside[n-2].End = inside[n-1].End
			inside[n-2].refs = union(inside[n-2].refs, inside[n-1].refs)
			inside = inside[:n-1]
		}
		for _, c := range inside {
			for _, span := range pieces(s.Text, c.Span) {
				cuts = append(cuts, cut{Span: span, paragraph: c.paragraph, refs: c.refs})
			}
		}
	}
	return cuts
}

// isOpen tells whether s ends inside brackets: sentences in brackets say something together.
func isOpen(s string) bool {
	if len(s) > maxInBrackets {
		return false
	}
	open := 0
	for _, r := range s {
		switch r {
		case '(', '（':
			open++
		case ')', '）':
			open = max(0, open-1)
		}
	}
	return open > 0
}

// byParagraph parts the sentences by the paragraph in which they begin.
func (s *Section) byParagraph() [][]Sentence {
	parted := make([][]Sentence, len(s.Paragraphs))
	rest := s.Sentences
	for i, paragraph := range s.Paragraphs {
		n := 0
		for n < len(rest) && rest[n].Start < paragraph.End {
			n++
		}
		parted[i], rest = rest[:n], rest[n:]
	}
	return parted
}

// isFragment tells whether s is too short to stand alone.
func isFragment(s string) bool {
	if len(s) > 4*fewLetters {
		return false
	}
	letters, han, words, inWord := 0, 0, 0, false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			letters++
			if unicode.Is(unicode.Han, r) {
				han++
			}
			if !inWord {
				words++
			}
			inWord = true
		case unicode.IsSpace(r):
			inWord = false
		}
	}
	if 2*han > letters {
		return letters < minHan
	}
	return words < minWords && letters < fewLetters
}

// pieces cuts a span that is longer than maxCharacters at the last white space before that, or where there is none at
// a character.
func pieces(s string, span text.Span) []text.Span {
	if span.End-span.Start <= maxCharacters {
		return []text.Span{span}
	}
	var all []text.Span
	for span.Start < span.End {
		size, space := 0, 0 // bytes read, bytes before the last white space
		for n := 0; n < maxCharacters && span.Start+size < span.End; n++ {
			r, width := utf8.DecodeRuneInString(s[span.Start+size:])
			if unicode.IsSpace(r) {
				space = size
			}
			size += width
		}
		if span.Start+size < span.End && space > 0 {
			size = space
		}
		piece := trim(s, text.Span{Start: span.Start, End: span.Start + size})
		if piece.Start < piece.End {
			all = append(all, piece)
		}
		span.Start += size
	}
	return all
}

// union gives the refs of both without repetition; it changes neither.
func union(a, b []Ref) []Ref {
	all := slices.Clip(a)
	for _, ref := range b {
		if !slices.Contains(all, ref) {
			all = append(all, ref)
		}
	}
	return all
}
