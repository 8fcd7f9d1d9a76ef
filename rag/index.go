package rag

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"

	"github.com/philippgille/chromem-go"

	"amur/internal/text"
	"amur/knowledge"
)

// Index finds passages of one base: vectors in chromem-go collections, terms in postings of our own. It is immutable
// after it was built and safe for concurrent use.
type Index struct {
	base        *knowledge.Base
	passages    []knowledge.Passage
	entries     []entry // vectors of unit length and token signs, by passage
	paragraphs  []paragraph
	paragraphOf []int // number in paragraphs, by passage
	groups      []*group
	groupOf     []*group                // by passage
	terms       map[text.Lang]*terms    // by the language of the passages
	centres     map[text.Lang][]float32 // mean states of tokens, by the language of the question
	null        map[text.Lang]null      // what questions about other subjects score
	cache       *Vectors                // of the passages and of the off-topic questions, by content
	fingerprint string
}

// paragraph is what stands together in a section. Its vector is the sum of its passages' vectors, of which only the
// length is kept: the cosine of a question with it follows from the passages' own.
type paragraph struct {
	passages []int
	norm     float64
}

// group is a set of passages that an asker either sees whole or not at all: of one language, from sections that exist
// in the same languages.
type group struct {
	lang      text.Lang
	available []text.Lang // languages in which the group's sections exist
	passages  []int
	vectors   *chromem.Collection
}

// BuildOptions say how an index is built.
type BuildOptions struct {
	Vectors  *Vectors              // vectors made before, by content; nil for none
	Progress func(done, total int) // called while texts are embedded; nil for silence
}

// Build makes an index of base: it embeds what opts.Vectors lacks, analyses the terms and measures what questions about
// other subjects score against the base.
func Build(ctx context.Context, base *knowledge.Base, e Embedder, opts BuildOptions) (*Index, error) {
	questions, err := newBank()
	if err != nil {
		return nil, err
	}
	off, err := questions.embed(ctx, e)
	if err != nil {
		return nil, fmt.Errorf("embed the bank of questions: %w", err)
	}
	ix := &Index{
		base: base, passages: base.Passages(), cache: NewVectors(e.Model()), centres: off.centres(),
		fingerprint: Fingerprint(base, e.Model()),
	}
	known := NewVectors(e.Model())
	known.Merge(opts.Vectors)
	texts := make([]string, len(ix.passages))
	for i, p := range ix.passages {
		texts[i] = embeddedText(p)
	}
	if ix.entries, err = ix.cache.fill(ctx, e, known, ix.centres[passageCentre], texts, opts.Progress); err != nil {
		return nil, err
	}
	if err := ix.buildTerms(); err != nil {
		return nil, err
	}
	if err := ix.assemble(ctx); err != nil {
		return nil, err
	}
	if ix.null, err = ix.measureNull(ctx, questions, off); err != nil {
		return nil, err
	}
	return ix, nil
}

// embeddedText is what stands for a passage in the vector store: the heading says what the sentence is about.
func embeddedText(p knowledge.Passage) string { return p.Heading + ": " + p.Text }

// Fingerprint names what an index was made of: the documents, the model and the way of indexing.
func Fingerprint(base *knowledge.Base, model string) string {
	const scheme = "2: heading and sentence; en, ru, cjk analyzers; signs of tokens"
	sum := sha256.Sum256([]byte(scheme + "\x00" + model + "\x00" + base.Digest() + "\x00" + bankText))
	return hex.EncodeToString(sum[:])
}

// Fingerprint names what the index was made of.
func (ix *Index) Fingerprint() string { return ix.fingerprint }

// Base returns the documents of the index.
func (ix *Index) Base() *knowledge.Base { return ix.base }

// Vectors returns the vectors of the index by content.
func (ix *Index) Vectors() *Vectors { return ix.cache }

// Len is the number of passages.
func (ix *Index) Len() int { return len(ix.passages) }

func (ix *Index) buildTerms() error {
	ix.terms = map[text.Lang]*terms{}
	for i, p := range ix.passages {
		t, ok := ix.terms[p.Lang]
		if !ok {
			var err error
			if t, err = newTerms(p.Lang); err != nil {
				return err
			}
			ix.terms[p.Lang] = t
		}
		t.add(i, embeddedText(p))
	}
	return nil
}

// assemble derives paragraphs and groups from passages and vectors.
func (ix *Index) assemble(ctx context.Context) error {
	ix.gatherParagraphs()
	ix.gatherGroups()
	db := chromem.NewDB()
	for n, g := range ix.groups {
		c, err := db.CreateCollection(strconv.Itoa(n), nil, nil)
		if err != nil {
			return fmt.Errorf("vector store: %w", err)
		}
		docs := make([]chromem.Document, len(g.passages))
		for i, at := range g.passages {
			docs[i] = chromem.Document{ID: strconv.Itoa(at), Embedding: ix.entries[at].vector}
		}
		err = c.AddDocuments(ctx, docs, runtime.NumCPU())
		if err == nil {
			err = ctx.Err() // a store that was stopped holds what it has
		}
		if err != nil {
			return fmt.Errorf("vector store: %w", err)
		}
		g.vectors = c
	}
	return nil
}

func (ix *Index) gatherParagraphs() {
	ix.paragraphOf = make([]int, len(ix.passages))
	for i, p := range ix.passages {
		last := len(ix.paragraphs) - 1
		if i > 0 && ix.passages[i-1].Section == p.Section && ix.passages[i-1].Lang == p.Lang && ix.passages[i-1].Paragraph == p.Paragraph {
			ix.paragraphs[last].passages = append(ix.paragraphs[last].passages, i)
		} else {
			ix.paragraphs = append(ix.paragraphs, paragraph{passages: []int{i}})
			last++
		}
		ix.paragraphOf[i] = last
	}
	for n := range ix.paragraphs {
		var square float64
		for d := range ix.entries[ix.paragraphs[n].passages[0]].vector {
			var sum float64
			for _, at := range ix.paragraphs[n].passages {
				sum += float64(ix.entries[at].vector[d])
			}
			square += sum * sum
		}
		ix.paragraphs[n].norm = math.Sqrt(square)
	}
}

func (ix *Index) gatherGroups() {
	langs := map[knowledge.SectionID][]text.Lang{}
	for _, p := range ix.passages {
		if !slices.Contains(langs[p.Section], p.Lang) {
			langs[p.Section] = append(langs[p.Section], p.Lang)
		}
	}
	byName := map[string]*group{}
	ix.groupOf = make([]*group, len(ix.passages))
	for i, p := range ix.passages {
		available := langs[p.Section]
		slices.Sort(available)
		name := fmt.Sprint(p.Lang, available)
		g, ok := byName[name]
		if !ok {
			g = &group{lang: p.Lang, available: available}
			byName[name] = g
			ix.groups = append(ix.groups, g)
		}
		g.passages = append(g.passages, i)
		ix.groupOf[i] = g
	}
	slices.SortFunc(ix.groups, func(a, b *group) int { return cmp.Compare(a.passages[0], b.passages[0]) })
}

// preference lists the languages in which an asker is shown a section, the best first. A section that exists in none
// of them is shown in any.
func preference(asker text.Lang) []text.Lang {
	switch asker {
	case text.RU:
		return []text.Lang{text.RU, text.EN, text.UK, text.ZH, text.ZHHant}
	case text.UK:
		return []text.Lang{text.UK, text.EN, text.RU, text.ZH, text.ZHHant}
	case text.ZH:
		return []text.Lang{text.ZH, text.ZHHant, text.EN, text.RU, text.UK}
	case text.ZHHant:
		return []text.Lang{text.ZHHant, text.ZH, text.EN, text.RU, text.UK}
	}
	return []text.Lang{text.EN, text.RU, text.UK, text.ZH, text.ZHHant}
}

// visible returns the groups that an asker is shown: each section in one language only, so that no language can push
// another out.
func (ix *Index) visible(asker text.Lang) []*group {
	var out []*group
	for _, g := range ix.groups {
		shown := g.available[0]
		for _, lang := range preference(asker) {
			if slices.Contains(g.available, lang) {
				shown = lang
				break
			}
		}
		if g.lang == shown {
			out = append(out, g)
		}
	}
	return out
}

func sortedLangs[V any](m map[text.Lang]V) []text.Lang {
	out := make([]text.Lang, 0, len(m))
	for lang := range m {
		out = append(out, lang)
	}
	slices.Sort(out)
	return out
}
