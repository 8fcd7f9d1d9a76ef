package knowledge

import (
	_ "embed"
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"

	"amur/internal/text"
)

//go:embed data/disputes.yaml
var builtinDisputes []byte

// Dispute is a matter on which accounts differ. Whoever tells one side tells the others too.
type Dispute struct {
	ID    string
	Sides []Side // two or more
	notes map[text.Lang]string
}

// Side is one account of a dispute: the passages that tell it, in all languages. They are named by the hash of their
// content, so that a side is found in a part of the base too.
type Side struct{ Hashes []string }

// Note says in a language that accounts differ; in English where the language has no note.
func (d Dispute) Note(lang text.Lang) string {
	if note := d.notes[lang]; note != "" {
		return note
	}
	return d.notes[text.EN]
}

// BuiltinDisputes gives the disputes of the built-in documents; base holds these documents, whole. Its error is a fault of
// the build.
func BuiltinDisputes(base *Base) ([]Dispute, error) { return readDisputes(builtinDisputes, base) }

// readDisputes reads disputes and resolves their passages; every passage must stand in every language of the base.
func readDisputes(data []byte, base *Base) ([]Dispute, error) {
	var entries []struct {
		ID    string               `yaml:"id"`
		Sides [][]string           `yaml:"sides"`
		Note  map[text.Lang]string `yaml:"note"`
	}
	if err := yaml.UnmarshalWithOptions(data, &entries, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("disputes: %w", err)
	}
	out := make([]Dispute, 0, len(entries))
	seen := map[string]bool{}
	for _, e := range entries {
		switch {
		case e.ID == "" || seen[e.ID]:
			return nil, fmt.Errorf("dispute %q: give each an id of its own", e.ID)
		case len(e.Sides) < 2:
			return nil, fmt.Errorf("dispute %q: name at least two sides", e.ID)
		case e.Note[text.EN] == "":
			return nil, fmt.Errorf("dispute %q: write a note in English", e.ID)
		}
		seen[e.ID] = true
		d := Dispute{ID: e.ID, notes: e.Note}
		for _, names := range e.Sides {
			side, err := base.side(names)
			if err != nil {
				return nil, fmt.Errorf("dispute %q: %w", e.ID, err)
			}
			d.Sides = append(d.Sides, side)
		}
		out = append(out, d)
	}
	return out, nil
}

func (b *Base) side(names []string) (Side, error) {
	if len(names) == 0 {
		return Side{}, errors.New("a side has no passage")
	}
	var side Side
	for _, name := range names {
		for _, lang := range []text.Lang{text.EN, text.RU, text.ZH} {
			id := PassageID(name + "@" + string(lang))
			p, ok := b.Passage(id)
			if !ok {
				return Side{}, fmt.Errorf("there is no passage %s: name it as section.number", id)
			}
			side.Hashes = append(side.Hashes, p.Hash)
		}
	}
	return side, nil
}
