package text

import "strings"

// compoundYears reads a word that is a number of years: «тридцатилетний»,
// «семидесятипятилетие», «тридцятирічний».
func (p *parser) compoundYears(i int) (finding, bool) {
	t := p.toks[i]
	if t.kind != wordToken || scriptOf(firstRune(t.text)) != cyrillic {
		return finding{}, false
	}
	stem := ""
	for _, years := range []string{"лети", "летн", "річч", "річн"} {
		if at := strings.Index(t.text, years); at > 0 {
			stem = t.text[:at]
		}
	}
	total := decimal{}
	for rest := stem; rest != ""; {
		n, part := numeralPrefix(rest)
		sum, ok := total.add(part)
		if n == 0 || !ok {
			return finding{}, false
		}
		total, rest = sum, rest[n:]
	}
	if total.c == 0 {
		return finding{}, false
	}
	return finding{Value: Value{Kind: Quantity, Number: total.String(), Unit: "year"}, raw: total, next: i + 1}, true
}

// numeralPrefix returns the longest cardinal that s begins with, and its length.
func numeralPrefix(s string) (int, decimal) {
	for end := len(s); end > 0; end-- {
		tags := findWord(numerals, s[:end])
		if strings.HasPrefix(tags, "n") {
			arg, _, _ := strings.Cut(tags[1:], " ")
			d, ok := wordValue(arg)
			if ok {
				return end, d
			}
		}
	}
	return 0, decimal{}
}
