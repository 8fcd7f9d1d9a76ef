package eval

import (
	"regexp"
	"slices"
	"strings"

	"amur/internal/text"
)

// notations write a number or date of the sentence in another way that means the same.
func (s site) notations() []change {
	var made []change
	for _, rule := range s.rewritings() {
		re := regexp.MustCompile(rule[0])
		if !re.MatchString(s.claim) {
			continue
		}
		made = append(made, change{re.ReplaceAllString(s.claim, rule[1]), "notation: " + re.FindString(s.claim)})
	}
	return slices.DeleteFunc(made, func(m change) bool { return !s.same(m.claim) })
}

// same tells whether a claim has the values of the sentence, as its language reads them.
func (s site) same(claim string) bool {
	keys := func(s string, lang text.Lang) []string {
		var list []string
		for _, v := range text.Values(s, lang) {
			list = append(list, v.Key())
		}
		slices.Sort(list)
		return list
	}
	return slices.Equal(keys(s.claim, s.lang), keys(claim, s.lang))
}

// rewritings are patterns and what is put in their place.
func (s site) rewritings() [][2]string {
	var rules [][2]string
	switch s.lang {
	case text.EN:
		rules = [][2]string{
			{`\$(\d+(?:\.\d+)?) (million|billion|trillion)`, `$1 $2 dollars`},
			{`\$(\d+(?:\.\d+)?) billion`, `$$${1}bn`},
			{`\$(\d+)\.(\d)(\d) billion`, `$$$1,${2}${3}0 million`},
			{`\$(\d+) billion`, `$$$1,000 million`},
			{`(\d+) percent`, `$1%`},
			{`(\d),(\d{3}) (miles|kilometers)`, `$1$2 $3`},
			{`kilometers`, `km`},
			{`\bforty-two\b`, `42`},
			{`\btwelve\b`, `12`},
			{`\bseventy-five years`, `75 years`},
			{`\btwenty-first century`, `21st century`},
			{`\bsixth\b`, `6th`},
			{`\b(January|February|August|September|October|November|December) (\d{4})`, `$1 of $2`},
			{`\b(Jan|Feb|Aug|Oct|Nov|Dec)[a-z]+ (\d{4})`, `$1. $2`},
			{`\b(\d{3})0s\b`, `decade that began in ${1}0`},
		}
	case text.RU:
		rules = [][2]string{
			{`(\d) млрд долларов`, `$1 миллиардов долларов`},
			{`(\d+(?:,\d+)?) млрд долларов`, `$$$1 млрд`},
			{`(\d+),(\d)(\d) млрд долларов`, `$1 ${2}${3}0 млн долларов`},
			{`(\d+) %`, `$1 процентов`},
			{`(\d+) %`, `$1%`},
			{`(\d)(\d{3}) км`, `$1 $2 км`},
			{` км`, ` километров`},
			{`(\d{4}) год[ау]( \p{L})`, `$1 г.$2`},
			{`\b12 пунктов`, `двенадцати пунктов`},
			{`XXI век`, `21-го век`},
			{`75-летие`, `семидесятипятилетие`},
		}
	case text.ZH:
		rules = [][2]string{
			{`(\d+)亿美元`, `${1}.0亿美元`},
			{`(\d+)00亿美元`, `0.${1}万亿美元`},
			{`(\d+)\.(\d)亿美元`, `$1亿${2}000万美元`},
			{`(\d+)%`, `百分之$1`},
			{`(\d)(\d{3})公里`, `$1,$2公里`},
			{`公里`, `千米`},
			{`(\d{4})年`, `$1 年`},
			{`21世纪`, `二十一世纪`},
			{`42次`, `四十二次`},
			{`第六`, `第6`},
			{`12点`, `十二点`},
			{`(\d{4})年9月`, `$1年九月`},
			{`(\d{4})年2月`, `$1年二月`},
			{`(\d{4})年10月`, `$1年十月`},
		}
	}
	return slices.DeleteFunc(rules, func(rule [2]string) bool { return strings.TrimSpace(rule[0]) == "" })
}
