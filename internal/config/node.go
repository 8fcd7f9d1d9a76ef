package config

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml/ast"
)

// setNode reads the value of a key in a file into the setting.
func (s setting) setNode(value ast.Node) error {
	switch v := s.value.(type) {
	case *[]string:
		return setList(v, value)
	case *IDs:
		return setIDs(v, value)
	case *Headers:
		return setHeaders(v, value)
	}
	text, err := plain(value, s.value)
	if err != nil {
		return err
	}
	return s.set(text)
}

func setList(list *[]string, value ast.Node) error {
	sequence, ok := value.(*ast.SequenceNode)
	if !ok {
		return errors.New("write a list, such as [first, second]")
	}
	*list = nil
	for _, item := range sequence.Values {
		var text string
		text, err := plain(item, &text)
		if err != nil {
			return fmt.Errorf("in the list: %w", err)
		}
		*list = append(*list, text)
	}
	return nil
}

// setIDs also takes bare numbers, as they stand in the file: a server's id is one to whoever copies it.
func setIDs(ids *IDs, value ast.Node) error {
	sequence, ok := value.(*ast.SequenceNode)
	if !ok {
		return errors.New("write a list, such as [112233445566778899]")
	}
	*ids = nil
	for _, item := range sequence.Values {
		text, err := plain(item, nil)
		if err != nil {
			return fmt.Errorf("in the list: %w", err)
		}
		*ids = append(*ids, text)
	}
	return nil
}

// setHeaders repeats no value in its errors.
func setHeaders(headers *Headers, value ast.Node) error {
	mapping, ok := value.(ast.MapNode)
	if !ok {
		return errors.New("write names and values, a line each, such as X-Title: amur")
	}
	*headers = nil
	for entries := mapping.MapRange(); entries.Next(); {
		name, ok := entries.Key().(*ast.StringNode)
		if !ok {
			return errors.New("a name is a plain word, such as X-Title")
		}
		text, ok := entries.Value().(*ast.StringNode)
		if !ok || text.Value == "" {
			return fmt.Errorf("the value of %q is not text: put it in quotes", name.Value)
		}
		if *headers == nil {
			*headers = Headers{}
		}
		(*headers)[name.Value] = NewSecret(text.Value)
	}
	return nil
}

// plain returns the text of a value of the kind that into points to.
func plain(value ast.Node, into any) (string, error) {
	switch v := value.(type) {
	case *ast.StringNode:
		return v.Value, nil
	case *ast.LiteralNode:
		return v.Value.Value, nil
	case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode:
		if _, ok := into.(*string); ok {
			return "", fmt.Errorf("%s is not text: put it in quotes", value)
		}
		return value.GetToken().Value, nil
	}
	return "", errors.New("write a single plain value")
}
