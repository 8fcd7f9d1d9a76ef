package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Reasons for which a PDF cannot be read.
var (
	ErrNoTextLayer = errors.New("the PDF has no text, only pictures of it: run text recognition (OCR) over it first")
	ErrPassword    = errors.New("the PDF is protected by a password: save a copy without it")
	ErrDamaged     = errors.New("the PDF is damaged: save or download it again")
)

// The bounds within which a PDF is read. The engine is C++ in a sandbox: it sees no file but the bytes it is given.
const (
	pdfPages       = 5000            // pages that are read
	pdfTime        = 2 * time.Minute // for one file
	pdfMemoryPages = 16384           // of 64 KiB: 1 GiB
)

// pdfEngine reads PDF files with PDFium, compiled to WebAssembly. It starts when the first file comes, because starting
// takes seconds and some hundred megabytes, and must be closed. The zero value is ready; it is not safe for concurrent use.
type pdfEngine struct {
	cacheDir string // folder for the compiled code; empty keeps it in memory
	cache    wazero.CompilationCache
	pool     pdfium.Pool
}

// start compiles the engine, or loads its compiled code.
func (e *pdfEngine) start(ctx context.Context) error {
	if e.pool != nil {
		return nil
	}
	e.cache = wazero.NewCompilationCache()
	if e.cacheDir != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(e.cacheDir); err == nil { // a read-only folder only costs time
			e.cache = cache
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context:  context.WithoutCancel(ctx),
		MaxIdle:  1,
		MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(),
		Stdout:   io.Discard,
		Stderr:   io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithCompilationCache(e.cache).
			WithMemoryLimitPages(pdfMemoryPages).
			WithCloseOnContextDone(true),
	})
	if err != nil {
		return fmt.Errorf("start the PDF engine: %w", err)
	}
	e.pool = pool
	return nil
}

// close frees the engine's memory.
func (e *pdfEngine) close(ctx context.Context) {
	if e.pool != nil {
		_ = e.pool.Close()
		_ = e.cache.Close(context.WithoutCancel(ctx))
	}
	*e = pdfEngine{cacheDir: e.cacheDir}
}

// page reads a PDF. Each file gets an instance of its own, whose memory goes with it.
func (e *pdfEngine) page(ctx context.Context, data []byte) (page, error) {
	if !strings.Contains(string(data[:min(len(data), 1024)]), "%PDF-") {
		return page{}, ErrDamaged
	}
	if err := e.start(ctx); err != nil {
		return page{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	instance, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return page{}, fmt.Errorf("start the PDF engine: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { _ = instance.Kill() }) // a call that hangs ends here
	p, err := readPDF(ctx, instance, data)
	if stop() {
		_ = instance.Close()
	}
	if ctx.Err() != nil {
		e.close(ctx)
		return page{}, fmt.Errorf("the PDF takes longer than %v (%w): split it", pdfTime, ctx.Err())
	}
	return p, err
}

// readPDF gathers the lines of all pages and lays them out.
func readPDF(ctx context.Context, instance pdfium.Pdfium, data []byte) (page, error) {
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return page{}, ErrPassword
	case err != nil:
		return page{}, fmt.Errorf("%w (%w)", ErrDamaged, err)
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil || count.PageCount == 0 {
		return page{}, ErrDamaged
	}
	var lines []pdfLine
	for i := range min(count.PageCount, pdfPages) {
		if ctx.Err() != nil {
			return page{}, ctx.Err()
		}
		text, err := instance.GetPageTextStructured(&requests.GetPageTextStructured{
			Page:                   requests.Page{ByIndex: &requests.PageByIndex{Document: opened.Document, Index: i}},
			Mode:                   requests.GetPageTextStructuredModeRects,
			CollectFontInformation: true,
		})
		if err != nil {
			continue // one broken page does not spoil the others
		}
		lines = append(lines, pdfLines(i, text.Rects)...)
	}
	if len(lines) == 0 {
		return page{}, ErrNoTextLayer
	}
	title := ""
	if meta, err := instance.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: opened.Document, Tag: "Title"}); err == nil {
		title = fold(clean(meta.Value))
	}
	return layOut(lines, title, bookmarks(instance, opened.Document)), nil
}

// bookmarks returns the titles of the document's outline, as slugs.
func bookmarks(instance pdfium.Pdfium, document references.FPDF_DOCUMENT) map[string]bool {
	titles := map[string]bool{}
	found, err := instance.GetBookmarks(&requests.GetBookmarks{Document: document})
	if err != nil {
		return titles
	}
	for level := found.Bookmarks; len(level) > 0; {
		var below []responses.GetBookmarksBookmark
		for _, b := range level {
			titles[slug(b.Title)] = true
			below = append(below, b.Children...)
		}
		level = below
	}
	return titles
}
