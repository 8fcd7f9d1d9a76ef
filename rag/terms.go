package rag

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/registry"
	"golang.org/x/text/unicode/norm"

	"amur/internal/text"
)

// Okapi BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond").
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// posting is one passage that holds a term, and how often.
type posting struct {
	doc   int32
	count int32
}

// terms is the lexical side of one language: which term stands in which passage.
type terms struct {
	analyzer analysis.Analyzer
	postings map[string][]posting
	lengths  map[int32]int32 // terms a passage
	total    int
}

func analyzerName(lang text.Lang) string {
	switch lang {
	case text.RU, text.UK:
		return ru.AnalyzerName
	case text.ZH, text.ZHHant:
		return cjk.AnalyzerName
	}
	return en.AnalyzerName
}

func newTerms(lang text.Lang) (*terms, error) {
	a, err := registry.NewCache().AnalyzerNamed(analyzerName(lang))
	if err != nil {
		return nil, fmt.Errorf("analyzer of %s: %w", lang, err)
	}
	return &terms{analyzer: a, postings: map[string][]posting{}, lengths: map[int32]int32{}}, nil
}

// analyze cuts a text into terms. Wide letters and digits are written as ordinary ones first: the analyzers drop wide digits.
func (t *terms) analyze(s string) analysis.TokenStream {
	return t.analyzer.Analyze(norm.NFKC.Bytes([]byte(s)))
}

// add indexes a passage. Passages are added in rising order.
func (t *terms) add(doc int, s string) {
	counts := map[string]int32{}
	n := 0
	for _, token := range t.analyze(s) {
		counts[string(token.Term)]++
		n++
	}
	for term, c := range counts {
		t.postings[term] = append(t.postings[term], posting{int32(doc), c})
	}
	t.lengths[int32(doc)] = int32(n)
	t.total += n
}

// query returns the distinct terms of a question, in order.
func (t *terms) query(s string) []string {
	seen := map[string]bool{}
	var out []string
	for _, token := range t.analyze(s) {
		if term := string(token.Term); !seen[term] {
			seen[term] = true
			out = append(out, term)
		}
	}
	return out
}

// idf is the weight of a term by how few passages hold it; a term that none holds weighs most.
func (t *terms) idf(term string) float64 {
	n, df := float64(len(t.lengths)), float64(len(t.postings[term]))
	return math.Log(1 + (n-df+0.5)/(df+0.5))
}

// scores adds the BM25 score of every passage that holds a term to out.
func (t *terms) scores(query []string, out map[int]float64) {
	if len(t.lengths) == 0 {
		return
	}
	mean := float64(t.total) / float64(len(t.lengths))
	for _, term := range query {
		idf := t.idf(term)
		for _, p := range t.postings[term] {
			tf, long := float64(p.count), float64(t.lengths[p.doc])
			out[int(p.doc)] += idf * tf * (bm25K1 + 1) / (tf + bm25K1*(1-bm25B+bm25B*long/mean))
		}
	}
}

// likeness is the share of two texts' terms that both have, each term weighed by its rarity (weighted Jaccard index).
func (t *terms) likeness(a, b string) float64 {
	of := map[string]bool{}
	var both, all float64
	for _, term := range t.query(a) {
		of[term] = true
		all += t.idf(term)
	}
	for _, term := range t.query(b) {
		if of[term] {
			both += t.idf(term)
		} else {
			all += t.idf(term)
		}
	}
	if all == 0 {
		return 0
	}
	return both / all
}

// write encodes the postings: terms in order, passages as differences.
func (t *terms) write(b *bytes.Buffer) {
	num := func(n int) { b.Write(binary.AppendUvarint(nil, uint64(n))) }
	docs := make([]int32, 0, len(t.lengths))
	for d := range t.lengths {
		docs = append(docs, d)
	}
	slices.Sort(docs)
	num(len(docs))
	last := int32(0)
	for _, d := range docs {
		num(int(d - last))
		num(int(t.lengths[d]))
		last = d
	}
	names := make([]string, 0, len(t.postings))
	for term := range t.postings {
		names = append(names, term)
	}
	slices.Sort(names)
	num(len(names))
	for _, name := range names {
		writeString(b, name)
		num(len(t.postings[name]))
		last := int32(0)
		for _, p := range t.postings[name] {
			num(int(p.doc - last))
			num(int(p.count))
			last = p.doc
		}
	}
}

// read decodes what write wrote, for passages numbered below limit; what does not fit marks the decoder as failed.
func (t *terms) read(d *decoder, limit int) {
	last := 0
	for range d.count(limit) {
		last += d.count(limit)
		n := d.count(math.MaxInt32)
		if d.failed || last >= limit {
			d.failed = true
			return
		}
		t.lengths[int32(last)] = int32(n)
		t.total += n
	}
	counted := make([]int, limit) // terms of the postings, by passage
	for range d.count(len(d.rest)) {
		name := d.str()
		list := make([]posting, 0, min(16, len(d.rest)))
		last := 0
		for range d.count(limit) {
			last += d.count(limit)
			c := d.count(math.MaxInt32)
			if d.failed || last >= limit {
				d.failed = true
				return
			}
			counted[last] += c
			list = append(list, posting{int32(last), int32(c)})
		}
		t.postings[name] = list
	}
	for doc, n := range counted {
		d.failed = d.failed || n != int(t.lengths[int32(doc)])
	}
}
