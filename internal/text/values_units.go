package text

// unit reads what follows a number: percent, currency, unit of measure, decade
// or century. It reports whether the number is more than a bare one.
func (p *parser) unit(f *finding, q quantity) bool {
	k := f.next
	if p.hyphen(k) {
		k++
	}
	attribute := ""
	for k < len(p.toks) {
		t := p.toks[k]
		if a, ok := t.tag('A'); ok {
			attribute = a
			k++
			if p.stop(k) {
				k++
			}
			continue
		}
		if n := p.nationality(k); n > 0 && k > f.next-1 {
			k += n
			continue
		}
		break
	}
	if k >= len(p.toks) {
		return false
	}
	n, whole := q.value.int()
	t := p.toks[k]
	switch {
	case t.kind == signToken && (t.text == "%" || t.text == "％" || t.text == "٪"):
		f.Kind, f.next = Percent, k+1
	case t.kind == signToken:
		c := currencySign(t.text)
		if c == "" || k+1 < len(p.toks) && !p.toks[k+1].spaced && p.toks[k+1].kind == digitToken {
			return false
		}
		f.Kind, f.Unit, f.next = Money, c, k+1
	case t.kind != wordToken:
		return false
	case t.is('%') || p.textAt(k, "per", "cent"):
		f.Kind, f.next = Percent, k+1
		if t.text == "per" {
			f.next++
		}
	case t.is('P') && k+1 < len(p.toks) && p.toks[k+1].is('p'):
		f.Kind, f.Unit, f.next = Percent, "pp", k+2
	case t.tags == "pp":
		f.Kind, f.Unit, f.next = Percent, "pp", k+1
	case p.textAt(k, "п", ".", "п") || p.textAt(k, "в", ".", "п"):
		f.Kind, f.Unit, f.next = Percent, "pp", k+3
		if p.stop(f.next) {
			f.next++
		}
	case t.is('E'): // 90年代
		return whole && p.hanDecade(f, n, k)
	case t.is('C') && scriptOf(firstRune(t.text)) == han: // 21世纪
		f.Kind, f.next = Century, k+1
	case t.is('G'), t.is('C') && !q.year && q.scale == 0 && len(t.text) > 2 && t.text != "ст":
		f.Kind, f.Number, f.Unit, f.next = Quantity, q.value.shift(2).String(), "year", k+1
	case t.is('D'):
		f.Kind, f.Number, f.Unit, f.next = Quantity, q.value.shift(1).String(), "year", k+1
	default:
		return p.measure(f, q, k, attribute)
	}
	return true
}

// nationality returns the length of what stands between a sum and the name of
// its currency: "U.S. dollars", «американских долларов».
func (p *parser) nationality(k int) int {
	for n, texts := range [][]string{{"us"}, {"american"}, {"chinese"}, {"russian"}, {"американских"}, {"китайских"}, {"российских"}, {"u", ".", "s", "."}} {
		if p.textAt(k, texts...) && k+len(texts) < len(p.toks) && p.toks[k+len(texts)].is('c') && n >= 0 {
			return len(texts)
		}
	}
	return 0
}

// measure reads a currency or a unit of measure at token k.
func (p *parser) measure(f *finding, q quantity, k int, attribute string) bool {
	t := p.toks[k]
	if c, ok := t.tag('c'); ok {
		f.Kind, f.Unit, f.next = Money, c, k+1
		p.skipUnitedStates(f)
		return true
	}
	u, ok := t.tag('u')
	if !ok || u == "50y" {
		return false
	}
	if u == "year" {
		if q.year { // 2022 год, 2022年
			f.Kind, f.next = Year, k+1
			return true
		}
		if n, whole := q.value.int(); f.scale == 0 && q.han && whole && isYear(n) {
			f.Kind, f.next = Year, k+1
			return true
		}
	}
	f.Kind, f.Unit, f.next = Quantity, u, k+1
	if f.next < len(p.toks) && !p.toks[f.next].spaced && (u == "m" || u == "km") {
		switch p.toks[f.next].text {
		case "²":
			f.Unit, f.next = u+"2", f.next+1
		case "³":
			f.Unit, f.next = u+"3", f.next+1
		}
	}
	switch {
	case attribute == "cubic":
		f.Unit = u + "3"
	case attribute == "square":
		f.Unit = u + "2"
	case attribute == "nautical" && u == "mile":
		f.Unit = "nmi"
	case u == "bcm":
		f.Unit, f.Number = "m3", q.value.shift(9).String()
	}
	return true
}

// skipUnitedStates takes in the country behind «долл. США».
func (p *parser) skipUnitedStates(f *finding) {
	k := f.next
	if p.stop(k) {
		k++
	}
	if f.Unit == "USD" && p.textAt(k, "сша") {
		f.next = k + 1
	}
}

// decade reads 1990s, 1990-е, 90-х годов.
func (p *parser) decade(f *finding, n int) bool {
	years := false
	if f.next < len(p.toks) {
		u, _ := p.toks[f.next].tag('u')
		years = u == "year"
	}
	switch {
	case isYear(n) && n%10 == 0:
	case n >= 20 && n < 100 && n%10 == 0:
		n += 1900
	case n == 0 && years, n == 10 && years:
		n += 2000
	default:
		return false
	}
	f.Kind, f.Number = Decade, integer(n).String()
	if years {
		f.next++
	}
	return true
}

// hanDecade reads 1990年代, 90年代, and 20世纪90年代 with the century before.
func (p *parser) hanDecade(f *finding, n, k int) bool {
	if n < 100 {
		century := 20
		if n < 20 {
			century = 21
		}
		if len(p.found) > 0 {
			last := p.found[len(p.found)-1]
			if c, ok := parseDecimal(last.Number); ok && last.Kind == Century && last.next == f.next-1 {
				if whole, fits := c.int(); fits {
					century = whole
				}
				p.found = p.found[:len(p.found)-1]
			}
		}
		n += (century - 1) * 100
	}
	f.Kind, f.Number, f.next = Decade, integer(n).String(), k+1
	return true
}
