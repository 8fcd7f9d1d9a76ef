package text

import (
	"strconv"
	"strings"
)

// fraction reads half, thirds, 三分之一, both.
func (p *parser) fraction(i int) (finding, bool) {
	t := p.toks[i]
	if t.kind == hanToken {
		return p.hanFraction(i)
	}
	if t.kind == signToken {
		switch t.text {
		case "½":
			return finding{Value: Value{Kind: Fraction, Number: "1/2"}, next: i + 1}, true
		case "⅓":
			return finding{Value: Value{Kind: Fraction, Number: "1/3"}, next: i + 1}, true
		case "¼":
			return finding{Value: Value{Kind: Fraction, Number: "1/4"}, next: i + 1}, true
		}
	}
	if t.kind != wordToken || t.tags == "" && t.text != "a" {
		return p.compoundYears(i)
	}
	if t.is('b') {
		return finding{Value: Value{Kind: Both, Number: "2"}, next: i + 1}, true
	}
	if u, _ := t.tag('u'); u == "50y" {
		return finding{Value: Value{Kind: Quantity, Number: "50", Unit: "year"}, next: i + 1}, true
	}
	if f, ok := t.tag('f'); ok && !t.is('o') && !t.is('Q') {
		next := i + 1
		if f == "1/2" { // half a million, half-century
			k := next
			if p.textAt(k, "a") || p.hyphen(k) {
				k++
			}
			if k < len(p.toks) {
				if e, ok := p.toks[k].scale(); ok {
					v := finding{raw: decimal{5, -1}, scale: e, next: k + 1}
					p.finish(&v, quantity{value: decimal{5, e - 1}, next: k + 1})
					return v, true
				}
				if p.toks[k].is('C') {
					return finding{Value: Value{Kind: Quantity, Number: "50", Unit: "year"}, next: k + 1}, true
				}
			}
		}
		return finding{Value: Value{Kind: Fraction, Number: f}, next: next}, true
	}
	return p.parts(i)
}

// finish gives a number its unit.
func (p *parser) finish(f *finding, q quantity) {
	f.next = q.next
	f.Number = q.value.String()
	if !p.unit(f, q) {
		f.Kind = Number
	}
}

// parts reads "a third of", "two-thirds", «две трети», "three quarters".
func (p *parser) parts(i int) (finding, bool) {
	count := 0
	if n, ok := p.toks[i].tag('n'); ok && len(n) == 1 {
		count = int(n[0] - '0')
	} else if p.toks[i].text == "a" {
		count = 1
	}
	k := i + 1
	if p.hyphen(k) {
		k++
	}
	if count == 0 || k >= len(p.toks) {
		return finding{}, false
	}
	t := p.toks[k]
	if t.text == "in" { // four in five
		return p.outOf(count, k+1)
	}
	f, ok := t.tag('f')
	if !ok {
		return p.ordinalParts(i, count, k)
	}
	if f == "1/2" || (t.is('o') || t.is('Q')) && count == 1 && !p.textAt(k+1, "of") && k == i+1 {
		return finding{}, false
	}
	return finding{Value: Value{Kind: Fraction, Number: string(rune('0'+count)) + strings.TrimPrefix(f, "1")}, next: k + 1}, true
}

// outOf reads the end of "four in five", whose next token is k.
func (p *parser) outOf(count, k int) (finding, bool) {
	if k >= len(p.toks) {
		return finding{}, false
	}
	n, ok := p.toks[k].tag('n')
	whole, err := strconv.Atoi(n)
	if !ok || err != nil || whole <= count || whole > 100 {
		return finding{}, false
	}
	return finding{Value: Value{Kind: Fraction, Number: strconv.Itoa(count) + "/" + n}, next: k + 1}, true
}

// ordinalParts reads «четыре пятых», whose second word is k: the ordinal in the genitive plural, or the singular behind one.
func (p *parser) ordinalParts(i, count, k int) (finding, bool) {
	t := p.toks[k]
	o, ok := t.tag('o')
	many := strings.HasSuffix(t.text, "ых") || strings.HasSuffix(t.text, "их")
	if !ok || k != i+1 || !many || count < 2 || len(o) != 1 {
		return finding{}, false
	}
	return finding{Value: Value{Kind: Fraction, Number: strconv.Itoa(count) + "/" + o}, next: k + 1}, true
}

// hanFraction reads 百分之四十九, 三分之二, 一半.
func (p *parser) hanFraction(i int) (finding, bool) {
	if p.textAt(i, "一", "半") {
		return finding{Value: Value{Kind: Fraction, Number: "1/2"}, next: i + 2}, true
	}
	if i+2 >= len(p.toks) || !p.toks[i+1].is('/') {
		return finding{}, false
	}
	top, ok := p.cardinal(i + 2)
	if !ok {
		return finding{}, false
	}
	f := finding{raw: top.raw, next: top.next, han: true}
	if p.toks[i].text == "百" {
		f.Kind, f.Number = Percent, top.value.String()
		return f, true
	}
	bottom, ok := p.cardinal(i)
	if !ok {
		return finding{}, false
	}
	f.Kind, f.Number = Fraction, top.value.String()+"/"+bottom.value.String()
	return f, true
}
