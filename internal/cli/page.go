package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"amur/internal/config"
	"amur/knowledge"
	"amur/rag"
)

// page lays out what people read. Text of documents is shown with its control characters taken out, so that it cannot
// steer the terminal.
type page struct {
	out    io.Writer
	buffer bytes.Buffer
	width  int
	colour bool
}

const (
	defaultWidth = 100
	maxWidth     = 110
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

// paragraph prints text wrapped to the page's width, each line after the given indents.
func (p *page) paragraph(first, rest, s string, style func(string) string) {
	prefix := first
	for _, l := range wrap(clean(s), p.width-runewidth.StringWidth(first)) {
		p.buffer.WriteString(prefix + style(l) + "\n")
		prefix = rest
	}
}

func plainStyle(s string) string { return s }

// answer prints a reply: each sentence with its number, then what the numbers stand for.
func (p *page) answer(ans rag.Answer, base *knowledge.Base) {
	if len(ans.Claims) == 0 {
		p.paragraph("", "", ans.Text, plainStyle)
		p.nearest(ans)
		return
	}
	if frame := ans.Frame(); frame != "" {
		p.paragraph("", "", frame, p.dim)
	}
	for _, c := range ans.Claims {
		p.paragraph("", "", c.Text+marks(c.Citations), p.bold)
	}
	p.buffer.WriteString("\n")
	for _, c := range ans.Citations {
		p.paragraph(fmt.Sprintf("[%d] ", c.N), "    ", c.Title+" › "+c.Heading+"  "+string(c.Section), p.cyan)
		for _, s := range c.Sources {
			p.paragraph("    ", "    ", sourceLine(s), p.dim)
		}
	}
	p.buffer.WriteString("\n")
	p.paragraph("", "", "Quoted from the documents, edition "+edition(base)+".", p.dim)
}

func (p *page) nearest(ans rag.Answer) {
	for _, n := range ans.Nearest {
		p.buffer.WriteString("\n")
		p.paragraph("  ", "  ", n.Quote, plainStyle)
		p.paragraph("  ", "  ", n.Heading+"  "+string(n.Section), p.cyan)
	}
}

func (p *page) passages(ans rag.Answer) {
	p.buffer.WriteString("\n")
	for i, r := range ans.Retrieved {
		p.paragraph(fmt.Sprintf("%2d  %.3f  ", i+1, r.Score), "           ", r.Text, plainStyle)
		p.paragraph("           ", "           ", r.Heading+"  "+string(r.Passage), p.cyan)
	}
}

func (p *page) explanation(e rag.Explanation) {
	p.buffer.WriteString("\n" + p.bold("decision  ") + e.Decision + "\n")
	for _, f := range e.Features {
		fmt.Fprintf(&p.buffer, "  %-24s %8.3f\n", f.Name, f.Value)
	}
	fmt.Fprintf(&p.buffer, "\n%s\n", p.dim("    score   dense  lexical  paragraph  passage"))
	for _, h := range e.Hits {
		fmt.Fprintf(&p.buffer, "  %7.3f %7.3f  %7.3f    %7.3f  %s\n", h.Score, h.Dense, h.Lexical, h.Paragraph, clean(string(h.Passage.ID)))
	}
}

func marks(citations []int) string {
	var b strings.Builder
	for _, n := range citations {
		fmt.Fprintf(&b, " [%d]", n)
	}
	return b.String()
}

// sourceLine names a source: who, what, when, and of which kind where that matters to a reader.
func sourceLine(s rag.SourceView) string {
	var parts []string
	for _, part := range []string{s.Publisher, s.Title, s.Published} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	out := strings.Join(parts, ", ")
	if s.Kind != "" {
		out += " (" + s.Kind + ")"
	}
	if s.Section != "" {
		out += " § " + s.Section
	}
	if s.URL != "" {
		out += " — " + s.URL
	}
	return out
}

// clean takes out what could steer a terminal or hide text: control and bidirectional formatting characters.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f:
			return -1
		}
		return r
	}, s)
}

// wrap breaks text into lines of at most width cells, at spaces where there are any (Chinese has none).
func wrap(s string, width int) []string {
	var lines []string
	var current strings.Builder
	used := 0
	for _, word := range breakable(s) {
		w := runewidth.StringWidth(word)
		if used+runewidth.StringWidth(strings.TrimRight(word, " ")) > width && used > 0 {
			lines = append(lines, strings.TrimRight(current.String(), " "))
			current.Reset()
			used = 0
		}
		current.WriteString(word)
		used += w
	}
	if used > 0 || len(lines) == 0 {
		lines = append(lines, strings.TrimRight(current.String(), " "))
	}
	return lines
}

// breakable cuts text where a line may end: after spaces, and between wide characters but before closing punctuation.
func breakable(s string) []string {
	var out []string
	start := 0
	var last rune
	for i, r := range s {
		wide := runewidth.RuneWidth(r) == 2 && !strings.ContainsRune("，。、；：？！）》”’」』", r)
		if i > start && (last == ' ' && r != ' ' || wide && last != '（' && last != '《' && last != '“' && last != '「') {
			out = append(out, s[start:i])
			start = i
		}
		last = r
	}
	return append(out, s[start:])
}
