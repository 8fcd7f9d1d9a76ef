package text_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
)

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
		"半 第 负 几十 个 上世纪90年代", "half a", "5 п.", "two hundred and", "第", "№", "number one-", "minus", "$", "1/", "一又", "百分之",
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
