package text_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
)

func keys(s string, lang text.Lang) string {
	var out []string
	for _, v := range text.Values(s, lang) {
		out = append(out, v.Key())
	}
	return strings.Join(out, "; ")
}

func TestValues(t *testing.T) {
	t.Parallel()
	const en, ru, uk, zh = text.EN, text.RU, text.UK, text.ZH
	tests := []struct {
		lang    text.Lang
		s, want string
	}{
		// numbers in digits
		{en, "It has 42 ports.", "42"},
		{en, "It has 4,184 ports.", "4184"},
		{en, "It has 1,234,567 ports.", "1234567"},
		{en, "It grew by 3.75 points.", "3.75"},
		{ru, "Вес 3,75 на 4", "3.75; 4"},
		{ru, "У них 4 184 порта", "4184"},
		{ru, "У них 4\u00a0184\u00a0000 портов", "4184000"},
		{ru, "У них 1.234.567 портов", "1234567"},
		{uk, "Це 2,5 рази", "2.5"},
		{zh, "共有4,184个", "4184"},
		{zh, "共有４１８４个", "4184"},
		{en, "It fell to -5 or −6.5 there.", "-5; -6.5"},
		{en, "minus 5 degrees", "-5"},
		{ru, "минус 12 градусов", "-12"},
		{zh, "负5度", "-5"},
		{en, "an id 1234567890123456789012 here", ""},
		{en, "no numbers here", ""},
		{en, "", ""},
		// scale
		{en, "2.42 billion", "2420000000"},
		{en, "2,420 million", "2420000000"},
		{ru, "2,42 млрд", "2420000000"},
		{ru, "2,42 миллиарда", "2420000000"},
		{uk, "2,42 мільярда", "2420000000"},
		{zh, "24.2亿", "2420000000"},
		{en, "240 billion; 240bn; 240-billion", "240000000000; 240000000000; 240000000000"},
		{ru, "240 млрд", "240000000000"},
		{zh, "2400亿", "240000000000"},
		{zh, "2.4万亿", "2400000000000"},
		{zh, "1亿2000万", "120000000"},
		{zh, "2万3千亿", "2300000000000"},
		{zh, "3000多万人", "30000000"},
		{zh, "5兆", "5000000000000"},
		{zh, "24.2億", "2420000000"},
		{ru, "5 тыс. машин", "5000"},
		{ru, "5 тысяч миллиардов", "5000000000000"},
		{uk, "5 тис. машин", "5000"},
		{en, "240k users", "240000"},
		{en, "2 and a half million", "2500000"},
		{ru, "два с половиной миллиона", "2500000"},
		{en, "half a million", "500000"},
		{ru, "полмиллиона", "500000"},
		{ru, "полтора миллиарда", "1500000000"},
		{en, "a million reasons", "1000000"},
		{ru, "миллион причин", "1000000"},
		{zh, "一百万个", "1000000"},
		// vague amounts are none
		{en, "millions of people, hundreds of ships", ""},
		{ru, "миллионы людей, сотни кораблей, тысячи", ""},
		{zh, "数百艘，几十个，成千上万", ""},
		{zh, "老百姓千万不要", ""},
		// words
		{en, "forty-two", "42"},
		{en, "forty two", "42"},
		{en, "two hundred and forty", "240"},
		{en, "two thousand three hundred and five", "2305"},
		{en, "twelve points", "12"},
		{en, "a hundred and one", "101"},
		{en, "nineteen ninety-one", "1991"},
		{en, "one, two and three", "1; 2; 3"},
		{ru, "сорок два", "42"},
		{ru, "сорока двух", "42"},
		{ru, "сорока двумя", "42"},
		{ru, "двести сорок миллиардов", "240000000000"},
		{ru, "двенадцать пунктов", "12"},
		{ru, "пятьсот", "500"},
		{ru, "о тридцати шести", "36"},
		{uk, "сорок два", "42"},
		{uk, "сорока двох", "42"},
		{uk, "п'ятдесят шість", "56"},
		{uk, "п’ятьсот", ""},
		{uk, "п’ятсот", "500"},
		{uk, "вісімнадцять", "18"},
		{zh, "四十二", "42"},
		{zh, "十二点", "12"},
		{zh, "二百四十", "240"},
		{zh, "一百零五", "105"},
		{zh, "两千三百零五", "2305"},
		{zh, "三点五", "3.5"},
		{zh, "二十多个", "20"},
		// ordinals and ranks
		{en, "the second and the 20th", "2; 20"},
		{en, "twenty-first", "21"},
		{ru, "второй и 20-й", "2; 20"},
		{ru, "двадцать первого", "21"},
		{ru, "XX съезд", "20"},
		{zh, "第二", "2"},
		{en, "the number one supplier, No. 1", "1; 1"},
		{en, "number-one", "1"},
		{ru, "№ 1 и номер один", "1; 1"},
		// percent
		{en, "49 percent", "percent:49"},
		{en, "49%", "percent:49"},
		{en, "49 per cent", "percent:49"},
		{en, "forty-nine percent", "percent:49"},
		{ru, "49 процентов", "percent:49"},
		{ru, "49 %", "percent:49"},
		{ru, "49 проц.", "percent:49"},
		{ru, "сорок девять процентов", "percent:49"},
		{uk, "49 відсотків", "percent:49"},
		{zh, "百分之四十九", "percent:49"},
		{zh, "百分之49", "percent:49"},
		{zh, "49％", "percent:49"},
		{en, "-0.5%", "percent:-0.5"},
		{en, "40–45 percent", "percent:40; percent:45"},
		{en, "between 40 and 45 percent", "percent:40; percent:45"},
		{ru, "от 40 до 45 процентов", "percent:40; percent:45"},
		{zh, "40%至45%", "percent:40; percent:45"},
		{en, "5 percentage points", "percent:5 pp"},
		{ru, "5 процентных пунктов", "percent:5 pp"},
		{ru, "5 п. п.", "percent:5 pp"},
		{zh, "5个百分点", "percent:5 pp"},
		// money
		{en, "$2.42 billion", "money:2420000000 USD"},
		{en, "US$2.42bn", "money:2420000000 USD"},
		{en, "$240b and $5m", "money:240000000000 USD; money:5000000 USD"},
		{en, "2.42 billion U.S. dollars", "money:2420000000 USD"},
		{en, "USD 5 million", "money:5000000 USD"},
		{ru, "2,42 млрд долл. США", "money:2420000000 USD"},
		{ru, "2,42 млрд. долл.", "money:2420000000 USD"},
		{ru, "$2,42 млрд", "money:2420000000 USD"},
		{ru, "2,42 миллиарда американских долларов", "money:2420000000 USD"},
		{uk, "2,42 млрд доларів", "money:2420000000 USD"},
		{zh, "24.2亿美元", "money:2420000000 USD"},
		{zh, "二十四亿美元", "money:2400000000 USD"},
		{en, "5 trillion rubles", "money:5000000000000 RUB"},
		{ru, "5 трлн руб.", "money:5000000000000 RUB"},
		{ru, "5 трлн ₽", "money:5000000000000 RUB"},
		{zh, "5万亿卢布", "money:5000000000000 RUB"},
		{en, "500 million yuan", "money:500000000 CNY"},
		{ru, "500 млн юаней", "money:500000000 CNY"},
		{zh, "5亿元", "money:500000000 CNY"},
		{zh, "人民币5亿元", "money:500000000 CNY"},
		{en, "€30 million", "money:30000000 EUR"},
		{ru, "30 млн евро", "money:30000000 EUR"},
		{zh, "3000万欧元", "money:30000000 EUR"},
		{en, "$2–3 billion", "money:2000000000 USD; money:3000000000 USD"},
		{en, "from $2 billion to $3 billion", "money:2000000000 USD; money:3000000000 USD"},
		{ru, "2–3 млрд долларов", "money:2000000000 USD; money:3000000000 USD"},
		{zh, "20至30亿美元", "money:2000000000 USD; money:3000000000 USD"},
		// quantities
		{en, "4,184 km", "quantity:4184 km"},
		{en, "4184 kilometers", "quantity:4184 km"},
		{ru, "4184 км", "quantity:4184 km"},
		{ru, "4 184 километра", "quantity:4184 km"},
		{zh, "4184公里", "quantity:4184 km"},
		{en, "2,600-mile border", "quantity:2600 mile"},
		{ru, "2600 миль", "quantity:2600 mile"},
		{zh, "2600英里", "quantity:2600 mile"},
		{en, "38 billion cubic meters", "quantity:38000000000 m3"},
		{en, "38 bcm", "quantity:38000000000 m3"},
		{ru, "38 млрд куб. м", "quantity:38000000000 m3"},
		{ru, "38 млрд кубометров", "quantity:38000000000 m3"},
		{zh, "380亿立方米", "quantity:38000000000 m3"},
		{ru, "17 млн кв. км", "quantity:17000000 km2"},
		{en, "17 million km²", "quantity:17000000 km2"},
		{zh, "1700万平方公里", "quantity:17000000 km2"},
		{en, "107 million metric tons", "quantity:107000000 t"},
		{ru, "107 млн тонн", "quantity:107000000 t"},
		{zh, "1.07亿吨", "quantity:107000000 t"},
		{en, "2 million barrels a day", "quantity:2000000 bbl"},
		{ru, "2 млн баррелей в сутки", "quantity:2000000 bbl"},
		{zh, "200万桶", "quantity:2000000 bbl"},
		{en, "a 30-year contract", "quantity:30 year"},
		{ru, "30-летний контракт", "quantity:30 year"},
		{zh, "30年合同", "quantity:30 year"},
		{en, "the 75th anniversary", "quantity:75 year"},
		{en, "seventy-five years", "quantity:75 year"},
		{ru, "75-летие", "quantity:75 year"},
		{ru, "75 лет", "quantity:75 year"},
		{zh, "75周年", "quantity:75 year"},
		{en, "two decades", "quantity:20 year"},
		{ru, "двух десятилетий", "quantity:20 year"},
		{zh, "二十年", "quantity:20 year"},
		{en, "over the past decade", "quantity:10 year"},
		{ru, "за последнее десятилетие", "quantity:10 year"},
		{zh, "过去十年", "quantity:10 year"},
		{zh, "六个月", "quantity:6 month"},
		{en, "six months", "quantity:6 month"},
		{zh, "500兆瓦和5亿千瓦时", "quantity:500 MW; quantity:500000000 kWh"},
		{en, "between 2000 and 3000 kilometers", "quantity:2000 km; quantity:3000 km"},
		// years, decades, centuries
		{en, "in 2022", "2022"},
		{ru, "в 2022 году", "2022"},
		{ru, "в 2022 г. выросла", "2022"},
		{uk, "у 2022 році", "2022"},
		{zh, "2022年", "2022"},
		{zh, "二〇二二年", "2022"},
		{ru, "две тысячи двадцать второй год", "2022"},
		{en, "from 2014 to 2022", "2014; 2022"},
		{en, "2014–2022", "2014; 2022"},
		{en, "2022–23", "2022; 2023"},
		{ru, "в 2014–2022 годах", "2014; 2022"},
		{zh, "2014年至2022年", "2014; 2022"},
		{en, "in the 1990s", "decade:1990"},
		{ru, "в 1990-х годах", "decade:1990"},
		{ru, "в 1990-е", "decade:1990"},
		{ru, "в 90-х", "decade:1990"},
		{ru, "в девяностые годы", "decade:1990"},
		{en, "the nineties", "decade:1990"},
		{zh, "1990年代", "decade:1990"},
		{zh, "20世纪90年代", "decade:1990"},
		{zh, "二十世纪九十年代", "decade:1990"},
		{zh, "上世纪90年代", "decade:1990"},
		{en, "the 21st century", "century:21"},
		{en, "the twenty-first century", "century:21"},
		{ru, "XXI век", "century:21"},
		{ru, "в двадцать первом веке", "century:21"},
		{uk, "ХХІ століття", "century:21"},
		{zh, "21世纪", "century:21"},
		{zh, "二十一世纪", "century:21"},
		{en, "the 19th and 20th centuries", "century:19; century:20"},
		{ru, "XIX–XX веков", "century:19; century:20"},
		{en, "Xi Jinping and the mid-2022 talks", "2022"},
		// dates
		{en, "February 2022", "date:2022-02"},
		{en, "in Feb. 2022", "date:2022-02"},
		{ru, "в феврале 2022 года", "date:2022-02"},
		{uk, "у лютому 2022 року", "date:2022-02"},
		{zh, "2022年2月", "date:2022-02"},
		{zh, "二〇二二年二月", "date:2022-02"},
		{en, "February 4, 2022", "date:2022-02-04"},
		{en, "4 February 2022", "date:2022-02-04"},
		{en, "the 4th of February 2022", "date:2022-02-04"},
		{en, "on Feb. 4", "date:--02-04"},
		{ru, "4 февраля 2022 года", "date:2022-02-04"},
		{ru, "4-го февраля", "date:--02-04"},
		{ru, "04.02.2022", "date:2022-02-04"},
		{en, "2022-02-04", "date:2022-02-04"},
		{zh, "2022年2月4日", "date:2022-02-04"},
		{zh, "2月4日", "date:--02-04"},
		{en, "20 May 2026", "date:2026-05-20"},
		{en, "May 19–20, 2026", "date:2026-05-19; date:2026-05-20"},
		{en, "19–20 May 2026", "date:2026-05-19; date:2026-05-20"},
		{ru, "19–20 мая 2026 года", "date:2026-05-19; date:2026-05-20"},
		{ru, "с 19 по 20 мая 2026 года", "date:2026-05-19; date:2026-05-20"},
		{zh, "2026年5月19日至20日", "date:2026-05-19; date:2026-05-20"},
		{en, "in February and March 2022", "date:2022-02; date:2022-03"},
		{ru, "в феврале и марте 2022 года", "date:2022-02; date:2022-03"},
		{zh, "2022年2月和3月", "date:2022-02; date:2022-03"},
		{en, "in May", "date:--05"},
		{ru, "в мае", "date:--05"},
		{zh, "5月", "date:--05"},
		{en, "they may march second to none", "2"},
		{en, "24.02.2022 at 10", "date:2022-02-24; 10"},
		// quarters and halves
		{en, "the first quarter of 2024", "period:2024-Q1"},
		{en, "Q1 2024", "period:2024-Q1"},
		{ru, "в первом квартале 2024 года", "period:2024-Q1"},
		{ru, "I квартал 2024 года", "period:2024-Q1"},
		{zh, "2024年第一季度", "period:2024-Q1"},
		{en, "the first half of 2024", "period:2024-H1"},
		{ru, "в первом полугодии 2024 года", "period:2024-H1"},
		{zh, "2024年上半年", "period:2024-H1"},
		// fractions, both, labels
		{en, "half of it", "fraction:1/2"},
		{ru, "половина", "fraction:1/2"},
		{zh, "一半", "fraction:1/2"},
		{en, "a third of it", "fraction:1/3"},
		{en, "two-thirds", "fraction:2/3"},
		{ru, "две трети", "fraction:2/3"},
		{zh, "三分之二", "fraction:2/3"},
		{en, "a third country", "3"},
		{en, "both", "both"},
		{ru, "обе стороны", "both"},
		{zh, "双方", "both"},
		{en, "the S-400 and COVID-19", "label:400; label:19"},
		{ru, "Су-35", "label:35"},
		{en, "the G20 and 5G", ""},
		{en, "half a century", "quantity:50 year"},
		{ru, "полвека", "quantity:50 year"},
		{zh, "半个世纪", "quantity:50 year"},
	}
	for _, tt := range tests {
		t.Run(string(tt.lang)+" "+tt.s, func(t *testing.T) {
			t.Parallel()
			if got := keys(tt.s, tt.lang); got != tt.want {
				t.Errorf("Values(%q, %s) = %q, want %q", tt.s, tt.lang, got, tt.want)
			}
		})
	}
}

// Wordings of one sentence in three languages have equal sets of values.
func TestValuesAcrossLanguages(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, en, ru, zh string }{
		{
			"trade",
			"In 2021 the trade of the two islands grew by 34.5 percent to a record $1.37 billion.",
			"В 2021 году торговля двух островов выросла на 34,5 процента, до рекордных 1,37 млрд долл.",
			"2021年，两岛贸易额增长34.5%，达到创纪录的13.7亿美元。",
		},
		{
			"pipeline",
			"The 1,250-kilometer pipeline opened on 3 June 2019 and carries 15 billion cubic meters a year under a thirty-year contract.",
			"Газопровод длиной 1250 километров открыли 3 июня 2019 года; по тридцатилетнему контракту он даёт 15 млрд кубометров в год.",
			"这条1250公里长的管道于2019年6月3日开通，根据为期三十年的合同每年输送150亿立方米。",
		},
		{
			"vote",
			"On March 2, 2014, 141 members voted for it, five against, and 35 abstained.",
			"2 марта 2014 года за неё голосовал 141 член, против — пять, воздержались 35.",
			"2014年3月2日，141个成员投赞成票，五个反对，35个弃权。",
		},
		{
			"history",
			"Between the 1960s and the 1980s some 658 thousand soldiers stood there; in the twentieth century no other border had more.",
			"В период с 1960-х по 1980-е там стояло около 658 тысяч солдат; в XX веке ни на одной границе их не было больше.",
			"20世纪60年代至80年代，那里驻有约65.8万名士兵；二十世纪没有别的边界更多。",
		},
		{
			"shares",
			"Its share rose from 19 to 28 percent between February and December 2022.",
			"С февраля по декабрь 2022 года его доля выросла с 19 до 28 процентов.",
			"2022年2月至12月，其份额从19%升至28%。",
		},
	}
	set := func(s string, lang text.Lang) []string {
		var out []string
		for _, v := range text.Values(s, lang) {
			if !v.Small() {
				out = append(out, v.Key())
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			en := set(tt.en, text.EN)
			if len(en) < 2 {
				t.Errorf("Values(%q) = %q: too few", tt.en, en)
			}
			if diff := cmp.Diff(en, set(tt.ru, text.RU)); diff != "" {
				t.Errorf("English and Russian differ (-en +ru):\n%s", diff)
			}
			if diff := cmp.Diff(en, set(tt.zh, text.ZH)); diff != "" {
				t.Errorf("English and Chinese differ (-en +zh):\n%s", diff)
			}
		})
	}
}

func TestValueSmall(t *testing.T) {
	t.Parallel()
	tests := []struct {
		s    string
		want bool
	}{
		{"one", true},
		{"12", true},
		{"twelfth", true},
		{"13", false},
		{"half", true},
		{"both", true},
		{"one year", true},
		{"five years", false},
		{"5%", false},
		{"$5", false},
		{"2022", false},
		{"S-400", true},
	}
	for _, tt := range tests {
		got := text.Values(tt.s, text.EN)
		if len(got) != 1 || got[0].Small() != tt.want {
			t.Errorf("Values(%q) = %+v, want one with Small() = %t", tt.s, got, tt.want)
		}
	}
}

func TestValueEqual(t *testing.T) {
	t.Parallel()
	a := text.Values("$2.42 billion", text.EN)[0]
	b := text.Values("24.2亿美元", text.ZH)[0]
	c := text.Values("€2.42 billion", text.EN)[0]
	if !a.Equal(b) || a.Equal(c) {
		t.Errorf("%s = %s: %t; %s = %s: %t", a.Key(), b.Key(), a.Equal(b), a.Key(), c.Key(), a.Equal(c))
	}
	s := "It cost $2.42 billion then."
	if got := text.Values(s, text.EN)[0].In(s); got != "$2.42 billion" {
		t.Errorf("span = %q", got)
	}
}

func FuzzValues(f *testing.F) {
	for _, s := range []string{
		"$2–3 billion, 49% in May 19–20, 2026", "сорок два млрд. долл. США в XIX–XX вв.", "1亿2000万多点五百分之三分之二〇二二年二月",
		"-5 −6 S-400 №1 No. 1 5G", "999999999999999999 万亿兆兆兆兆兆兆 billion billion billion billion", "\xff1\xfe", "２０２２年", "24.02.2022-02-24",
		"半 第 负 几十 个 上世纪90年代", "half a", "5 п.", "two hundred and",
	} {
		f.Add(s, "ru")
		f.Add(s, "zh")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		at := 0
		for _, v := range text.Values(s, text.Lang(lang)) {
			if v.Start < at || v.End <= v.Start || v.End > len(s) {
				t.Fatalf("Values(%q): span %v after %d", s, v.Span, at)
			}
			if utf8.ValidString(s) && !utf8.ValidString(v.In(s)) {
				t.Errorf("Values(%q): %q cuts a character", s, v.In(s))
			}
			if v.Kind == "" || v.Key() == "" || !v.Equal(v) {
				t.Errorf("Values(%q): bad value %+v", s, v)
			}
			at = v.End
		}
	})
}

func BenchmarkValues(b *testing.B) {
	for _, bb := range []struct {
		lang text.Lang
		s    string
	}{
		{text.EN, "In 2021 the trade of the two islands grew by 34.5 percent to a record $1.37 billion, up from the first quarter of 2019."},
		{text.RU, "В 2021 году торговля двух островов выросла на 34,5 процента, до рекордных 1,37 млрд долл., по сравнению с 2019 годом."},
		{text.ZH, "2021年，两岛贸易额增长34.5%，达到创纪录的13.7亿美元，高于2019年第一季度。"},
	} {
		b.Run(string(bb.lang), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Values(bb.s, bb.lang)
			}
		})
	}
}
