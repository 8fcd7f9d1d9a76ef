package text

import "strings"

// century reads "21st century", «XXI век», «XIX–XX веков», 上世纪, the nineties,
// «десятилетие», and Roman numbers of Russian and Ukrainian congresses.
func (p *parser) century(i int) (finding, bool) {
	t := p.toks[i]
	if t.kind == digitToken || t.kind == wordToken && (t.is('o') || t.is('n')) {
		return p.ordinalCentury(i)
	}
	if t.kind != wordToken {
		return finding{}, false
	}
	if arg, ok := t.tag('d'); ok && !t.is('o') { // the nineties
		f := finding{next: i + 1}
		d, _ := parseDecimal(arg)
		n, _ := d.int()
		return f, p.decade(&f, n)
	}
	if arg, ok := t.tag('X'); ok { // 上世纪
		return finding{Value: Value{Kind: Century, Number: arg}, next: i + 1, han: true}, true
	}
	if t.is('D') && t.text != "decades" && singular(t.text) {
		return finding{Value: Value{Kind: Quantity, Number: "10", Unit: "year"}, next: i + 1}, true
	}
	n := roman(p.s[t.Start:t.End])
	if n == 0 {
		return finding{}, false
	}
	k := i + 1
	// «XIX–XX веков», «XIX и XX века»: the last one has the word.
	for k+1 < len(p.toks) && k < i+8 && p.connects(k) && roman(p.s[p.toks[k+1].Start:p.toks[k+1].End]) > 0 {
		k += 2
	}
	if k < len(p.toks) && p.toks[k].is('C') {
		next := i + 1
		if k == i+1 {
			next = k + 1
		}
		return finding{Value: Value{Kind: Century, Number: integer(n).String()}, next: next}, true
	}
	if q := i + 1; q < len(p.toks) && n <= 4 && p.toks[q].is('Q') {
		return p.quarterOf(n, "Q", q+1)
	}
	if n > 12 && (p.lang == RU || p.lang == UK) {
		return finding{Value: Value{Kind: Ordinal, Number: integer(n).String()}, next: i + 1}, true
	}
	return finding{}, false
}

// ordinalCentury reads "21st century", «двадцатый век», "1990-е", двадцатые годы.
func (p *parser) ordinalCentury(i int) (finding, bool) {
	q, ok := p.cardinal(i)
	if !ok || !q.ordinal {
		return finding{}, false
	}
	n, _ := q.value.int()
	f := finding{raw: q.raw, next: q.next}
	f.Number = q.value.String()
	last := p.toks[q.next-1]
	if last.text == "decade" && last.kind == digitToken || last.is('d') && q.next < len(p.toks) {
		if u, _ := p.tagAt(q.next, 'u'); last.kind == digitToken && (isYear(n) || u == "year" || strings.HasSuffix(p.s[last.Start:last.End], "s") || strings.HasSuffix(p.s[last.Start:last.End], "х")) || u == "year" {
			if p.decade(&f, n) {
				return f, true
			}
		}
	}
	k := q.next
	if p.hyphen(k) {
		k++
	}
	if k < len(p.toks) && p.toks[k].is('C') && len(p.toks[k].text) > 3 {
		f.Kind, f.next = Century, k+1
		return f, true
	}
	return finding{}, false
}

func (p *parser) tagAt(k int, c byte) (string, bool) {
	if k >= len(p.toks) {
		return "", false
	}
	return p.toks[k].tag(c)
}

// singular reports whether a form of «десятилетие» or "decade" means one.
func singular(word string) bool {
	for _, end := range []string{"decade", "летие", "летию", "летием", "летии", "летия"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// roman reads a Roman number of I, V, X and L, with the Cyrillic letters that
// look like them; 0 when it is none.
func roman(s string) int {
	if len(s) == 0 || len(s) > 16 {
		return 0
	}
	total, last := 0, 1000
	var plain strings.Builder
	for _, r := range s {
		v := 0
		switch r {
		case 'I', 'І':
			v, r = 1, 'I'
		case 'V':
			v = 5
		case 'X', 'Х':
			v, r = 10, 'X'
		case 'L':
			v = 50
		default:
			return 0
		}
		plain.WriteRune(r)
		total += v
		if last < v {
			total -= 2 * last
		}
		last = v
	}
	if total <= 0 || total >= 90 || romanOf(total) != plain.String() {
		return 0
	}
	return total
}

func romanOf(n int) string {
	var b strings.Builder
	for _, step := range []struct {
		n int
		s string
	}{{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= step.n {
			b.WriteString(step.s)
			n -= step.n
		}
	}
	return b.String()
}
