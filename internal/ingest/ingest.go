// Package ingest reads documents of an operator's own: Markdown with or without front matter, plain text, web pages and
// PDF files become [knowledge.Document] values, whose sections are the files' own headings, word for word.
//
//	bytes ──► decode ──► page (blocks: headings, paragraphs, items, rows) ──► tidy ──► sections ──► Document
//
// A page that was saved from a site carries more than its article: menus, buttons, lists of links, announcements of other
// articles, an address for enquiries. These never become text to quote. They are known by their shape and place; the
// words in phrases.go, common to sites of many publishers, only help.
//
// Files are hostile until read: a broken one is an error that says what to do, never a panic, and never stops the others.
// The package knows nothing of questions, vectors or configuration.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"amur/knowledge"
)

// formats names what can be read, for messages.
const formats = "Markdown (.md, .markdown), plain text (.txt, .text), HTML (.html, .htm, .xhtml) and PDF (.pdf)"

// ErrFormat means that the file's extension is none that amur reads.
var ErrFormat = errors.New("the format is not supported: amur reads " + formats + "; convert the file to one of them")

// content is what was read from one file: a page, or a document that came with amur's own front matter.
type content struct {
	page page
	own  *knowledge.Document
}

// File reads one file's bytes; name gives the format by its extension, and the document's id. A PDF is read by a fresh
// engine, which takes seconds to start: use [Folder] for more than one. The error names the file.
func File(name string, data []byte) (knowledge.Document, error) {
	ctx := context.Background()
	var engine pdfEngine
	defer engine.close(ctx)
	c, err := read(ctx, name, data, &engine)
	if err != nil {
		return knowledge.Document{}, fmt.Errorf("%s: %w", name, err)
	}
	if c.own != nil {
		return *c.own, nil
	}
	return document(c.page, name, names{}), nil
}

// read turns a file's bytes into a page with text, or into a document.
func read(ctx context.Context, name string, data []byte, engine *pdfEngine) (content, error) {
	if len(strings.TrimSpace(string(data[:min(len(data), 512)]))) == 0 && strings.TrimSpace(string(data)) == "" {
		return content{}, ErrEmpty
	}
	var c content
	var err error
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		c, err = readMarkdown(name, data)
	case ".txt", ".text":
		var text string
		if text, err = decode(data, ""); err == nil {
			c.page = plain(text)
		}
	case ".html", ".htm", ".xhtml":
		c.page, err = htmlPage(data)
	case ".pdf":
		c.page, err = engine.page(ctx, data)
	default:
		return content{}, ErrFormat
	}
	if err != nil {
		return content{}, err
	}
	if c.own == nil && len(c.page.sections()) == 0 {
		return content{}, ErrEmpty
	}
	return c, nil
}

// readMarkdown reads a document in amur's own form by the knowledge package's rules, any other by looser ones.
func readMarkdown(name string, data []byte) (content, error) {
	text, err := decode(data, "")
	if err != nil {
		return content{}, err
	}
	meta, _, err := splitFront(text)
	if err != nil {
		return content{}, err
	}
	if meta.isOwn() {
		d, err := knowledge.Parse(name, []byte(text))
		if err != nil {
			return content{}, err
		}
		return content{own: &d}, nil
	}
	p, err := markdown(text)
	return content{page: p}, err
}
