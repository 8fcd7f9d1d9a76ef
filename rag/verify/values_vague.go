package verify

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// vague are words for amounts without a number ("hundreds of"), with the power of ten that they name, and words for rates, by
// class. Each is a beginning of words, in Chinese a part of the text; a claim's must be the passages' too.
func vague() []struct {
	power int
	words string
} {
	return []struct {
		power int
		words string
	}{
		{1, "dozen|десятк|десятки|数十|几十"},
		{2, "hundreds|сотн|сотен|数百|几百|上百"},
		{3, "thousands|тысяч|тисяч|数千|几千|上千"},
		{6, "millions|миллионы|миллионов|миллионах|мільйон|数百万|几百万"},
		{9, "billions|миллиарды|миллиардов|миллиардах|мільярд|数十亿|几十亿"},
		{12, "trillions|триллион|трильйон|数万亿"},
	}
}

func rates() [3]string {
	return [3]string{
		"a year|per year|per annum|annual|annually|yearly|each year|every year|в год|ежегодн|годов|на рік|щороку|щорічн|річн|每年|年均|年度|一年|/年",
		"a month|per month|monthly|each month|every month|в месяц|ежемесячн|на місяць|щомісяч|每月|月均|一个月",
		"a day|per day|daily|each day|every day|в день|в сутки|ежедневн|суточн|на день|на добу|щодня|щоденн|每天|每日|日均",
	}
}

// missingAmount returns a vague amount or a rate of the claim that the passages contradict or lack.
func missingAmount(claim *sentence, units []*unit) (string, bool) {
	bare := unvalued(claim)
	for _, class := range vague() {
		word, ok := wordOf(bare, class.words)
		if ok && !hasAmount(units, class.power, class.words) {
			return word, true
		}
	}
	all := rates()
	of := func(s *sentence) (classes int, word string) {
		for i, words := range all {
			if w, ok := wordOf(strings.ToLower(s.text), words); ok {
				classes |= 1 << i
				word = w
			}
		}
		return classes, word
	}
	said, word := of(claim)
	have := 0
	for _, u := range units {
		classes, _ := of(u.sentence)
		have |= classes
	}
	if said != 0 && have != 0 && said&have == 0 {
		return word, true
	}
	return "", false
}

// hasAmount tells whether a sentence has the same vague amount, or a number of its size.
func hasAmount(units []*unit, power int, words string) bool {
	for _, u := range units {
		if _, ok := wordOf(unvalued(u.sentence), words); ok {
			return true
		}
		for _, v := range u.values {
			if x, ok := float(v.Number); ok && x >= math.Pow10(power) && x < math.Pow10(power+3) {
				return true
			}
		}
	}
	return false
}

// unvalued is the text of a sentence in small letters, without its values.
func unvalued(s *sentence) string {
	var b strings.Builder
	last := 0
	for _, v := range s.values {
		if v.Start >= last {
			b.WriteString(s.text[last:v.Start])
			last = v.End
		}
	}
	b.WriteString(s.text[last:])
	return strings.ToLower(b.String())
}

// wordOf finds the first of some words, parted by bars, at the beginning of a word; Chinese ones anywhere.
func wordOf(s, words string) (string, bool) {
	for w := range strings.SplitSeq(words, "|") {
		for from := 0; ; {
			at := strings.Index(s[from:], w)
			if at < 0 {
				break
			}
			at += from
			if begins(s, at) || isHan([]rune(w)[0]) {
				return w, true
			}
			from = at + len(w)
		}
	}
	return "", false
}

// begins tells whether a word begins at a byte of s.
func begins(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	return !unicode.IsLetter(before) && !unicode.IsDigit(before)
}
