package text

import (
	"strconv"
	"strings"
)

// quantity is a number as read, before its unit.
type quantity struct {
	value, raw decimal
	scale      int
	next       int // the token behind
	ordinal    bool
	year       bool // could be a calendar year: four digits without separators
	han        bool
}

func isYear(n int) bool { return 1000 <= n && n < 2200 }

// cardinal reads the number that begins at token i, in digits, words or Chinese
// numerals, with its powers of ten; false where there is none or no such token.
func (p *parser) cardinal(i int) (quantity, bool) {
	if i >= len(p.toks) {
		return quantity{}, false
	}
	t := p.toks[i]
	switch {
	case t.kind == hanToken, t.kind == digitToken && p.beforeHan(i):
		value, scale, next, year := p.hanNumber(i)
		if next == i {
			return quantity{}, false
		}
		return quantity{value: value, raw: value.shift(-scale), scale: scale, next: next, year: year, han: true}, true
	case t.kind == digitToken:
		n, _ := t.num.int()
		q := quantity{value: t.num, raw: t.num, next: i + 1, ordinal: t.ordinal, year: t.plain && !t.ordinal && isYear(n)}
		if !t.ordinal {
			p.scaleUp(&q)
		}
		return q, true
	case t.kind == wordToken:
		return p.words(i)
	}
	return quantity{}, false
}

// beforeHan reports whether a Chinese multiplier follows the digits at token i.
func (p *parser) beforeHan(i int) bool {
	for k := i + 1; k < len(p.toks) && k <= i+2; k++ {
		if p.toks[k].kind == hanToken {
			return hanScale(firstRune(p.toks[k].text)) > 0
		}
		if t := p.toks[k].text; t != "多" && t != "余" && t != "餘" {
			return false
		}
	}
	return false
}

// scaleUp multiplies q by the words of powers of ten that follow: "2.4 million",
// "5 тысяч миллиардов", "$240bn", "240-billion", "2 and a half million".
func (p *parser) scaleUp(q *quantity) {
	if p.textAt(q.next, "and", "a", "half") || p.textAt(q.next, "с", "половиной") || p.textAt(q.next, "з", "половиною") {
		if y, ok := q.value.add(decimal{5, -1}); ok {
			q.value, q.raw, q.year = y, y, false
			q.next += 2
			if p.toks[q.next-2].text == "and" {
				q.next++
			}
		}
	}
	for k := q.next; k < len(p.toks); k++ {
		if p.hyphen(k) {
			k++
		}
		if k >= len(p.toks) {
			return
		}
		e, ok := p.toks[k].scale()
		if !ok || p.toks[k].text == "k" && p.toks[k].spaced {
			return
		}
		q.value = q.value.shift(e)
		q.scale += e
		q.year = false
		q.next = k + 1
		if p.stop(q.next) && p.continues(q.next+1) { // 5 млрд. долл.
			q.next++
			k++
		}
	}
}

// scale returns the power of ten that a word means.
func (t token) scale() (int, bool) {
	arg, ok := t.tag('s')
	if !ok {
		arg, ok = t.tag('S')
	}
	if !ok {
		return 0, false
	}
	e, err := strconv.Atoi(arg)
	return e, err == nil
}

// words reads a number in words of English, Russian or Ukrainian.
func (p *parser) words(i int) (quantity, bool) {
	var total, section decimal
	q := quantity{next: i}
	room := 1000 // what may still be added: below the last part
	first := true
	if _, ok := p.aloneScale(i); ok {
		section, first = integer(1), false
	}
	for k := i; k < len(p.toks); k++ {
		t := p.toks[k]
		if !first && p.hyphen(k) && k+1 < len(p.toks) {
			k++
			t = p.toks[k]
		}
		if !first && t.text == "and" && room <= 100 && k+1 < len(p.toks) && (p.toks[k+1].is('n') || p.toks[k+1].is('o')) {
			k++
			t = p.toks[k]
		}
		arg, cardinal := t.tag('n')
		ord, ordinal := t.tag('o')
		if cardinal || ordinal {
			if !cardinal {
				arg = ord
			}
			part, ok := wordValue(arg)
			n, whole := part.int()
			if !ok || whole && n >= room && !first {
				if ten, isInt := section.int(); isInt && total.c == 0 && k == i+1 && 13 <= ten && ten <= 21 && whole && 10 <= n && n < 100 {
					section, _ = section.shift(2).add(part) // nineteen ninety
					q.year = true
					q.next = k + 1
					room = 10
					if n < 20 {
						room = 0
					}
					continue
				}
				break
			}
			section, _ = section.add(part)
			first = false
			q.next = k + 1
			switch {
			case !whole:
				room = 0
			case n >= 100:
				room = 100
			case n >= 20 && n%10 == 0:
				room = 10
			default:
				room = 1
			}
			if !cardinal {
				q.ordinal = true
				break
			}
			continue
		}
		e, ok := t.scale()
		if !ok || first {
			break
		}
		if e == 2 {
			section = section.shift(2)
			room = 100
		} else {
			sum, fits := total.add(section.shift(e))
			if !fits {
				break
			}
			total, section, room = sum, decimal{}, 1000
			q.scale = e
		}
		q.next = k + 1
	}
	if first {
		return quantity{}, false
	}
	sum, ok := total.add(section)
	if !ok {
		return quantity{}, false
	}
	q.value, q.raw = sum, sum.shift(-q.scale)
	if n, _ := sum.int(); !isYear(n) {
		q.year = false
	}
	if !q.ordinal && q.scale == 0 {
		p.scaleUp(&q)
	}
	return q, true
}

// wordValue reads the argument of a numeral: "40", "1.5", "0.5e6".
func wordValue(arg string) (decimal, bool) {
	digits, exp, scaled := strings.Cut(arg, "e")
	d, ok := parseDecimal(digits)
	if scaled && ok {
		e, err := strconv.Atoi(exp)
		return d.shift(e), err == nil
	}
	return d, ok
}

// aloneScale reports whether a power of ten stands for one of itself: "a million",
// "миллион", "тысяча" — but not vague plurals.
func (p *parser) aloneScale(i int) (int, bool) {
	t := p.toks[i]
	if !t.is('S') && (!t.is('s') || i == 0 || p.toks[i-1].text != "a" && p.toks[i-1].text != "an" || t.text == "k") {
		return 0, false
	}
	return t.scale()
}

// hyphen reports whether token k is a hyphen between two parts of a word.
func (p *parser) hyphen(k int) bool {
	if k+1 >= len(p.toks) {
		return false
	}
	t := p.toks[k]
	return t.kind == signToken && (t.text == "-" || t.text == "‑") && !t.spaced && !p.toks[k+1].spaced
}

// stop reports whether token k is a full stop right behind the one before.
func (p *parser) stop(k int) bool {
	return k < len(p.toks) && p.toks[k].kind == signToken && p.toks[k].text == "." && !p.toks[k].spaced
}

// continues reports whether token k can follow an abbreviated power of ten.
func (p *parser) continues(k int) bool {
	return k < len(p.toks) && (p.toks[k].is('s') || p.toks[k].is('u') || p.toks[k].is('c') || p.toks[k].is('A') || p.toks[k].is('%'))
}

// textAt reports whether the tokens from k on have these texts.
func (p *parser) textAt(k int, texts ...string) bool {
	if k < 0 || k+len(texts) > len(p.toks) {
		return false
	}
	for j, text := range texts {
		if p.toks[k+j].text != text {
			return false
		}
	}
	return true
}
