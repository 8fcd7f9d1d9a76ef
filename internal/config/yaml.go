package config

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// document is a configuration file while it is read into a Config.
type document struct {
	path     string
	settings []setting
}

// applyYAML overlays cfg with the settings in data, whose path is for messages. Every key must be known, and every
// value a plain one: anchors, tags and further documents are refused, so that the file says what it seems to say.
func applyYAML(cfg *Config, path string, data []byte) error {
	if !utf8.Valid(data) {
		return fmt.Errorf("%s: not UTF-8 text: save it as UTF-8", path)
	}
	d := document{path: path, settings: settings(cfg)}
	file, err := parser.ParseBytes(data, 0)
	if syntax, ok := errors.AsType[yaml.Error](err); ok && syntax.GetToken() != nil {
		return d.errorf(syntax.GetToken().Position.Line, "%s", syntax.GetMessage())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	seen := false
	for _, doc := range file.Docs {
		if isEmpty(doc.Body) {
			continue
		}
		if seen {
			return d.errorf(line(doc.Body), "a second document starts here: keep one")
		}
		seen = true
		if err := d.sections(doc.Body); err != nil {
			return err
		}
	}
	return nil
}

func (d document) sections(body ast.Node) error { return d.section(body, "the file", "") }

// section reads the settings of a mapping called name, whose keys have the prefix.
func (d document) section(body ast.Node, name, prefix string) error {
	return d.each(body, name, func(name string, at int, value ast.Node) error {
		key := prefix + name
		switch {
		case strings.Contains(name, "."): // "answer.language: ru" is no nested mapping
			return d.unknown(key, at)
		case !d.hasSection(key):
			return d.set(key, at, value)
		case isEmpty(value):
			return nil
		}
		return d.section(value, key, key+".")
	})
}

// each calls do with every key, its line and its value in a mapping called name.
func (d document) each(node ast.Node, name string, do func(key string, at int, value ast.Node) error) error {
	mapping, ok := node.(ast.MapNode)
	if !ok {
		return d.errorf(line(node), "%s must hold settings, a line each, such as answer: or max_sentences: 3", name)
	}
	for entries := mapping.MapRange(); entries.Next(); {
		key, ok := entries.Key().(*ast.StringNode)
		if !ok {
			return d.errorf(line(entries.Key()), "%s is no key: write a plain word", entries.Key())
		}
		if err := do(key.Value, line(key), entries.Value()); err != nil {
			return err
		}
	}
	return nil
}

func (d document) set(key string, at int, value ast.Node) error {
	for _, s := range d.settings {
		if s.key != key {
			continue
		}
		if s.isSecret() {
			return d.errorf(at, "%s is a secret and does not belong in this file: set %s or %s",
				key, s.variable(), s.variable()+fileSuffix)
		}
		if isEmpty(value) {
			return nil // "key:" alone keeps the default
		}
		if err := s.setNode(value); err != nil {
			return d.errorf(line(value), "%s: %w", key, err)
		}
		return nil
	}
	return d.unknown(key, at)
}

func (d document) hasSection(name string) bool {
	for _, s := range d.settings {
		if strings.HasPrefix(s.key, name+".") {
			return true
		}
	}
	return false
}

func (d document) unknown(name string, at int) error {
	candidates := make([]string, 0, 2*len(d.settings))
	for _, s := range d.settings {
		if dot := strings.LastIndexByte(s.key, '.'); dot > 0 {
			candidates = append(candidates, s.key[:dot])
		}
		candidates = append(candidates, s.key)
	}
	return d.errorf(at, "unknown key %q: the nearest known one is %s", name, nearest(name, candidates))
}

func (d document) errorf(at int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: "+format, append([]any{d.path, at}, args...)...)
}

func isEmpty(node ast.Node) bool {
	switch node.(type) {
	case nil, *ast.NullNode, *ast.CommentGroupNode:
		return true
	}
	return false
}

// line returns the line that node starts at, from 1 on.
func line(node ast.Node) int {
	if t := node.GetToken(); t != nil {
		return t.Position.Line
	}
	return 1
}
