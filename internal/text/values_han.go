package text

import (
	"strings"
	"unicode/utf8"
)

// hanNumerals are the characters that Chinese numbers begin with or consist of.
const hanNumerals = "零〇一二三四五六七八九十两兩百千万萬亿億兆"

func hanDigit(r rune) int {
	switch r {
	case '零', '〇':
		return 0
	case '两', '兩':
		return 2
	}
	if i := strings.IndexRune("一二三四五六七八九", r); i >= 0 {
		return i/3 + 1
	}
	return -1
}

// hanScale returns the power of ten of a Chinese multiplier, or 0. 兆 is 10^12,
// as in Taiwan and in what newspapers count.
func hanScale(r rune) int {
	switch r {
	case '十':
		return 1
	case '百':
		return 2
	case '千':
		return 3
	case '万', '萬':
		return 4
	case '亿', '億':
		return 8
	case '兆':
		return 12
	}
	return 0
}

// scanNumerals reads a run of Chinese numerals; 点 or 點 between two digits is
// the decimal point, 多 and 余 inside ("三千多万") say no more than "about".
func (t *token) scanNumerals(s string) {
	t.kind = hanToken
	at := t.Start
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		if at > t.Start && prefixesUnit(s, at) {
			break
		}
		if !strings.ContainsRune(hanNumerals, r) {
			next, _ := utf8.DecodeRuneInString(s[at+n:])
			before, _ := utf8.DecodeLastRuneInString(s[:at])
			point := (r == '点' || r == '點') && hanDigit(next) >= 0 && hanDigit(before) >= 0
			about := strings.ContainsRune("多余餘", r) && hanScale(next) >= 4
			if at == t.Start || !point && !about {
				break
			}
		}
		at += n
	}
	t.End = at
	t.text = s[t.Start:at]
}

// prefixesUnit reports whether s[at:] is kilo or mega before a unit: 千瓦, 兆瓦.
func prefixesUnit(s string, at int) bool {
	r, n := utf8.DecodeRuneInString(s[at:])
	if r != '千' && r != '兆' {
		return false
	}
	unit, _ := utf8.DecodeRuneInString(s[at+n:])
	return strings.ContainsRune("瓦克米", unit)
}

// hanNumber reads the Chinese number that begins at token i: numerals, digits
// before multipliers (2.4万亿), or both (1亿2000万). year is set when it is a run
// of bare digits (二〇二二). next is i when there is no number.
func (p *parser) hanNumber(i int) (value decimal, scale, next int, year bool) {
	var total, section, pending decimal
	have, sum, digits, started := false, 0, 0, false
	add := func(x decimal) {
		if y, ok := section.add(x); ok {
			section = y
		}
	}
	next = i
	for ; next < len(p.toks); next++ {
		t := p.toks[next]
		if t.kind == digitToken {
			if next > i && (t.spaced || have || p.toks[next-1].kind == digitToken) {
				break
			}
			pending, have = t.num, true
			sum++
			continue
		}
		if t.kind != hanToken {
			if next > i && !t.spaced && (t.text == "多" || t.text == "余" || t.text == "餘") && next+1 < len(p.toks) && p.toks[next+1].kind == hanToken && hanScale(firstRune(p.toks[next+1].text)) >= 4 {
				continue
			}
			break
		}
		afterPoint := 0
		for k, r := range t.text {
			d, e := hanDigit(r), hanScale(r)
			switch {
			case r == '点' || r == '點':
				afterPoint = 1
			case d >= 0 && afterPoint > 0:
				if y, ok := pending.add(integer(d).shift(-afterPoint)); ok {
					pending = y
				}
				afterPoint++
			case d >= 0 && have: // digits in a row
				digits++
				y, ok := pending.shift(1).add(integer(d))
				if !ok || pending.e < 0 {
					return decimal{}, 0, i, false
				}
				pending = y
			case d >= 0:
				pending, have = integer(d), d != 0 || !started // 一百零五
			case e == 0: // 多, 余
			case e < 4:
				if !have {
					if e > 1 || k > 0 && !started {
						return decimal{}, 0, i, false // 百姓, 千万
					}
					pending = integer(1)
				}
				add(pending.shift(e))
				pending, have, started = decimal{}, false, true
			default:
				if have {
					add(pending)
				}
				if total.c == 0 && section.c == 0 {
					return decimal{}, 0, i, false // 万一
				}
				if total.less(e) { // 2.4万亿, 2万3千亿
					section, _ = total.add(section)
					total = decimal{}
				}
				y, ok := total.add(section.shift(e))
				if !ok {
					return decimal{}, 0, i, false
				}
				total = y
				section, pending, have, started = decimal{}, decimal{}, false, true
				if scale == 4 && e == 8 {
					scale = 12
				} else {
					scale = max(scale, e)
				}
			}
		}
	}
	if have {
		add(pending)
	}
	value, ok := total.add(section)
	if !ok || next == i {
		return decimal{}, 0, i, false
	}
	if digits > 0 && !started && sum == 0 { // bare digits in a row
		n, _ := value.int()
		year = utf8.RuneCountInString(p.toks[i].text) == 4 && isYear(n)
		if !year {
			return decimal{}, 0, i, false
		}
	}
	return value.trim(), scale, next, year
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// hanUnit returns the end of the Chinese word at s[i:] that belongs to numbers
// and dates, with its meanings; other characters stand alone.
func hanUnit(s string, i int) (end int, tags string) {
	rest := s[i:]
	for _, u := range hanUnits(firstRune(rest)) {
		word, tags, _ := strings.Cut(u, " ")
		if strings.HasPrefix(rest, word) {
			return i + len(word), tags
		}
	}
	return i + utf8.RuneLen(firstRune(rest)), ""
}

// hanUnits lists the words that begin with r, longer before shorter.
func hanUnits(r rune) []string {
	switch r {
	case '年':
		return []string{"年代 E", "年 Y u:year"}
	case '月':
		return []string{"月份 M", "月 M"}
	case '日':
		return []string{"日元 c:JPY", "日圆 c:JPY", "日圓 c:JPY", "日 T"}
	case '号', '號':
		return []string{string(r) + " T"}
	case '世':
		return []string{"世纪 C", "世紀 C"}
	case '个', '個':
		g := string(r)
		return []string{g + "百分点 pp", g + "百分點 pp", g + "世纪 G", g + "世紀 G", g + "月 u:month", g + "小时 u:hour", g + "小時 u:hour", g + "星期 u:week", g + "基点 u:bp", g + "基點 u:bp", g + "季度 Z", g}
	case '美':
		return []string{"美元 c:USD", "美金 c:USD"}
	case '元':
		return []string{"元 c:CNY"}
	case '人':
		return []string{"人民币 c:CNY", "人民幣 c:CNY"}
	case '卢', '盧':
		return []string{"卢布 c:RUB", "盧布 c:RUB"}
	case '欧', '歐':
		return []string{"欧元 c:EUR", "歐元 c:EUR"}
	case '英':
		return []string{"英镑 c:GBP", "英鎊 c:GBP", "英里 u:mile", "英尺 u:ft", "英亩 u:acre", "英畝 u:acre"}
	case '印':
		return []string{"印度卢比 c:INR", "印度盧比 c:INR"}
	case '韩', '韓':
		return []string{"韩元 c:KRW", "韓元 c:KRW", "韓圜 c:KRW"}
	case '港':
		return []string{"港元 c:HKD", "港币 c:HKD", "港幣 c:HKD"}
	case '坚', '堅':
		return []string{"坚戈 c:KZT", "堅戈 c:KZT"}
	}
	return hanMeasures(r)
}

// hanMeasures lists units of measure, percent and the words of parts.
func hanMeasures(r rune) []string {
	switch r {
	case '公':
		return []string{"公里 u:km", "公斤 u:kg", "公顷 u:ha", "公頃 u:ha", "公吨 u:t", "公噸 u:t", "公尺 u:m"}
	case '米':
		return []string{"米 u:m"}
	case '海':
		return []string{"海里 u:nmi", "海浬 u:nmi"}
	case '平':
		return []string{"平方公里 u:km2", "平方千米 u:km2", "平方英里 u:mile2", "平方米 u:m2", "平方公尺 u:m2"}
	case '立':
		return []string{"立方米 u:m3", "立方公尺 u:m3"}
	case '吨', '噸':
		return []string{string(r) + " u:t"}
	case '桶':
		return []string{"桶 u:bbl"}
	case '兆':
		return []string{"兆瓦 u:MW"}
	case '千':
		return []string{"千瓦时 u:kWh", "千瓦時 u:kWh", "千米 u:km", "千克 u:kg"}
	case '吉':
		return []string{"吉瓦 u:GW"}
	case '小':
		return []string{"小时 u:hour", "小時 u:hour"}
	case '分':
		return []string{"分钟 u:minute", "分鐘 u:minute", "分之 /"}
	case '天':
		return []string{"天 u:day"}
	case '周', '週':
		return []string{"周年 u:year", "週年 u:year", string(r) + " u:week"}
	case '载':
		return []string{"载 u:year"}
	case '季':
		return []string{"季度 Z", "季 Z"}
	case '上':
		return []string{"上半年 H1", "上个世纪 X20", "上個世紀 X20", "上世纪 X20", "上世紀 X20"}
	case '下':
		return []string{"下半年 H2"}
	case '本':
		return []string{"本世纪 X21", "本世紀 X21"}
	case '半':
		return []string{"半个世纪 u:50y", "半個世紀 u:50y", "半数 f1/2", "半數 f1/2"}
	case '第':
		return []string{"第 K"}
	case '几', '幾':
		return []string{string(r) + " V"}
	case '数', '數':
		return []string{string(r) + " V"}
	case '双', '雙':
		return []string{"双方 b", "雙方 b"}
	case '负', '負':
		return []string{string(r) + " -"}
	}
	return nil
}
