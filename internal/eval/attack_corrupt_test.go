package eval_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/knowledge"
)

// corrupted makes all pairs of the built-in documents.
func corrupted(t testing.TB, limit int) []eval.Pair {
	t.Helper()
	base, err := knowledge.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	facts, err := eval.ReadFacts(bytes.NewReader(knowledge.BuiltinFacts()))
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := eval.Corrupt(base, eval.CorruptOptions{Limit: limit, Facts: facts})
	if err != nil {
		t.Fatal(err)
	}
	return pairs
}

// TestCorruptBuiltin holds what every pair must be, over all that can be made from the built-in documents.
func TestCorruptBuiltin(t *testing.T) {
	t.Parallel()
	pairs := corrupted(t, 0)
	ids, groups := map[string]bool{}, map[string]int{}
	corruptions := 0
	for _, p := range pairs {
		if ids[p.ID] {
			t.Errorf("the id %s stands twice", p.ID)
		}
		ids[p.ID] = true
		groups[string(p.Kind)+" "+string(p.PassageLang)+">"+string(p.ClaimLang)]++
		if p.Heading == "" || p.Passage == "" || strings.TrimSpace(p.Claim) != p.Claim || p.Claim == p.Passage != (p.Kind == eval.Verbatim) {
			t.Errorf("pair %+v", p)
		}
		switch p.Kind {
		case eval.Verbatim, eval.Aligned, eval.Notation, eval.Shortened:
			continue
		}
		corruptions++
		known := keys(p.Passage+" "+p.Heading, p.PassageLang)
		switch p.Kind {
		case eval.WrongNumber, eval.WrongUnit, eval.WrongDate:
			if subset(keys(p.Claim, p.ClaimLang), known) {
				t.Errorf("%s: every value of %q stands in %q", p.ID, p.Claim, p.Passage)
			}
		case eval.Elsewhere:
			if !subset(keys(p.Claim, p.ClaimLang), known) && p.ClaimLang == p.PassageLang {
				t.Errorf("%s: a value of %q does not stand in %q", p.ID, p.Claim, p.Passage)
			}
		case eval.Addition:
			if len(p.Claim) < 20 {
				t.Errorf("%s: %q", p.ID, p.Claim)
			}
		}
	}
	if corruptions < 400 {
		t.Errorf("%d corrupted claims, want at least 400", corruptions)
	}
	for _, kind := range []eval.PairKind{
		eval.WrongNumber, eval.WrongUnit, eval.WrongDate, eval.WrongName, eval.WrongNegation, eval.WrongWay, eval.WrongPassage, eval.Addition,
		eval.Elsewhere, eval.Notation, eval.Shortened,
	} {
		for _, passage := range []string{"en", "ru", "zh"} {
			for _, claim := range []string{"en", "ru", "zh"} {
				if name := string(kind) + " " + passage + ">" + claim; groups[name] < 10 {
					t.Errorf("%d pairs of %s, want at least 10", groups[name], name)
				}
			}
		}
	}
}

func keys(s string, lang text.Lang) []string {
	var list []string
	for _, v := range text.Values(s, lang) {
		list = append(list, v.Key())
	}
	return list
}

func subset(some, all []string) bool {
	return !slices.ContainsFunc(some, func(key string) bool { return !slices.Contains(all, key) })
}

func TestCorruptSteady(t *testing.T) {
	t.Parallel()
	first, second := corrupted(t, 3), corrupted(t, 3)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
	counts := map[string]int{}
	for _, p := range first {
		counts[string(p.Kind)+string(p.PassageLang)+string(p.ClaimLang)]++
	}
	for group, n := range counts {
		if n > 3 {
			t.Errorf("%d pairs of %s, want at most 3", n, group)
		}
	}
	documents := map[string]bool{}
	for _, p := range first {
		name, _, _ := strings.Cut(p.ID, "#")
		documents[name] = true
	}
	if len(documents) < 8 {
		t.Errorf("pairs of %d documents, want them spread over at least 8", len(documents))
	}
}

// said makes pairs of one kind in the language of a section with the given sentences.
func said(t *testing.T, kind eval.PairKind, lang text.Lang, sentences ...string) []eval.Pair {
	t.Helper()
	document := func(id, heading string, paragraphs ...string) knowledge.Document {
		name := knowledge.DocumentID(id)
		return knowledge.Document{ID: name, Lang: lang, Title: "Title", Sections: []knowledge.Section{
			knowledge.NewSection(name, "section", heading, lang, paragraphs, nil),
		}}
	}
	base, err := knowledge.New([]knowledge.Document{document("one", "Heading", sentences...)})
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := eval.Corrupt(base, eval.CorruptOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(pairs, func(p eval.Pair) bool { return p.Kind != kind })
}

// TestCorruptRules shows what each rule makes of a sentence in each language. "" means that there is nothing to change.
func TestCorruptRules(t *testing.T) {
	t.Parallel()
	tests := []struct {
		kind     eval.PairKind
		lang     text.Lang
		in, want string
	}{
		{eval.WrongNumber, text.EN, "Steel output reached 48.2 million tonnes in 2019.", "Steel output reached 88.2 million tonnes in 2019."},
		{eval.WrongNumber, text.EN, "The ministers have met fourteen times since then.", "The ministers have met three times since then."},
		{eval.WrongNumber, text.EN, "The company ranked fourth among the suppliers.", "The company ranked sixth among the suppliers."},
		{eval.WrongNumber, text.EN, "The ministers never met again.", ""},
		{eval.WrongNumber, text.RU, "Выплавка стали выросла на 12 % и составила 48,2 млн тонн.", "Выплавка стали выросла на 12 % и составила 88,2 млн тонн."},
		{eval.WrongNumber, text.RU, "Завод посетили 42 делегации из разных стран.", "Завод посетили 82 делегации из разных стран."},
		{eval.WrongNumber, text.RU, "Завод занял шестое место среди поставщиков.", "Завод занял восьмое место среди поставщиков."},
		{eval.WrongNumber, text.ZH, "2019年钢产量达到4820万吨，增长12%。", "2019年钢产量达到8820万吨，增长12%。"},
		{eval.WrongNumber, text.ZH, "该公司在供应商中排第六位。", "该公司在供应商中排第八位。"},
		{eval.WrongUnit, text.EN, "The port cost $3 billion to build.", "The port cost $3 million to build."},
		{eval.WrongUnit, text.EN, "The road is 620 miles long.", "The road is 620 nautical miles long."},
		{eval.WrongUnit, text.EN, "The port was built in 2019.", ""},
		{eval.WrongUnit, text.RU, "Порт обошёлся в 3 млрд долларов.", "Порт обошёлся в 3 млрд евро."},
		{eval.WrongUnit, text.RU, "Длина дороги составляет 620 км.", "Длина дороги составляет 620 морских миль."},
		{eval.WrongUnit, text.ZH, "港口的建设费用为30亿美元。", "港口的建设费用为30亿欧元。"},
		{eval.WrongUnit, text.ZH, "这座港口建成于2019年，由两家公司经营。", ""},
		{eval.WrongDate, text.EN, "The treaty was signed on 14 March 1998 in Geneva.", "The treaty was signed on 15 March 1998 in Geneva."},
		{eval.WrongDate, text.EN, "The port opened in September 2019.", "The port opened in January 2019."},
		{eval.WrongDate, text.EN, "The port was closed in the 1990s.", "The port was closed in the 2010s."},
		{eval.WrongDate, text.RU, "Договор был подписан 14 марта 1998 года в Женеве.", "Договор был подписан 15 марта 1998 года в Женеве."},
		{eval.WrongDate, text.RU, "Порт открылся в сентябре 2019 года.", "Порт открылся в январе 2019 года."},
		{eval.WrongDate, text.RU, "В XXI веке порт расширили.", "В XX веке порт расширили."},
		{eval.WrongDate, text.ZH, "该条约于1998年3月14日在日内瓦签署。", "该条约于1999年3月14日在日内瓦签署。"},
		{eval.WrongDate, text.ZH, "港口在2019年9月投入使用。", "港口在2020年9月投入使用。"},
		{eval.WrongName, text.EN, "India sold more rice to the world than any other country.", "Egypt sold more rice to the world than any other country."},
		{eval.WrongName, text.EN, "The report was written by Susan Thornton.", ""},
		{eval.WrongName, text.RU, "Индия продала Ирану больше риса, чем раньше.", "Бразилия продала Ирану больше риса, чем раньше."},
		{eval.WrongName, text.RU, "Турецкие заводы закрылись.", "Иранские заводы закрылись."},
		{eval.WrongName, text.ZH, "印度的大米出口量居世界首位。", "土耳其的大米出口量居世界首位。"},
		{eval.WrongNegation, text.EN, "The ministers have agreed on a price.", "The ministers have not agreed on a price."},
		{eval.WrongNegation, text.EN, "The port is the largest of the region.", "The port is not the largest of the region."},
		{eval.WrongNegation, text.EN, "Fish exports rose in the spring.", "Fish exports did not rise in the spring."},
		{eval.WrongNegation, text.EN, "The shared border remains closed.", "The shared border does not remain closed."},
		{eval.WrongNegation, text.EN, "The port does not accept tankers.", "The port does indeed accept tankers."},
		{eval.WrongNegation, text.EN, "The ministers have never met in Geneva.", "The ministers have often met in Geneva."},
		{eval.WrongNegation, text.RU, "Министры договорились о цене на газ.", "Министры не договорились о цене на газ."},
		{eval.WrongNegation, text.RU, "Порт — крупнейший в регионе.", "Порт — не крупнейший в регионе."},
		{eval.WrongNegation, text.RU, "Порт не принимает танкеры.", "Порт принимает танкеры."},
		{eval.WrongNegation, text.RU, "Руководители портов встретились в Женеве.", "Руководители портов не встретились в Женеве."},
		{eval.WrongNegation, text.ZH, "这座港口是该地区最大的港口。", "这座港口不是该地区最大的港口。"},
		{eval.WrongNegation, text.ZH, "两国部长从未在日内瓦会晤。", "两国部长曾多次在日内瓦会晤。"},
		{eval.WrongNegation, text.ZH, "因为天气恶劣，船只停航三天。", ""},
		{eval.WrongWay, text.EN, "Steel prices rose in the spring.", "Steel prices fell in the spring."},
		{eval.WrongWay, text.EN, "Japan depends on India for rice.", "India depends on Japan for rice."},
		{eval.WrongWay, text.EN, "Japan and India signed the treaty.", ""},
		{eval.WrongWay, text.EN, "Moscow is the seat of the government of Russia.", ""},
		{eval.WrongWay, text.EN, "The twenty-first meeting took place in Geneva.", ""},
		{eval.WrongWay, text.RU, "Цены на сталь выросли весной.", "Цены на сталь упали весной."},
		{eval.WrongWay, text.RU, "Япония зависит от Ирана в поставках риса.", "Иран зависит от Японии в поставках риса."},
		{eval.WrongWay, text.RU, "Япония обвинила Иран в нарушении договора.", ""},
		{eval.WrongWay, text.RU, "Япония и Иран подписали договор.", ""},
		{eval.WrongWay, text.ZH, "春季钢材价格上升。", ""},
		{eval.WrongWay, text.ZH, "日本在大米供应上依赖印度。", "印度在大米供应上依赖日本。"},
		{eval.WrongWay, text.ZH, "日本和印度签署了条约。", ""},
		{eval.Addition, text.EN, "Japan bought rice from India, the World Bank wrote in 2019.", "Japan bought rice from India, which made bread and fuel more expensive."},
		{eval.Addition, text.RU, "Япония купила рис у Индии, писал в 2019 году Всемирный банк.", "Япония купила рис у Индии, отчего подорожали хлеб и бензин."},
		{eval.Addition, text.ZH, "世界银行2019年写道，日本从印度购买大米。", "日本从印度购买大米，面包和汽油因此涨价。"},
		{eval.Elsewhere, text.EN, "Output rose from 310 tonnes to 480 tonnes.", "Output rose from 480 tonnes to 310 tonnes."},
		{eval.Elsewhere, text.EN, "The port opened in 2004 and was closed in 2019.", "The port opened in 2019 and was closed in 2004."},
		{eval.Elsewhere, text.EN, "The port opened in 2004.", ""},
		{eval.Elsewhere, text.RU, "Порт открылся в 2004 году и закрылся в 2019 году.", "Порт открылся в 2019 году и закрылся в 2004 году."},
		{eval.Elsewhere, text.ZH, "产量从310吨增加到480吨，创下纪录。", "产量从480吨增加到310吨，创下纪录。"},
		{eval.Notation, text.EN, "The port cost $3.25 billion to build.", "The port cost $3.25bn to build."},
		{eval.Notation, text.RU, "Порт обошёлся в 3,25 млрд долларов.", "Порт обошёлся в $3,25 млрд."},
		{eval.Notation, text.ZH, "产量增长了12%，创下历史新高。", "产量增长了百分之12，创下历史新高。"},
		{eval.Shortened, text.EN, "Japan bought rice from India, the World Bank wrote in 2019.", "In 2019 the World Bank wrote that Japan bought rice from India."},
		{eval.Shortened, text.RU, "Япония купила рис у Индии, писал в 2019 году Всемирный банк.", "Как писал в 2019 году Всемирный банк, Япония купила рис у Индии."},
		{eval.Shortened, text.ZH, "世界银行2019年写道，日本从印度购买大米。", "日本从印度购买大米，世界银行2019年写道。"},
		{eval.Shortened, text.EN, "Japan bought rice from India.", ""},
	}
	for _, tt := range tests {
		t.Run(string(tt.kind)+" "+tt.in, func(t *testing.T) {
			t.Parallel()
			got := ""
			if pairs := said(t, tt.kind, tt.lang, tt.in); len(pairs) > 0 {
				got = pairs[0].Claim
			}
			if got != tt.want {
				t.Errorf("%s of %q\n got %q\nwant %q", tt.kind, tt.in, got, tt.want)
			}
		})
	}
}
