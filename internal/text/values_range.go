package text

// connects reports whether token k joins two ends of a range or two members of
// a list.
func (p *parser) connects(k int) bool {
	if k >= len(p.toks) {
		return false
	}
	switch p.toks[k].text {
	case "-", "–", "—", "‑", "~", "～", "〜", "to", "and", "or", "through", "до", "по", "и", "или", "й", "і", "та", "або", "至", "到", "和", "与", "與", "及", "、", "或", ",", "/":
		return true
	}
	return false
}

// add appends a value; ends of a range share what only one of them has: a unit
// ("40–45 percent"), a power of ten ("2 to 3 million"), a month or year
// ("19–20 May 2026", 2月4日至5日), a century ("19th and 20th centuries"). It
// returns the token behind the value.
func (p *parser) add(f finding) int {
	if len(p.found) > 0 {
		last := &p.found[len(p.found)-1]
		gap := f.first - last.next
		switch {
		case gap == 1 && p.connects(last.next):
			p.share(last, &f)
		case gap == 0 && f.Kind == Period && f.Year == 0 && last.Kind == Year: // 2024年第一季度
			if y, ok := parseDecimal(last.Number); ok {
				f.Year, _ = y.int()
				f.Start, f.first = last.Start, last.first
				p.found = p.found[:len(p.found)-1]
			}
		}
	}
	p.found = append(p.found, f)
	return f.next
}

func (p *parser) share(last, f *finding) {
	word := p.toks[last.next].text
	list := word == "," || word == "、"
	bare := last.Kind == Number || last.Kind == Year && !list && (word == "-" || word == "–" || p.opensRange(last))
	n, whole := decimalOf(last.Number).int()
	m, _ := decimalOf(f.Number).int()
	switch {
	case f.Kind == Date && f.Day > 0 && (last.Kind == Number || last.Kind == Ordinal) && whole && 1 <= n && n <= 31 && last.Unit == "" && !f.han:
		last.Value = Value{Span: last.Span, Kind: Date, Year: f.Year, Month: f.Month, Day: n}
	case f.Kind == Date && last.Kind == Date && last.Year == 0 && f.Year > 0 && !f.han:
		last.Year = f.Year
	case f.Kind == Date && last.Kind == Date && f.Year == 0 && f.han:
		f.Year = last.Year
		if f.Month == 0 {
			f.Month = last.Month
		}
	case f.Kind == Number && last.Kind == Date && last.Day > 0 && 1 <= m && m <= 31 && f.scale == 0:
		f.Value = Value{Span: f.Span, Kind: Date, Year: last.Year, Month: last.Month, Day: m}
		if year, next := p.yearAt(f.next); year > 0 {
			f.Year, f.next = year, next
			f.End = p.toks[next-1].End
		}
	case f.Kind == Century && last.Kind == Ordinal:
		last.Kind = Century
	case last.Kind == Year && f.Kind == Number && !list && (word == "-" || word == "–" || word == "/") && m < 100 && m > n%100 && f.scale == 0 && f.End-f.Start == 2:
		f.Kind, f.Number = Year, integer(n/100*100+m).String() // 2022–23
	case list || word == "," || !p.ranges(last, word):
	case bare && f.Kind == Money && currencySign(p.toks[f.first].text) != "": // "rose by 5 to $7 million"
	case bare && f.scale > 0 && last.scale == 0 && (f.Kind == Number || f.Kind == Money || f.Kind == Quantity || f.Kind == Percent):
		last.Number = last.raw.shift(f.scale).String()
		last.Kind, last.Unit = f.Kind, f.Unit
	case bare && f.scale == last.scale && (f.Kind == Percent || f.Kind == Money || f.Kind == Quantity && (last.Kind == Number || f.Unit != "year")):
		last.Kind, last.Unit = f.Kind, f.Unit
	case last.Kind == Money && f.Kind == Number:
		f.Kind, f.Unit = Money, last.Unit // $2–3 billion
		if last.scale == 0 && f.scale > 0 {
			last.Number = last.raw.shift(f.scale).String()
		}
	}
}

func decimalOf(s string) decimal {
	d, _ := parseDecimal(s)
	return d
}

// ranges reports whether a connecting word makes a range: "and" does only after
// "between", a comma never.
func (p *parser) ranges(last *finding, word string) bool {
	switch word {
	case "and", "и", "й", "і", "та", "和", "与", "與", "及":
		return p.opensRange(last)
	case ",", "、", "/":
		return false
	}
	return true
}

// opensRange reports whether a word in front of a value announces a range.
func (p *parser) opensRange(last *finding) bool {
	for k := last.first - 1; k >= 0 && k >= last.first-2; k-- {
		switch p.toks[k].text {
		case "between", "from", "между", "от", "між", "від", "从", "從":
			return true
		}
	}
	return false
}
