package eval

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"amur/internal/text"
	"amur/knowledge"
)

// Place is where the base tells a fact: sentences of a section, numbered from 1, the same in every language.
type Place struct {
	Section   knowledge.SectionID
	Sentences []int
}

// Facts says by fact id where each fact stands; a fact may stand in several places.
type Facts map[string][]Place

// ReadFacts reads a table with the columns fact, section and sentence; the last holds one or several numbers with
// spaces between them. Other columns are ignored.
func ReadFacts(r io.Reader) (Facts, error) {
	rows := csv.NewReader(r)
	head, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("read facts: the table is empty; it begins with fact,section,sentence")
	}
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	fact, section, sentence := slices.Index(head, "fact"), slices.Index(head, "section"), slices.Index(head, "sentence")
	if fact < 0 || section < 0 || sentence < 0 {
		return nil, fmt.Errorf("read facts: the columns are %v; fact, section and sentence are needed", head)
	}
	facts := Facts{}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return facts, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read facts: %w", err)
		}
		line, _ := rows.FieldPos(0)
		numbers, err := sentenceNumbers(row[sentence])
		if err != nil {
			return nil, fmt.Errorf("read facts: line %d: %w", line, err)
		}
		if row[fact] == "" || row[section] == "" {
			return nil, fmt.Errorf("read facts: line %d: fact or section is empty", line)
		}
		facts[row[fact]] = append(facts[row[fact]], Place{knowledge.SectionID(row[section]), numbers})
	}
}

func sentenceNumbers(s string) ([]int, error) {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return nil, errors.New("sentence is empty; give numbers from 1")
	}
	numbers := make([]int, 0, len(fields))
	for _, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("sentence %q is no number from 1", f)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// Gold turns the table into what the ceiling needs. Ukrainian answers quote the English sentences; answers in
// traditional characters quote render(sentence), or the stored sentence when render is nil.
func (f Facts) Gold(section FindSection, render func(string) string) Gold {
	return func(fact string, lang text.Lang) []string {
		stored := lang
		switch lang {
		case text.UK:
			stored = text.EN
		case text.ZHHant:
			stored = text.ZH
		}
		var out []string
		for _, place := range f[fact] {
			s, err := section(place.Section, stored)
			if err != nil {
				continue
			}
			for _, n := range place.Sentences {
				if n > len(s.Sentences) {
					continue
				}
				sentence := s.Text[s.Sentences[n-1].Start:s.Sentences[n-1].End]
				if lang == text.ZHHant && render != nil {
					sentence = render(sentence)
				}
				out = append(out, sentence)
			}
		}
		return out
	}
}
