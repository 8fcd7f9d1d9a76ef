package knowledge

import (
	"bytes"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"amur/internal/text"
)

// frontMatter is the head of a document as it is written; an unknown key is an error.
type frontMatter struct {
	ID      string                `yaml:"id"`
	Lang    string                `yaml:"lang"`
	Title   string                `yaml:"title"`
	Updated string                `yaml:"updated"`
	Licence string                `yaml:"licence"`
	Sources map[string]sourceHead `yaml:"sources"`
}

type sourceHead struct {
	Title     string `yaml:"title"`
	Publisher string `yaml:"publisher"`
	URL       string `yaml:"url"`
	Published string `yaml:"published"`
	Kind      string `yaml:"kind"`
	Country   string `yaml:"country"`
	Archived  string `yaml:"archived"`
}

// idForm is what a document id, a section id and a source key look like.
const idForm = "lower-case letters, digits and hyphens"

func isID(s string) bool {
	if s == "" || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// readFrontMatter reads head, the lines between the two "---", into the document. The first line of head is the
// second of the file.
func (p *parser) readFrontMatter(head []byte) {
	var front frontMatter
	if err := yaml.UnmarshalWithOptions(head, &front, yaml.Strict()); err != nil {
		line, message := 1, err.Error()
		if located, ok := errors.AsType[yaml.Error](err); ok {
			message = located.GetMessage()
			if token := located.GetToken(); token != nil && token.Position != nil {
				line = token.Position.Line + 1
			}
		}
		p.problem(line, "front matter: %s; the keys are id, lang, title, updated, licence, sources", message)
		return
	}

	p.doc.ID = DocumentID(front.ID)
	p.doc.Lang = text.Lang(front.Lang)
	p.doc.Title = strings.TrimSpace(front.Title)
	p.doc.Updated = front.Updated
	p.doc.Licence = front.Licence

	if !isID(front.ID) {
		p.problem(lineOf(head, "id"), "id %q: write %s", front.ID, idForm)
	}
	if !slices.Contains(documentLangs(), p.doc.Lang) {
		p.problem(lineOf(head, "lang"), "lang %q: write one of %v", front.Lang, documentLangs())
	}
	if p.doc.Title == "" {
		p.problem(lineOf(head, "title"), "no title: add title: to the front matter")
	}
	if !isDate(front.Updated) || len(front.Updated) != len(time.DateOnly) {
		p.problem(lineOf(head, "updated"), "updated %q: write the day as YYYY-MM-DD", front.Updated)
	}
	if len(front.Sources) == 0 {
		p.problem(lineOf(head, "sources"), "no sources: name at least one under sources:")
	}
	p.doc.Sources = make(map[SourceKey]Source, len(front.Sources))
	for key, source := range front.Sources {
		line := lineOf(head, key)
		p.checkSource(line, key, source)
		p.doc.Sources[SourceKey(key)] = Source{
			Key:       SourceKey(key),
			Title:     source.Title,
			Publisher: source.Publisher,
			URL:       source.URL,
			Published: source.Published,
			Kind:      source.Kind,
			Country:   source.Country,
			Archived:  source.Archived,
			Line:      line,
		}
	}
}

func (p *parser) checkSource(line int, key string, source sourceHead) {
	if !isID(key) {
		p.problem(line, "source %q: write its key in %s", key, idForm)
	}
	if strings.TrimSpace(source.Title) == "" {
		p.problem(line, "source %q has no title: add title:", key)
	}
	if strings.TrimSpace(source.Publisher) == "" {
		p.problem(line, "source %q has no publisher: add publisher:", key)
	}
	if !isWebAddress(source.URL) {
		p.problem(line, "source %q: url %q is no web address: write https://…", key, source.URL)
	}
	if source.Archived != "" && !isWebAddress(source.Archived) {
		p.problem(line, "source %q: archived %q is no web address: write https://… or leave it out", key, source.Archived)
	}
	if source.Published != "" && !isDate(source.Published) {
		p.problem(line, "source %q: published %q: write YYYY, YYYY-MM or YYYY-MM-DD", key, source.Published)
	}
}

// documentLangs are the languages that a document may be written in.
func documentLangs() []text.Lang {
	return []text.Lang{text.EN, text.RU, text.ZH, text.UK, text.ZHHant, text.Other}
}

func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// isDate tells whether s is a date of the calendar: YYYY, YYYY-MM or YYYY-MM-DD.
func isDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if len(s) == len(layout) {
			_, err := time.Parse(layout, s)
			return err == nil
		}
	}
	return false
}

// lineOf finds the line of the file where the front matter has the key; 1, where it begins, when it has none.
func lineOf(head []byte, key string) int {
	line := 1
	for text := range bytes.Lines(head) {
		line++
		rest, found := bytes.CutPrefix(bytes.TrimLeft(text, " \t\"'"), []byte(key))
		if found && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\"'"), []byte(":")) {
			return line
		}
	}
	return 1
}
