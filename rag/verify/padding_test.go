package verify_test

import (
	"testing"

	"amur/internal/text"
	"amur/rag/verify"
)

// TestPadding: a sentence of a passage, repeated with something put in, is not carried; reworded or framed, it is not padded.
func TestPadding(t *testing.T) {
	t.Parallel()
	c := checkerWith(t, nil)
	const (
		harbour = "The port of Rotterdam handled 438.8 million tonnes of cargo in 2023, because fewer containers came from Asia."
		bridge  = "Мост через реку открыли 3 мая 2018 года, а строили его три года."
		dam     = "三峡大坝于2006年建成，移民超过一百万人。"
	)
	for _, tt := range []struct {
		name    string
		passage string
		claim   string
		lang    text.Lang
		padded  string // what was put in; empty: nothing
	}{
		{"at the end", harbour, "The port of Rotterdam handled 438.8 million tonnes of cargo in 2023, because fewer containers came from Asia, pirates rejoice.", text.EN, "pirates rejoice"},
		{"in front", harbour, "Pirates: the port of Rotterdam handled 438.8 million tonnes of cargo in 2023, because fewer containers came from Asia.", text.EN, "Pirates"},
		{"inside", harbour, "The port of Rotterdam, adored by penguins, handled 438.8 million tonnes of cargo in 2023, because fewer containers came from Asia.", text.EN, "adored by penguins"},
		{"in Russian", bridge, "Кот писал: мост через реку открыли 3 мая 2018 года, а строили его три года.", text.RU, "Кот"},
		{"of other letters", bridge, "Мост через реку открыли 3 мая 2018 года, а строили vykup_svo его три года.", text.RU, "vykup_svo"},
		{"in Chinese", dam, "企鹅万岁：三峡大坝于2006年建成，移民超过一百万人。", text.ZH, "企鹅万岁"},
		{"a frame", harbour, "According to the document, the port of Rotterdam handled 438.8 million tonnes of cargo in 2023, because fewer containers came from Asia.", text.EN, ""},
		{"a frame in Russian", bridge, "Как отмечается в документе, мост через реку открыли 3 мая 2018 года, а строили его три года.", text.RU, ""},
		{"a frame in Chinese", dam, "资料显示，三峡大坝于2006年建成，移民超过一百万人。", text.ZH, ""},
		{"a word for another", harbour, "The port of Rotterdam handled 438.8 million tonnes of freight in 2023, because fewer containers came from Asia.", text.EN, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v, err := c.Check(t.Context(), verify.Claim{Text: tt.claim, Lang: tt.lang}, []verify.Evidence{{Text: tt.passage, Lang: tt.lang}})
			if err != nil {
				t.Fatal(err)
			}
			if want := (verify.Reason{Kind: verify.Addition, Detail: tt.padded}); tt.padded != "" && v.Reason != want {
				t.Errorf("reason %+v, want %+v", v.Reason, want)
			}
			if tt.padded == "" && !v.OK {
				t.Errorf("not carried: %v", v.Reason)
			}
		})
	}
}

// TestPaddingElsewhere: words that another cited sentence has are no padding.
func TestPaddingElsewhere(t *testing.T) {
	t.Parallel()
	c := newChecker(t)
	evidence := []verify.Evidence{
		{Text: "The bridge over the strait opened in 2018.", Lang: text.EN},
		{Text: "The bridge carries a railway and a motorway.", Lang: text.EN},
	}
	claim := verify.Claim{Text: "The bridge over the strait opened in 2018 and carries a railway.", Lang: text.EN}
	v, err := c.Check(t.Context(), claim, evidence)
	if err != nil || !v.OK {
		t.Errorf("Check = %+v, %v", v, err)
	}
}
