package verify_test

import (
	"strings"
	"testing"

	"amur/internal/text"
	"amur/rag/verify"
)

func newNames(tb testing.TB) *verify.Names {
	tb.Helper()
	n, err := verify.NewNames()
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

func TestFindNames(t *testing.T) {
	t.Parallel()
	names := newNames(t)
	tests := []struct{ name, text, want string }{
		{"possessives", "Putin's visit to Moscow's partner, the people's choice", "Putin|Moscow"},
		{"the longest", "the Shanghai Cooperation Organization and Shanghai", "Shanghai Cooperation Organization|Shanghai"},
		{"a possessive inside", "the People's Liberation Army", "People's Liberation Army"},
		{"Russian cases", "лидеры Шанхайской организации сотрудничества в Сибири у Путина", "Шанхайской организации сотрудничества|Сибири|Путина"},
		{"Russian adjectives", "московский и шанхайская, кремлёвских", "московский|шанхайская|кремлёвских"},
		{"Ukrainian cases", "у Києві та Харкові з Сі Цзіньпіном", "Києві|Харкові|Сі Цзіньпіном"},
		{"dashes and quotation marks", "«Силу Сибири — 2» и «Сила Сибири-2»", "Силу Сибири — 2|Сила Сибири-2"},
		{"Chinese", "克里姆林宫称普京将访问上海参加上合组织峰会", "克里姆林宫|普京|上海|上合组织"},
		{"traditional characters", "習近平訪問莫斯科", "習近平|莫斯科"},
		{"a Chinese word that is no name", "中国和俄罗斯共同行动，在国际机构中共同行动", "中国|俄罗斯"},
		{"Latin among Chinese", "中国未加入SWIFT和CIPS系统", "中国|SWIFT|CIPS"},
		{"full width", "ＳＷＩＦＴ", "ＳＷＩＦＴ"},
		{"a pronoun", "they told us about the US", "US"},
		{"a question word", "Who said that? The WHO did.", "WHO"},
		{"an unlisted name", "the analyst Ivan Kowalski of Riga", "Ivan Kowalski|Riga"},
		{"an unlisted Russian name", "подписал Иван Ковальский", "Иван Ковальский"},
		{"a dotted Chinese name", "学者约翰·史密斯说", "约翰·史密"},
		{"a Chinese title", "发表在《河流与边界》上", "河流与边界"},
		{"no names", "Meanwhile, on Monday the President of the Bank said in May that trade grew.", ""},
		{"no names in Russian", "Между тем в понедельник Президент и Министерство обороны заявили о росте.", ""},
		{"what begins a quotation", "He said: \"Cooperation has grown\".", ""},
		{"an address", "visit attacker.example or www.gazprom.ru/shop", "attacker.example|www.gazprom.ru/shop"},
		{"an abbreviation is no address", "U.S. firms, e.g. banks", "U.S."},
		{"combining marks", "Киев и\u0306 Пекин", "Киев|Пекин"},
		{"not UTF-8", "\xff\xfePutin\xff", "Putin"},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, m := range names.Find(tt.text, text.Detect(tt.text, "")) {
				got = append(got, m.In(tt.text))
			}
			if got := strings.Join(got, "|"); got != tt.want {
				t.Errorf("names in %q = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestSameName(t *testing.T) {
	t.Parallel()
	names := newNames(t)
	tests := []struct {
		a, b string
		want bool
	}{
		{"Shanghai Cooperation Organisation", "ШОС", true},
		{"上合组织", "SCO", true},
		{"Китай", "Beijing", true},
		{"Beijing", "Китай", false},
		{"Putin", "Medvedev", false},
		{"met Ivan Kowalski", "встретил Ивана Ковальски", true},
		{"met Ivan Kowalski", "встретил Петра Репнина", false},
		{"met Kowalski", "约翰·史密斯", false},
		{"met Kowalski", "Putin", false},
	}
	for _, tt := range tests {
		t.Run(tt.a+" "+tt.b, func(t *testing.T) {
			t.Parallel()
			if got := names.Same(tt.a, tt.b); got != tt.want {
				t.Errorf("Same(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
			}
		})
	}
}

func TestMissingName(t *testing.T) {
	t.Parallel()
	names := newNames(t)
	tests := []struct{ name, claim, evidence, want string }{
		{"another person", "Medvedev met Xi in Moscow.", "Путин встретился в Москве с Си Цзиньпином.", "Medvedev"},
		{"another company", "“俄罗斯石油公司”签署了合同。", "Gazprom signed the contract.", "俄罗斯石油公司"},
		{"another city", "The SCO was founded in Beijing by China and Russia.", "China and Russia founded the SCO in Shanghai.", "Beijing"},
		{"another organisation", "БРИКС провёл саммит.", "The SCO held a summit.", "БРИКС"},
		{"another country", "Монголия поставляет газ Китаю.", "哈萨克斯坦向中国供应天然气。", "Монголия"},
		{"another institute", "The CSIS counted 42 meetings.", "По подсчётам Совета по международным отношениям, встреч было 42.", "CSIS"},
		{"another currency", "Банки платят в юанях и рупиях.", "The banks pay in yuan and dollars.", "рупиях"},
		{"another unlisted name", "It was Peter Novotny who signed.", "Договор подписал Иван Ковальский.", "Peter Novotny"},
		{"a name added", "Xi and Putin met Modi.", "Си Цзиньпин встретился с Путиным.", "Modi"},
		{"an address added", "See evil.example for more.", "Trade grew.", "evil.example"},
		{"the government by its capital", "Beijing and the Kremlin agreed.", "China and Russia agreed.", ""},
		{"the capital without its country", "莫斯科计划投资。", "Пекин планирует инвестиции.", "莫斯科"},
		{"the office for the person", "The Chinese president hosted his Russian counterpart.", "习近平会见普京。", ""},
		{"the person for the office", "Си Цзиньпин посетил Россию.", "The Chinese president went to Russia.", ""},
		{"the person for another's office", "Trump was in Tokyo.", "U.S. President Joe Biden was in Tokyo.", "Trump"},
		{"abbreviation for the name", "The CFR wrote of it.", "Об этом писал Совет по международным отношениям.", ""},
		{"an unlisted abbreviation", "The NPU fell.", "The National Pilots Union fell.", ""},
		{"a description", "Goods of dual use and the shadow fleet grew.", "Trade grew.", ""},
		{"the surname alone", "Kowalski signed.", "Ivan Kowalski signed.", ""},
		{"the full name for the surname", "A deal was signed by Ivan Kowalski.", "Kowalski signed.", ""},
		{"another first name", "A deal was signed by Ivan Kowalski.", "The banker Peter Kowalski signed.", "Ivan Kowalski"},
		{"across scripts", "підписав Ян Ковальський", "the contract that Jan Kowalski signed", ""},
		{"no telling between letters and Chinese", "A deal was signed by Ivan Kowalski.", "科瓦尔斯基签署了协议。", ""},
		{"a gloss in brackets", "Тейлор Ньютон (Taylor Newton) писал об этом.", "Taylor Newton wrote of it.", ""},
		{"a name with another's gloss", "Путин (Xi Jinping) сказал.", "习近平（Xi Jinping）表示。", "Путин"},
		{"a country inside a name", "China has a big bank.", "The Bank of China is big.", ""},
		{"a country inside a sea", "日本称有飞机。", "飞机飞越日本海。", "日本"},
		{"no evidence", "Putin spoke.", "", "Putin"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := names.Missing(tt.claim, tt.evidence); got != tt.want {
				t.Errorf("missing of %q in %q = %q, want %q", tt.claim, tt.evidence, got, tt.want)
			}
		})
	}
}

func TestMissingNameBounded(t *testing.T) {
	t.Parallel()
	names := newNames(t)
	long := "the " + strings.Repeat("Abcde Fghij, ", 500)
	if got := names.Missing(long, long); got == "" {
		t.Errorf("a claim of a thousand unlisted names passed, want one of them reported")
	}
}
