package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"amur/internal/config"
	"amur/knowledge"
	"amur/rag"
)

// page lays out what people read. All text passes through clean, so that no document can steer the terminal.
type page struct {
	out    io.Writer
	buffer bytes.Buffer
	width  int
	colour bool
}

const (
	defaultWidth = 100 // where standard output is no terminal
	maxWidth     = 110 // longer lines are hard to read
)

func (a *app) newPage() *page {
	p := &page{out: a.streams.Out, width: defaultWidth}
	if f, ok := a.streams.Out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.colour = !config.NoColor(a.environ)
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 20 {
			p.width = min(w, maxWidth)
		}
	}
	return p
}

func (p *page) flush() error {
	_, err := p.out.Write(p.buffer.Bytes())
	p.buffer.Reset()
	return err
}

func (p *page) style(code, s string) string {
	if !p.colour || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p *page) bold(s string) string { return p.style("1", s) }
func (p *page) dim(s string) string  { return p.style("2", s) }
func (p *page) cyan(s string) string { return p.style("36", s) }

func plain(s string) string { return s }

// paragraph prints text wrapped to the page's width, the first line after one indent, the others after another.
func (p *page) paragraph(first, rest, s string, style func(string) string) {
	prefix := first
	for _, l := range wrap(clean(s), p.width-runewidth.StringWidth(first), p.width-runewidth.StringWidth(rest)) {
		p.buffer.WriteString(prefix + style(l) + "\n")
		prefix = rest
	}
}

func (p *page) blank() { p.buffer.WriteString("\n") }

// answer prints a reply: each sentence with its numbers, then what the numbers stand for.
func (p *page) answer(ans rag.Answer, base *knowledge.Base) {
	if len(ans.Claims) == 0 {
		p.paragraph("", "", ans.Text, p.bold)
		p.nearest(ans.Nearest)
		return
	}
	for _, lead := range []string{ans.Note, ans.Frame()} {
		if lead != "" {
			p.paragraph("", "", lead, p.dim)
		}
	}
	for _, c := range ans.Claims {
		p.claim(c)
	}
	p.evidence(ans, base)
}

func (p *page) claim(c rag.Claim) { p.paragraph("", "", c.Text+" "+marks(c.Citations), p.bold) }

// evidence prints what stands below the sentences of an answer: where sources differ, what the numbers stand for, and who
// worded it.
func (p *page) evidence(ans rag.Answer, base *knowledge.Base) {
	for _, d := range ans.Disputes {
		p.blank()
		p.paragraph("", "", d.Note+" "+marks(d.Citations), plain)
	}
	p.blank()
	p.cited(ans)
	p.blank()
	p.paragraph("", "", edited(ans, edition(base)), p.dim)
}

// nearest prints what a refusal points to: quotations with the sections to read on in.
func (p *page) nearest(list []rag.Nearest) {
	for _, n := range list {
		p.blank()
		p.paragraph("  │ ", "  │ ", n.Quote, plain)
		p.paragraph("  ", "    ", n.Heading+"  "+string(n.Section), p.cyan)
	}
}

// cited prints the sections that are cited, with the words that carry a sentence of a model, then their sources, each
// once with the numbers that rest on it.
func (p *page) cited(ans rag.Answer) {
	var places grouped[string]
	var sources []reference
	for _, c := range ans.Citations {
		places.add(c.Title+" › "+c.Heading+"  "+string(c.Section), c.N)
		for _, s := range c.Sources {
			sources = append(sources, reference{c.N, s})
		}
	}
	for _, place := range places.list {
		p.paragraph("", "    ", marks(place.numbers)+" "+place.of, p.cyan)
		if ans.Mode != rag.ModeModel {
			continue // the quotations stand above
		}
		for _, n := range place.numbers {
			c := ans.Citations[n-1]
			dated := c.Quote
			if c.AsOf != "" {
				dated += " (" + c.AsOf + ")"
			}
			p.paragraph(fmt.Sprintf("  │ [%d] ", n), "  │ ", dated, plain)
		}
	}
	p.sources(sources)
}

// reference is a source that a number stands for.
type reference struct {
	n      int
	source rag.SourceView
}

// sources prints each source once: who, what, when, and of which kind; its address; then the numbers that rest on it,
// by section of the source.
func (p *page) sources(references []reference) {
	var origins grouped[rag.SourceView]
	sections := map[rag.SourceView]*grouped[string]{}
	for _, r := range references {
		origin := r.source
		origin.Section = ""
		origins.add(origin, r.n)
		if sections[origin] == nil {
			sections[origin] = &grouped[string]{}
		}
		sections[origin].add(r.source.Section, r.n)
	}
	for _, origin := range origins.list {
		p.blank()
		p.paragraph("", "", sourceLine(origin.of), p.dim)
		for _, address := range []string{origin.of.URL, origin.of.Archived} {
			if address != "" {
				p.paragraph("", "", address, p.dim)
			}
		}
		for _, section := range sections[origin.of].list {
			line := marks(section.numbers)
			if section.of != "" {
				line += " § " + section.of
			}
			p.paragraph("  ", "      ", line, p.dim)
		}
	}
}

// grouped gathers numbers by what they belong to, in the order of first mention.
type grouped[K comparable] struct{ list []group[K] }

type group[K comparable] struct {
	of      K
	numbers []int
}

func (g *grouped[K]) add(of K, n int) {
	for i := range g.list {
		if g.list[i].of == of {
			g.list[i].numbers = append(g.list[i].numbers, n)
			return
		}
	}
	g.list = append(g.list, group[K]{of, []int{n}})
}

// passages prints what was found, best first.
func (p *page) passages(ans rag.Answer) {
	for i, r := range ans.Retrieved {
		p.blank()
		p.paragraph(fmt.Sprintf("%2d  %.3f  ", i+1, r.Score), "           ", r.Text, plain)
		p.paragraph("           ", "           ", r.Heading+"  "+string(r.Passage), p.cyan)
	}
}

// explanation prints the candidates with their scores, and what decided.
func (p *page) explanation(e rag.Explanation) {
	p.blank()
	p.paragraph("", "", "decision  "+e.Decision, p.bold)
	widest := 0
	for _, f := range e.Features {
		widest = max(widest, len(f.Name))
	}
	for _, f := range e.Features {
		fmt.Fprintf(&p.buffer, "  %-*s %8.3f\n", widest, clean(f.Name), f.Value)
	}
	p.blank()
	p.buffer.WriteString(p.dim("    score   dense  lexical  paragraph  passage") + "\n")
	for _, h := range e.Hits {
		fmt.Fprintf(&p.buffer, "  %7.3f %7.3f  %7.3f    %7.3f  %s\n", h.Score, h.Dense, h.Lexical, h.Paragraph, clean(string(h.Passage.ID)))
	}
}

// marks prints the numbers of citations: "[1] [2]".
func marks(citations []int) string {
	list := make([]string, len(citations))
	for i, n := range citations {
		list[i] = fmt.Sprintf("[%d]", n)
	}
	return strings.Join(list, " ")
}

// sourceLine names a source: who, what, when, and of which kind where that matters to a reader.
func sourceLine(s rag.SourceView) string {
	var parts []string
	for _, part := range []string{s.Publisher, s.Title, s.Published} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	line := strings.Join(parts, ", ")
	if s.Kind != "" {
		line += " (" + s.Kind + ")"
	}
	return line
}
