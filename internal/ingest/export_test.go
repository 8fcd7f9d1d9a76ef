package ingest

import (
	"context"

	"amur/knowledge"
)

// Engine lets tests read many PDF files with one engine.
type Engine struct{ pdf pdfEngine }

// Close frees the engine.
func (e *Engine) Close() { e.pdf.close(context.Background()) }

// File reads a file as the function of that name does.
func (e *Engine) File(ctx context.Context, name string, data []byte) (knowledge.Document, error) {
	c, err := read(ctx, name, data, &e.pdf)
	if err != nil {
		return knowledge.Document{}, err
	}
	return document(c.page, name, names{}), nil
}
