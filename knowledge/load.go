package knowledge

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"amur/internal/text"
)

//go:embed docs
var builtin embed.FS

//go:embed vectors.bin
var builtinVectors []byte

// Builtin gives the documents that come with amur. Its error is a fault of the build.
func Builtin() (*Base, error) {
	base, err := Load(builtin)
	if err != nil {
		return nil, fmt.Errorf("read the built-in documents: %w", err)
	}
	return base, nil
}

// BuiltinVectors gives the index of the built-in documents as package rag wrote it; empty when none was made.
// The caller must not change them.
func BuiltinVectors() []byte { return builtinVectors }

// Load reads docs/{en,ru,zh}/*.md, each file named after its document's id. A language without a folder is left out.
// The error joins everything that is wrong in all files, each with path, line and what to do.
func Load(fsys fs.FS) (*Base, error) {
	var paths []string
	for _, lang := range []text.Lang{text.EN, text.RU, text.ZH} {
		found, err := fs.Glob(fsys, path.Join("docs", string(lang), "*.md"))
		if err != nil {
			return nil, fmt.Errorf("list the documents in %q: %w", lang, err)
		}
		paths = append(paths, found...)
	}
	if len(paths) == 0 {
		return nil, errors.New("no documents: put them into docs/en, docs/ru and docs/zh as files ending in .md")
	}
	documents := make([]Document, len(paths))
	errs := make([]error, len(paths))
	var wait sync.WaitGroup
	for i, name := range paths {
		wait.Go(func() { documents[i], errs[i] = loadFile(fsys, name) })
	}
	wait.Wait()
	base, err := New(slices.DeleteFunc(documents, func(d Document) bool { return d.Path == "" }))
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	return base, nil
}

func loadFile(fsys fs.FS, name string) (Document, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return Document{}, fmt.Errorf("read document: %w", err)
	}
	document, err := Parse(name, data)
	if err != nil {
		return Document{}, err
	}
	folder, file := path.Split(name)
	if want := strings.TrimSuffix(file, ".md"); string(document.ID) != want {
		return Document{}, fmt.Errorf("%s:1: id is %q: name the file after its id or write id: %s", name, document.ID, want)
	}
	if want := path.Base(folder); string(document.Lang) != want {
		return Document{}, fmt.Errorf("%s:1: lang is %q: move the file to docs/%s or write lang: %s", name, document.Lang, document.Lang, want)
	}
	return document, nil
}
