package text

import "strconv"

// date reads "February 4, 2022", «4 февраля 2022 года», "в феврале 2022", 2022年2月4日,
// 2022-02-04 and parts of them.
func (p *parser) date(i int) (finding, bool) {
	t := p.toks[i]
	switch {
	case t.kind == dateToken:
		return dated(t.ymd[0], t.ymd[1], t.ymd[2], i+1), true
	case t.is('m'):
		return p.monthFirst(i)
	case t.kind == digitToken, t.kind == hanToken, t.is('o'), t.is('n'):
		if f, ok := p.hanDate(i); ok {
			return f, true
		}
		return p.dayFirst(i)
	}
	return finding{}, false
}

func dated(year, month, day, next int) finding {
	return finding{Value: Value{Kind: Date, Year: year, Month: month, Day: day}, next: next}
}

// month returns the month that token k names.
func (p *parser) month(k int) int {
	arg, ok := p.tagAt(k, 'm')
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(arg)
	if err != nil {
		return 0
	}
	// "may", "march", "sun may dec…" are months only when capitalised in Latin script.
	if t := p.toks[k]; scriptOf(firstRune(t.text)) == latin && !t.upper {
		return 0
	}
	return n
}

// yearAt reads a year at token k, past a comma, "of" or a full stop; it returns
// the year and the token behind.
func (p *parser) yearAt(k int) (year, next int) {
	if k < len(p.toks) && (p.toks[k].text == "," || p.toks[k].text == "of" || p.stop(k)) {
		k++
	}
	if k >= len(p.toks) || p.toks[k].kind != digitToken || !p.toks[k].plain || p.toks[k].ordinal {
		return 0, 0
	}
	n, _ := p.toks[k].num.int()
	if !isYear(n) {
		return 0, 0
	}
	k++
	if u, _ := p.tagAt(k, 'u'); u == "year" && !p.hyphen(k) {
		k++
		if p.stop(k) && len(p.toks[k-1].text) <= 4 && k+1 < len(p.toks) && !p.toks[k+1].upper {
			k++
		}
	}
	return n, k
}

// dayAt reads a day of the month at token k.
func (p *parser) dayAt(k int) (day, next int) {
	if k >= len(p.toks) || p.toks[k].kind == hanToken {
		return 0, 0
	}
	if t := p.toks[k]; t.kind == digitToken && !t.plain {
		return 0, 0
	}
	q, ok := p.cardinal(k)
	n, whole := q.value.int()
	if !ok || !whole || q.scale != 0 || n < 1 || n > 31 || p.toks[k].kind != digitToken && !q.ordinal {
		return 0, 0
	}
	return n, q.next
}

// dayFirst reads "4 February 2022", "the 4th of February", «4-го февраля 2022 года».
func (p *parser) dayFirst(i int) (finding, bool) {
	day, k := p.dayAt(i)
	if day == 0 {
		return finding{}, false
	}
	if p.textAt(k, "of") || p.textAt(k, "числа") {
		k++
	}
	month := p.month(k)
	if month == 0 {
		return finding{}, false
	}
	k++
	if year, next := p.yearAt(k); year > 0 {
		return dated(year, month, day, next), true
	}
	return dated(0, month, day, k), true
}

// monthFirst reads "February 4, 2022", "May 19–20, 2026", "February 2022", and a
// month alone where it cannot be another word.
func (p *parser) monthFirst(i int) (finding, bool) {
	month := p.month(i)
	if month == 0 {
		return finding{}, false
	}
	k := i + 1
	if p.stop(k) && len(p.toks[i].text) <= 4 {
		k++
	}
	if year, next := p.yearAt(k); year > 0 {
		return dated(year, month, 0, next), true
	}
	if scriptOf(firstRune(p.toks[i].text)) != latin {
		return dated(0, month, 0, i+1), true
	}
	if day, next := p.dayAt(k); day > 0 && p.toks[k].kind == digitToken && !p.measured(next) {
		if year, after := p.yearAt(next); year > 0 {
			return dated(year, month, day, after), true
		}
		// "May 19–20, 2026": the days before the last take the year from behind.
		for at := next; at < i+12 && p.connects(at); {
			d, after := p.dayAt(at + 1)
			if d == 0 || p.month(after) > 0 {
				break
			}
			if year, _ := p.yearAt(after); year > 0 {
				return dated(year, month, day, next), true
			}
			at = after
		}
		return dated(0, month, day, next), true
	}
	if i > 0 && len(p.toks[i].text) > 3 || p.textAt(i, "may") && i > 0 {
		switch p.toks[i-1].text {
		case "in", "between", "since", "by", "until", "till", "during", "early", "late", "mid", "of", "from", "to", "through", "this", "last", "next", "and":
			return dated(0, month, 0, i+1), true
		}
	}
	return finding{}, false
}

// measured reports whether a unit follows at token k, so that the number before
// is no day: "By May 20 countries" is one, "In May 5 million" is none.
func (p *parser) measured(k int) bool {
	if k >= len(p.toks) {
		return false
	}
	t := p.toks[k]
	return t.text == "%" || t.is('s') || t.is('u') || t.is('c') || t.is('%')
}

// hanDate reads 2022年2月4日, 2022年2月, 2月4日, 2月, 4日.
func (p *parser) hanDate(i int) (finding, bool) {
	k := i
	year, month, day := 0, 0, 0
	if n, next := p.hanPart(k, 'Y'); isYear(n) {
		year, k = n, next
	}
	if n, next := p.hanPart(k, 'M'); 1 <= n && n <= 12 {
		month, k = n, next
	}
	if month > 0 || year == 0 {
		if n, next := p.hanPart(k, 'T'); 1 <= n && n <= 31 {
			day, k = n, next
		}
	}
	if month == 0 && day == 0 || month == 0 && year > 0 {
		return finding{}, false
	}
	if month == 0 && firstRune(p.toks[k-1].text) != '日' {
		return finding{}, false // 2号线
	}
	f := dated(year, month, day, k)
	f.han = true
	return f, true
}

// hanPart reads a number at token k with the Chinese word of class c behind it.
func (p *parser) hanPart(k int, c byte) (n, next int) {
	if k >= len(p.toks) || p.toks[k].kind != digitToken && p.toks[k].kind != hanToken {
		return 0, k
	}
	q := quantity{value: p.toks[k].num, next: k + 1}
	if p.toks[k].kind == hanToken {
		var ok bool
		if q, ok = p.cardinal(k); !ok {
			return 0, k
		}
	}
	if q.next >= len(p.toks) || !p.toks[q.next].is(c) {
		return 0, k
	}
	n, _ = q.value.int()
	return n, q.next + 1
}

// period reads "Q1 2024", "the first quarter of 2024", «I квартал», 一季度, 上半年.
func (p *parser) period(i int) (finding, bool) {
	t := p.toks[i]
	if t.kind == wordToken {
		switch t.text {
		case "q1", "q2", "q3", "q4", "h1", "h2":
			return p.quarterOf(int(t.text[1]-'0'), string(t.text[0]-'a'+'A'), i+1)
		}
		if arg, ok := t.tag('H'); ok && len(arg) == 1 {
			return p.quarterOf(int(arg[0]-'0'), "H", i+1)
		}
	}
	k := i
	if t.is('K') {
		k++
	}
	if k >= len(p.toks) || p.toks[k].kind == signToken || p.toks[k].kind == wordToken && !p.toks[k].is('o') {
		return finding{}, false
	}
	q, ok := p.cardinal(k)
	n, whole := q.value.int()
	if !ok || !whole || n < 1 || n > 4 || q.next >= len(p.toks) {
		return finding{}, false
	}
	switch u := p.toks[q.next]; {
	case u.is('Z') || u.is('Q') && (q.ordinal || p.toks[k].kind == digitToken && scriptOf(firstRune(u.text)) == cyrillic):
		return p.quarterOf(n, "Q", q.next+1)
	case n <= 2 && (u.text == "half" && q.ordinal || u.is('H') && u.tags == "H"):
		return p.quarterOf(n, "H", q.next+1)
	}
	return finding{}, false
}

// quarterOf makes a period and looks for its year behind, or right before in Chinese.
func (p *parser) quarterOf(n int, unit string, next int) (finding, bool) {
	f := finding{Value: Value{Kind: Period, Unit: unit + strconv.Itoa(n)}, next: next}
	if p.textAt(next, "in") {
		next++
	}
	if year, after := p.yearAt(next); year > 0 {
		f.Year, f.next = year, after
	}
	return f, true
}
