package verify_test

import (
	"strings"
	"testing"

	"amur/internal/encoder"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag/verify"
)

// newChecker makes a checker with the built-in glossary and encoder.
func newChecker(t testing.TB) *verify.Checker {
	t.Helper()
	e, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return checkerWith(t, e)
}

func checkerWith(t testing.TB, e verify.Embedder) *verify.Checker {
	t.Helper()
	glossary, err := knowledge.Glossary()
	if err != nil {
		t.Fatal(err)
	}
	c, err := verify.New(verify.Options{Glossary: glossary, Embedder: e})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// checkTests are claims about harbours and rivers: no subject of the documents.
func TestCheck(t *testing.T) {
	t.Parallel()
	c := newChecker(t)
	const (
		harbour = "The port of Rotterdam handled 438.8 million tonnes of cargo in 2023, 6.1 percent less than a year earlier, because fewer containers came from Asia."
		bridge  = "Мост через реку открыли 3 мая 2018 года; его длина составляет около 19 километров, а строили его три года."
		ferries = "In 2019 the tunnel, which opened in 1994, carried 8 million tonnes, and the ferries, which sailed until 2003, 3 million tonnes."
		dam     = "三峡大坝于2006年5月20日建成，总投资约2000亿元，移民超过一百万人。"
	)
	for _, tt := range []struct {
		name    string
		passage string
		claim   string
		lang    text.Lang
		want    verify.Kind // empty: carried
	}{
		{"other words", harbour, "In 2023 some 438.8 million tonnes passed through Rotterdam's port, a drop of 6.1% on the previous year.", text.EN, ""},
		{"digits and words", harbour, "Cargo at the port of Rotterdam fell by 6.1 per cent in 2023 to 438,800,000 tonnes.", text.EN, ""},
		{"a year named by the one after", harbour, "Between 2022 and 2023 cargo at the port of Rotterdam fell by 6.1 percent.", text.EN, ""},
		{"another number", harbour, "The port of Rotterdam handled 483.8 million tonnes of cargo in 2023.", text.EN, verify.Number},
		{"another scale", harbour, "The port of Rotterdam handled 438.8 thousand tonnes of cargo in 2023.", text.EN, verify.Number},
		{"another unit", harbour, "The port of Rotterdam handled 438.8 million barrels of cargo in 2023.", text.EN, verify.Number},
		{"another year", harbour, "The port of Rotterdam handled 438.8 million tonnes of cargo in 2019.", text.EN, verify.Date},
		{"another name", harbour, "The port of Hamburg handled 438.8 million tonnes of cargo in 2023.", text.EN, verify.Name},
		{"turned round", harbour, "The port of Rotterdam handled 438.8 million tonnes of cargo in 2023, 6.1 percent more than a year earlier.", text.EN, verify.Direction},
		{"denied", harbour, "The port of Rotterdam did not handle 438.8 million tonnes of cargo in 2023.", text.EN, verify.Negation},
		{"added", harbour, "The port of Rotterdam handled 438.8 million tonnes of cargo in 2023, and its director resigned over the fraud.", text.EN, verify.Addition},
		{"a value of something else", "The new tunnel carried 8 million tonnes in its first year, while 3 million tonnes crossed the strait by ferry.", "Some 8 million tonnes crossed the strait by ferry.", text.EN, verify.Number},
		{"a year of something else", ferries, "The tunnel opened in 2003.", text.EN, verify.Date},
		{"the values where they belong", ferries, "The tunnel carried 8 million tonnes in 2019 and the ferries 3 million; the latter sailed until 2003.", text.EN, ""},
		{"hundreds for dozens", "Dozens of ships waited off the port.", "Hundreds of ships waited off the port.", text.EN, verify.Number},
		{"a month for a year", "The mine yields 3 million tonnes of ore a year.", "The mine yields 3 million tonnes of ore a month.", text.EN, verify.Number},
		{"a list counted", "Anna Berg, Boris Lang and Clara Weiss founded the bakery in Graz.", "Three people founded the bakery in Graz.", text.EN, ""},
		{"tenths", "该市49%的家庭有汽车。", "该市近五成家庭有汽车。", text.ZH, ""},
		{"rounded the wrong way", "该市49%的家庭有汽车。", "该市近四成家庭有汽车。", text.ZH, verify.Number},
		{"a fifth", "Some 20% of the bread that Graz eats is baked in Linz.", "A fifth of the bread that Graz eats is baked in Linz.", text.EN, ""},
		{"something else", harbour, "The harbour police of Rotterdam train their dogs on an island every spring.", text.EN, verify.Support},
		{"Russian, other words", bridge, "Открытый 3 мая 2018 года мост длиной примерно 19 километров строился три года.", text.RU, ""},
		{"Russian, another day", bridge, "Мост через реку открыли 13 мая 2018 года.", text.RU, verify.Date},
		{"Russian, another unit", bridge, "Длина моста через реку составляет около 19 миль.", text.RU, verify.Number},
		{"Russian by an English claim", bridge, "The bridge over the river opened on 3 May 2018 and is about 19 kilometres long.", text.EN, ""},
		{"Russian by a Ukrainian claim", bridge, "Міст через річку відкрили 3 травня 2018 року, його довжина — близько 19 кілометрів.", text.UK, ""},
		{"Russian by a Chinese claim, another number", bridge, "这座跨河大桥2018年5月3日通车，全长约29公里。", text.ZH, verify.Number},
		{"Chinese, other words", dam, "2006年5月20日，三峡大坝竣工，投资约2000亿元，搬迁人口超过100万。", text.ZH, ""},
		{"Chinese in traditional characters", dam, "三峽大壩於2006年5月20日建成，總投資約2000億元。", text.ZHHant, ""},
		{"Chinese, another currency", dam, "三峡大坝总投资约2000亿美元。", text.ZH, verify.Number},
		{"Chinese by a Russian claim", dam, "Плотина «Три ущелья» была достроена 20 мая 2006 года и обошлась примерно в 200 млрд юаней.", text.RU, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := c.Check(t.Context(), verify.Claim{Text: tt.claim, Lang: tt.lang}, []verify.Evidence{{Text: tt.passage, Lang: text.Detect(tt.passage, "")}})
			if err != nil {
				t.Fatal(err)
			}
			if got.Reason.Kind != tt.want || got.OK != (tt.want == "") {
				t.Errorf("Check(%q) = %v, %q (support %.2f), want %q", tt.claim, got.OK, got.Reason, got.Support, tt.want)
			}
			if whole := (text.Span{End: len(tt.passage)}); got.OK && got.Spans[0] != whole {
				t.Errorf("Check(%q) quotes %q", tt.claim, got.Spans[0].In(tt.passage))
			}
		})
	}
}

// TestCheckFindsTheSpan: of long passages the sentence that says it, of several those that say a part each, of the others none.
func TestCheckFindsTheSpan(t *testing.T) {
	t.Parallel()
	c := newChecker(t)
	const (
		bread = "Bakers in Lyon raised the price of bread in May. A loaf costs two euros now. Nobody protested."
		rain  = "It rained for nine days in Lyon in June, and the cellars of the old town were flooded."
		dogs  = "Dogs must be kept on a lead in the parks."
	)
	for _, tt := range []struct {
		name  string
		claim string
		want  []string
	}{
		{"one sentence of three", "In Lyon bakers put up bread prices in May.", []string{"Bakers in Lyon raised the price of bread in May.", "", ""}},
		{"two passages", "After bakers in Lyon raised the price of bread in May, it rained for nine days in June and the old town's cellars were flooded.", []string{"Bakers in Lyon raised the price of bread in May.", rain, ""}},
		{"across languages", "В июне в Лионе девять дней шёл дождь, и затопило подвалы старого города.", []string{"", rain, ""}},
		{"nothing", "Cats are not allowed on the ferry.", []string{"", "", ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v, err := c.Check(t.Context(), verify.Claim{Text: tt.claim, Lang: text.Detect(tt.claim, "")}, []verify.Evidence{{Text: bread, Lang: text.EN}, {Text: rain, Lang: text.EN}, {Text: dogs, Lang: text.EN}})
			if err != nil {
				t.Fatal(err)
			}
			for i, passage := range []string{bread, rain, dogs} {
				if got := v.Spans[i].In(passage); got != tt.want[i] {
					t.Errorf("span of passage %d is %q, want %q (%s)", i, got, tt.want[i], v.Reason)
				}
			}
		})
	}
}

// TestCheckWithoutAnEmbedder: the rules hold, and across languages a claim needs values or names to hold on to.
func TestCheckWithoutAnEmbedder(t *testing.T) {
	t.Parallel()
	c := checkerWith(t, nil)
	const passage = "The ferry from Dover to Calais carried 11 million people in 2019."
	for _, tt := range []struct {
		name, claim string
		lang        text.Lang
		ok          bool
	}{
		{"the same in other words", "In 2019 the Dover–Calais ferry carried 11 million people.", text.EN, true},
		{"another number", "In 2019 the Dover–Calais ferry carried 12 million people.", text.EN, false},
		{"something else", "Sailors of old feared the monsters of the deep.", text.EN, false},
		{"across languages, with values", "В 2019 году паром перевёз 11 миллионов человек.", text.RU, true},
		{"across languages, with nothing to hold on to", "Паром возит людей через пролив.", text.RU, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v, err := c.Check(t.Context(), verify.Claim{Text: tt.claim, Lang: tt.lang}, []verify.Evidence{{Text: passage, Lang: text.EN}})
			if err != nil {
				t.Fatal(err)
			}
			if v.OK != tt.ok {
				t.Errorf("Check(%q) = %v (%s), want %v", tt.claim, v.OK, v.Reason, tt.ok)
			}
		})
	}
}

func TestCheckOfNothing(t *testing.T) {
	t.Parallel()
	c := newChecker(t)
	for _, tt := range []struct {
		name     string
		claim    string
		evidence []verify.Evidence
	}{
		{"no evidence", "It rained.", nil},
		{"no claim", "", []verify.Evidence{{Text: "It rained.", Lang: text.EN}}},
		{"marks alone", "…", []verify.Evidence{{Text: "…", Lang: text.EN}}},
		{"empty evidence", "It rained.", []verify.Evidence{{}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v, err := c.Check(t.Context(), verify.Claim{Text: tt.claim, Lang: text.EN}, tt.evidence)
			if err != nil {
				t.Fatal(err)
			}
			if v.OK && !strings.Contains(tt.claim, "…") || len(v.Spans) != len(tt.evidence) {
				t.Errorf("Check(%q) = %+v", tt.claim, v)
			}
		})
	}
}

func TestReason(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reason verify.Reason
		want   string
	}{
		{verify.Reason{}, ""},
		{verify.Reason{Kind: verify.Number, Detail: "260"}, "number 260 is not in the cited passage"},
		{verify.Reason{Kind: verify.Date, Detail: "May 2021"}, "date May 2021 is not in the cited passage"},
		{verify.Reason{Kind: verify.Name, Detail: "Hamburg"}, "name Hamburg is not in the cited passage"},
		{verify.Reason{Kind: verify.Negation, Detail: "did not sign"}, "the claim and the cited passage differ in whether it is so: did not sign"},
		{verify.Reason{Kind: verify.Direction}, "the claim turns the cited passage round"},
		{verify.Reason{Kind: verify.Addition, Detail: "over the fraud"}, "the cited passage does not say: over the fraud"},
		{verify.Reason{Kind: verify.Addition}, "the cited passage does not say all of this"},
		{verify.Reason{Kind: verify.Support}, "the cited passage speaks of something else"},
	} {
		if got := tt.reason.String(); got != tt.want {
			t.Errorf("%#v.String() = %q, want %q", tt.reason, got, tt.want)
		}
	}
}
