package ingest

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// plain reads text without markup, such as a page saved or scraped as text.
func plain(text string) page {
	p := page{blocks: textBlocks(text)}
	p.title, p.blocks = textTitle(p.blocks)
	p.blocks = tidy(p.blocks, p.title)
	markHeadings(p.blocks)
	p.blocks = dropLabels(cutTeasers(p.blocks))
	return p
}

// textBlocks cuts text into blocks: lines where each line is a paragraph, groups of lines where lines were broken at a
// margin.
func textBlocks(text string) []block {
	lines := strings.Split(text, "\n")
	broken := isBroken(lines)
	var out []block
	var joined strings.Builder // the text of the last block, written to it when it is whole
	flush := func() {
		if len(out) > 0 {
			out[len(out)-1].text = fold(dropMarks(joined.String()))
		}
		joined.Reset()
	}
	gap, single := true, false
	for i, raw := range lines {
		line := strings.TrimSpace(raw)
		switch {
		case line == "":
			gap = true
			continue
		case isRule(line):
			if !gap && single && len(out) > 0 && headingShaped(joined.String()) {
				out[len(out)-1].kind = heading
			}
			gap = true
			continue
		}
		text, isItem := bullet(line)
		if broken && !gap && !isItem && !isNumbered(line) && len(out) > 0 {
			if !strings.HasSuffix(joined.String(), "-") && !joinsWide(joined.String(), line) {
				joined.WriteByte(' ')
			}
			joined.WriteString(line)
			single = false
			continue
		}
		flush()
		b := block{line: i + 1, tight: !gap && len(out) > 0}
		if isItem {
			b.kind = item
		}
		out = append(out, b)
		joined.WriteString(text)
		gap, single = false, true
	}
	flush()
	return slices.DeleteFunc(out, func(b block) bool { return b.text == "" })
}

// isBroken reports whether lines were broken at a margin: nearly none is longer than a page is wide, and many of those
// right above another fill it without ending a sentence.
func isBroken(lines []string) bool {
	var long, unfinished, above, all int
	for i, raw := range lines {
		line := strings.TrimSpace(raw)
		width := columns(line)
		if width == 0 {
			continue
		}
		all++
		if width > 110 {
			long++
		}
		if i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" {
			above++
			if width >= 45 && !isSentence(line) {
				unfinished++
			}
		}
	}
	return long*50 <= all && above > 2 && unfinished*3 >= above
}

// joinsWide reports whether two lines are joined without a space, as Chinese is.
func joinsWide(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return isWide(last) && isWide(first)
}

// menuLines is how many short lines above the title make a menu.
const menuLines = 3

// textTitle finds the title among the short lines at the head, and returns it with the blocks after the page's menu, the
// title and the label of the page's kind. A title right above the text may be a heading as well, and stays.
func textTitle(blocks []block) (string, []block) {
	head, first, long := 0, -1, -1
	for head < len(blocks) && blocks[head].kind != item && !isProse(blocks[head].text) {
		if text := blocks[head].text; headingShaped(text) && !isByline(text) {
			if first < 0 {
				first = head
			}
			if long < 0 && words(text) > 3 {
				long = head
			}
		}
		head++
	}
	best := first
	if long >= menuLines && words(blocks[first].text) <= 2 {
		best = long
	}
	if best < 0 {
		return "", blocks
	}
	title := blocks[best].text
	if best == head-1 {
		return title, blocks[best:]
	}
	rest := blocks[best+1:]
	if len(rest) > 0 && isLabel(rest[0]) {
		rest = rest[1:]
	}
	return title, rest
}

// isLabel reports whether a block is a mark of the page's kind ("Analysis") that hangs on the title: one or two words, no
// figure.
func isLabel(b block) bool {
	return b.tight && b.kind == paragraph && words(b.text) <= 2 && isShort(b.text) && !strings.ContainsAny(b.text, "0123456789")
}
