package text_test

import (
	"slices"
	"strings"
	"testing"

	"amur/internal/text"
)

func TestDetect(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, s  string
		fallback text.Lang
		want     text.Lang
	}{
		// English
		{"en plain", "Who built the first bridge over the river?", "", text.EN},
		{"en lower case, no punctuation", "how many ships did they sell last year", text.RU, text.EN},
		{"en shorthand", "yo whats the deal w gas prices lol", "", text.EN},
		{"en one word", "thanks", text.ZH, text.EN},
		{"en content words only", "pipeline capacity", "", text.EN},
		{"en with Chinese name", "what does 一带一路 mean", "", text.EN},
		{"en with Russian word", "why do people say дружба about it", "", text.EN},
		{"en with accents in names", "Did Türkiye and São Tomé vote for it?", "", text.EN},
		{"en with a loan", "is it a de facto alliance", "", text.EN},
		{"en café", "the café near the border is closed", "", text.EN},
		{"en capitals", "WHO WON THE ELECTION", text.RU, text.EN},
		{"en curly apostrophe", "what’s the capital of Mongolia", "", text.EN},
		{"en full width", "ｗｈａｔ ｉｓ ｔｈｅ ｄａｔｅ", "", text.EN},
		{"en with address", "what is this https://ru.wikipedia.org/wiki/Амур", "", text.EN},
		{"en with mention and emoji", "<@123456789> can you list them :thinking_face: 🙏", "", text.EN},
		{"en quoting Russian", `what does "холодная война" mean`, "", text.EN},
		// Russian
		{"ru plain", "Какой мост построили первым?", "", text.RU},
		{"ru letter ы", "новые танкеры", text.UK, text.RU},
		{"ru letter э", "это правда?", "", text.RU},
		{"ru no telling letter", "сколько стоит рубль", text.UK, text.RU},
		{"ru two words", "где река", text.UK, text.RU},
		{"ru and", "река и море", text.UK, text.RU},
		{"ru endings", "российская политика", text.UK, text.RU},
		{"ru verbal noun", "подписание договора", text.UK, text.RU},
		{"ru with Latin names", "что такое Arctic LNG 2 и Power of Siberia", "", text.RU},
		{"ru with Latin names only a word", "кто Sergei Shoigu", "", text.RU},
		{"ru name in Ukrainian spelling", "когда Зеленський встречался с ним", "", text.RU},
		{"ru Ukrainian title quoted", "что значит «Слово і діло»?", "", text.RU},
		{"ru stress mark", "что тако́е за́мок", "", text.RU},
		{"ru chat", "чё там ваще по газу щас", "", text.RU},
		{"ru capitals", "ПОЧЕМУ РУБЛЬ ПАДАЕТ", "", text.RU},
		{"ru hushing soft sign", "ночь помощь речь", text.UK, text.RU},
		{"ru quotes Kazakh", "что значит слово қазақ", "", text.RU},
		{"ru hyphen", "кто-нибудь помнит дату?", text.UK, text.RU},
		{"ru old hard sign between consonant and vowel", "объём съезда", "", text.RU},
		{"ru mixed with Chinese", "как переводится 战略 на русский", "", text.RU},
		// Ukrainian
		{"uk plain", "Який міст збудували першим?", "", text.UK},
		{"uk letter ї", "країна", text.RU, text.UK},
		{"uk letter є", "що є причиною", text.RU, text.UK},
		{"uk no telling letter", "чому зараз так багато говорять про газ", text.RU, text.UK},
		{"uk who", "хто президент", text.RU, text.UK},
		{"uk and", "море й гори", text.RU, text.UK},
		{"uk endings", "навчання", text.RU, text.UK},
		{"uk adjective", "американський флот", text.RU, text.UK},
		{"uk apostrophe", "подвір'я", text.RU, text.UK},
		{"uk curly apostrophe", "комп’ютер", text.RU, text.UK},
		{"uk question particle", "чи правда що вона там була", text.RU, text.UK},
		{"uk quoting Russian", "що таке «русский мир»?", text.RU, text.UK},
		{"uk Russian name", "коли Мосты написав", text.RU, text.UK},
		{"uk capitals", "ЧОМУ ГРИВНЯ ПАДАЄ", "", text.UK},
		{"uk past tense", "торгували нафтою", text.RU, text.UK},
		// letters and words of several languages
		{"ru Latin loan with a hyphen", "де-юре граница", text.RU, text.RU},
		{"ru order about English text", "переведи на русский: who are the neighbours and where do they live", "", text.RU},
		{"zh order about English text", "请翻译成中文：who are the neighbours and where do they live", "", text.ZH},
		{"en order about Russian text", "translate this: где находится граница и кто её охраняет", "", text.EN},
		{"ru after a Latin heading", "SWIFT: что это и зачем", "", text.RU},
		{"ru with encoded data", "раскодируй aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ3", "", text.RU},
		// ties of the two
		{"tie, no fallback", "Китай Москва 2023", "", text.RU},
		{"tie, fallback uk", "Китай Москва 2023", text.UK, text.UK},
		{"tie, fallback ru", "до моря", text.RU, text.RU},
		{"tie, fallback of another script", "до моря", text.EN, text.RU},
		{"tie, shared words, uk", "на море", text.UK, text.UK},
		// other Cyrillic
		{"be", "Хто прэзідэнт гэтай краіны?", "", text.Other},
		{"be short u", "Чаму ўсе гавораць пра газ", "", text.Other},
		{"be no short u", "Якія дамовы падпісалі дзве дзяржавы", text.RU, text.Other},
		{"sr", "Ко је председник Русије?", "", text.Other},
		{"sr long", "Колико људи живи у граду и зашто се њихов број смањује", text.UK, text.Other},
		{"mk", "Кој е претседател на оваа земја и од кога", "", text.Other},
		{"kk", "Қытай мен Ресей одақтас па?", "", text.Other},
		{"kk short", "бұл не?", text.RU, text.Other},
		{"ky", "Өлкөнүн президенти ким", "", text.Other},
		{"mn", "Хятад улс хаана байдаг вэ, үнэ хэд", "", text.Other},
		{"tt", "Бу сүзнең мәгънәсе нинди", "", text.Other},
		{"tg", "Раиси ҷумҳур кӣ аст", "", text.Other},
		{"bg", "Кой е президентът на Китай?", "", text.Other},
		{"bg hard sign", "Къде се намира границата", text.RU, text.Other},
		{"bg no hard sign", "Какво е това и защо го няма", text.RU, text.Other},
		// Chinese
		{"zh plain", "谁建了第一座桥？", "", text.ZH},
		{"zh no telling character", "你好", "", text.ZH},
		{"zh no telling character, conversation in traditional", "你好", text.ZHHant, text.ZHHant},
		{"zh with Latin name", "请问 SWIFT 是什么意思", "", text.ZH},
		{"zh with English words", "那个 pipeline 的 deal 谈成了吗", "", text.ZH},
		{"zh with long English name", "Belt and Road Initiative 是谁提出来的", "", text.ZH},
		{"zh with a borrowed kana", "超市里的优の良品是什么牌子", "", text.ZH},
		{"zh one simplified character", "何时开始", text.ZHHant, text.ZH},
		{"zh after numbers", "2023年多少", "", text.ZH},
		{"zh-Hant plain", "誰建了第一座橋？", "", text.ZHHant},
		{"zh-Hant one character", "何時開始", text.ZH, text.ZHHant},
		{"zh-Hant with Latin", "GDP 成長率是幾趴", "", text.ZHHant},
		{"zh-Hant Cantonese", "點解佢哋唔簽呢份協議", "", text.ZHHant},
		{"zh majority simplified", "这个“龍”字怎么写，为什么这么复杂", "", text.ZH},
		{"zh majority traditional", "這個「龙」字為什麼這樣寫", "", text.ZHHant},
		// Japanese, Korean
		{"ja", "中国の首相は誰ですか", "", text.Other},
		{"ja few kana", "日露戦争の原因は", text.ZH, text.Other},
		{"ja katakana", "ロシアの天然ガス", "", text.Other},
		{"ja half width", "ﾛｼｱの首相", "", text.Other},
		{"ko", "중국과 러시아는 동맹인가요?", "", text.Other},
		{"ko with Han", "中國과 러시아의 關係는?", "", text.Other},
		// other Latin
		{"de", "Wer hat die erste Brücke gebaut?", "", text.Other},
		{"de no umlaut", "Was ist das und warum ist es so teuer", "", text.Other},
		{"fr", "Pourquoi le prix du gaz est-il si élevé ?", "", text.Other},
		{"fr apostrophe", "qu'est-ce que l'accord sur le gaz", "", text.Other},
		{"es", "¿Quién construyó el primer puente?", "", text.Other},
		{"it", "Quando è stato firmato il trattato?", "", text.Other},
		{"pt", "Quem construiu a primeira ponte e por que não a segunda?", "", text.Other},
		{"pl", "Kto zbudował pierwszy most i dlaczego?", "", text.Other},
		{"nl", "wie heeft de eerste brug gebouwd en waarom", "", text.Other},
		{"cs", "Kdo postavil první most a proč?", "", text.Other},
		{"tr", "Bu köprüyü kim yaptı ve neden", "", text.Other},
		{"vi", "Ai là tổng thống của nước này?", "", text.Other},
		{"id", "siapa presiden negara itu dan kapan dia terpilih", "", text.Other},
		{"ro", "Cine a construit primul pod și când?", "", text.Other},
		{"hr", "Tko je predsjednik i zašto nije došao?", "", text.Other},
		{"hu", "Ki építette az első hidat és miért?", "", text.Other},
		{"fi", "Kuka rakensi ensimmäisen sillan ja milloin?", "", text.Other},
		{"sv", "Vem är president och varför är det så", "", text.Other},
		// other scripts
		{"ar", "من هو رئيس الصين؟", "", text.Other},
		{"he", "מי נשיא סין?", "", text.Other},
		{"el", "Ποιος είναι ο πρόεδρος;", "", text.Other},
		{"hi", "चीन के राष्ट्रपति कौन हैं?", "", text.Other},
		{"th", "ประธานาธิบดีคือใคร", "", text.Other},
		{"ka", "ვინ არის პრეზიდენტი", "", text.Other},
		// nothing to go by
		{"empty", "", "", text.EN},
		{"empty, fallback", "", text.UK, text.UK},
		{"digits", "2023?", "", text.EN},
		{"digits, fallback", "2023?", text.ZH, text.ZH},
		{"emoji", "👍🏽 🇨🇳", text.RU, text.RU},
		{"emoji name", ":heart_eyes:", text.RU, text.RU},
		{"names alone, fallback", "NATO, BRICS?", text.RU, text.RU},
		{"names alone", "NATO, BRICS?", "", text.EN},
		{"invalid bytes", "what is \xff\xfe this", "", text.EN},
		{"address alone", "https://example.org/Путин", text.ZH, text.ZH},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := text.Detect(tt.s, tt.fallback); got != tt.want {
				t.Errorf("Detect(%q, %q) = %q, want %q", tt.s, tt.fallback, got, tt.want)
			}
		})
	}
}

// Each of the lists that decide must matter: emptied, some sentence changes.
func TestDetectNeedsItsWords(t *testing.T) {
	t.Parallel()
	tests := []struct {
		lang, want text.Lang
		s          string
	}{
		{text.RU, text.RU, "кто знает когда"},
		{text.UK, text.UK, "хто знає коли"},
		{text.EN, text.EN, "what is de facto"},
		{text.ZH, text.ZH, "SWIFT system 是什么"},
		{"de", text.Other, "wer hat das gemacht"},
		{"bg", text.Other, "какво е това"},
	}
	for _, tt := range tests {
		if got := text.Detect(tt.s, text.EN); got != tt.want {
			t.Errorf("Detect(%q) = %q, want %q", tt.s, got, tt.want)
		}
	}
	if got := text.DetectWithout("кто там", text.UK, text.RU); got != text.UK {
		t.Errorf("without Russian words: %q, want the fallback", got)
	}
	if got := text.DetectWithout("хто там", text.RU, text.UK); got == text.UK {
		t.Errorf("without Ukrainian words: still %q", got)
	}
}

func TestNumeralsAreSorted(t *testing.T) {
	t.Parallel()
	before := ""
	for line := range strings.Lines(text.Numerals()) {
		word, tags, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word <= before || tags == "" {
			t.Errorf("%q stands after %q, meaning %q", word, before, tags)
		}
		before = word
	}
}

func TestLexiconIsSorted(t *testing.T) {
	t.Parallel()
	known := []string{"ru", "uk", "be", "bg", "sr", "en", "de", "fr", "es", "it", "pt", "pl", "nl", "cs", "sv", "tr", "vi", "id", "ro", "hr", "fi", "hu", "zh"}
	before := ""
	for line := range strings.Lines(text.Lexicon()) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			t.Fatalf("%q has no language", line)
		}
		if fields[0] <= before {
			t.Errorf("%q stands after %q", fields[0], before)
		}
		before = fields[0]
		for _, tag := range fields[1:] {
			if !slices.Contains(known, strings.TrimSuffix(tag, "?")) {
				t.Errorf("%q: unknown language %q", fields[0], tag)
			}
		}
	}
}

// Texts that repeat a mark or an unfinished form for long take no more than their
// share of time; with a rule that looks ahead without bound they take minutes.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	var c text.Converter
	for _, unit := range []string{"\n", "(A. ", "99999", "<@", "a-", "1/1/", "X–", "May 1–", "万一", "cubic 5 ", "«", "[^", "a\r", "- \n"} {
		s := strings.Repeat(unit, 100_000/len(unit))
		text.Detect(s, "")
		text.Values(s, text.RU)
		c.ToTraditional(s)
		if n := len(text.Sentences(s)); n > len(s) {
			t.Errorf("%q: %d sentences in %d bytes", unit, n, len(s))
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("что такое BRICS?", "uk")
	f.Add("\xff«'ʼ:", "")
	f.Add("l'<@1", "zh")
	known := []text.Lang{text.EN, text.RU, text.UK, text.ZH, text.ZHHant, text.Other}
	f.Fuzz(func(t *testing.T, s, fallback string) {
		got := text.Detect(s, text.Lang(fallback))
		if !slices.Contains(known, got) && got != text.Lang(fallback) {
			t.Errorf("Detect(%q, %q) = %q", s, fallback, got)
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	for _, s := range []string{
		"How many barrels of oil did the country export to its neighbours in the last quarter?",
		"Сколько баррелей нефти страна продала соседям за последний квартал?",
		"上个季度这个国家向邻国出口了多少桶石油？",
	} {
		b.Run(s[:4], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Detect(s, text.RU)
			}
		})
	}
}
