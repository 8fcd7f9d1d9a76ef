package text

import "strings"

// number reads a number with its sign, currency and unit.
func (p *parser) number(i int) (finding, bool) {
	k := i
	currency, n := p.currencyBefore(k)
	k += n
	negative := p.minus(k)
	if negative {
		k++
	}
	if k >= len(p.toks) || p.vague(k) {
		return finding{}, false
	}
	rank := false
	if k == i {
		if n := p.rank(k); n > 0 {
			k += n
			rank = true
		}
	}
	q, ok := p.cardinal(k)
	if !ok {
		return finding{}, false
	}
	f := finding{raw: q.raw, scale: q.scale, next: q.next, han: q.han}
	if currency != "" {
		p.letterScale(&q, &f)
	}
	if negative {
		q.value.c = -q.value.c
		f.raw.c = -f.raw.c
	}
	if p.glued(k, q.next) {
		return finding{next: q.next + 1}, true // 5G: a name
	}
	f.Number = q.value.String()
	switch {
	case currency != "":
		f.Kind, f.Unit = Money, currency
		if k := f.next; k < len(p.toks) {
			if c, ok := p.toks[k].tag('c'); ok && c == currency { // 人民币5亿元
				f.next++
			}
		}
	case rank, q.ordinal:
		p.ordinal(&f, q)
	case p.label(k):
		f.Kind = Label
	case p.unit(&f, q):
	case q.year:
		f.Kind = Year
	default:
		f.Kind = Number
	}
	return f, true
}

// ordinal decides what an ordinal counts.
func (p *parser) ordinal(f *finding, q quantity) {
	n, _ := q.value.int()
	k := f.next
	if p.hyphen(k) {
		k++
	}
	f.Kind = Ordinal
	if k >= len(p.toks) {
		return
	}
	t := p.toks[k]
	unit, _ := t.tag('u')
	switch {
	case p.toks[k-1].text == "decade", p.toks[f.next-1].text == "decade":
		if p.decade(f, n) {
			return
		}
	case unit == "year" && isYear(n): // две тысячи двадцать второй год
		f.Kind, f.next = Year, k+1
	case t.text == "anniversary" || strings.HasPrefix(t.text, "лет") || strings.HasPrefix(t.text, "річ"):
		f.Kind, f.Unit, f.next = Quantity, "year", k+1
	}
}

// currencyBefore reads a currency in front of a number: "$", "US$", "RMB",
// 人民币. It returns the code and the number of tokens.
func (p *parser) currencyBefore(i int) (string, int) {
	t := p.toks[i]
	if i+1 < len(p.toks) && t.kind == wordToken {
		next := p.toks[i+1]
		if next.text == "$" && !next.spaced {
			switch t.text {
			case "us":
				return "USD", 2
			case "hk":
				return "HKD", 2
			}
		}
		code, ok := t.tag('c')
		if ok && next.kind == digitToken && (len(t.text) == 3 && scriptOf(firstRune(t.text)) == latin && t.upper || strings.HasPrefix(t.text, "人民")) {
			return code, 1
		}
		return "", 0
	}
	if i+1 >= len(p.toks) || p.toks[i+1].kind != digitToken && p.toks[i+1].kind != signToken {
		return "", 0
	}
	return currencySign(t.text), min(1, len(currencySign(t.text)))
}

func currencySign(text string) string {
	switch text {
	case "$", "＄":
		return "USD"
	case "€":
		return "EUR"
	case "£":
		return "GBP"
	case "₽":
		return "RUB"
	case "¥", "￥":
		return "CNY"
	case "₴":
		return "UAH"
	case "₹":
		return "INR"
	case "₸":
		return "KZT"
	}
	return ""
}

// letterScale reads the letter that stands for a power of ten behind a sum: $5m.
func (p *parser) letterScale(q *quantity, f *finding) {
	if q.next >= len(p.toks) || p.toks[q.next].spaced || q.scale > 0 {
		return
	}
	e := 0
	switch p.toks[q.next].text {
	case "m":
		e = 6
	case "b":
		e = 9
	case "t":
		e = 12
	default:
		return
	}
	q.value = q.value.shift(e)
	q.next++
	f.scale, f.next = e, q.next
}

// minus reports whether token k makes the number behind it negative.
func (p *parser) minus(k int) bool {
	if k+1 >= len(p.toks) {
		return false
	}
	t, next := p.toks[k], p.toks[k+1]
	switch t.text {
	case "-", "−", "–":
		return next.kind == digitToken && !next.spaced && (k == 0 || t.spaced || p.toks[k-1].kind == signToken && p.toks[k-1].text != "-")
	case "minus", "минус", "мінус":
		return true
	}
	return t.is('-')
}

// vague reports whether a number is only a guess at its size: 几十, 数百.
func (p *parser) vague(k int) bool {
	return k > 0 && p.toks[k-1].is('V') && p.toks[k].kind == hanToken
}

// rank returns how many tokens in front of a number make it a rank: "No. 1",
// "number one", «№ 1», 第.
func (p *parser) rank(k int) int {
	t := p.toks[k]
	switch {
	case t.text == "№" || t.is('K'):
	case t.is('N') && k+1 < len(p.toks):
		if p.stop(k + 1) {
			if k+2 < len(p.toks) && p.toks[k+2].kind == digitToken {
				return 2
			}
			return 0
		}
		if t.text == "no" || t.text == "nos" {
			return 0
		}
		if p.hyphen(k + 1) {
			return 2
		}
	default:
		return 0
	}
	return 1
}

// label reports whether the number at token k is part of a name: S-400, Су-35.
func (p *parser) label(k int) bool {
	if k < 2 || p.toks[k].kind != digitToken || !p.hyphen(k-1) {
		return false
	}
	t := p.toks[k-2]
	if t.kind != wordToken || !t.upper && scriptOf(firstRune(t.text)) != han || t.tags != "" {
		return false
	}
	switch t.text {
	case "mid", "pre", "post", "early", "late", "non":
		return false
	}
	return true
}

// glued reports whether letters that mean nothing follow the digits directly.
func (p *parser) glued(k, next int) bool {
	if next >= len(p.toks) || p.toks[next-1].kind != digitToken || p.toks[next-1].ordinal {
		return false
	}
	t := p.toks[next]
	return t.kind == wordToken && !t.spaced && t.tags == "" && scriptOf(firstRune(t.text)) == latin && k == next-1
}
