package verify_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"amur/rag/verify"
)

func TestDirection(t *testing.T) {
	t.Parallel()
	c := newClashes(t)
	tests := []struct {
		name, claim, span string
		want              bool
	}{
		{"rise and fall", "Exports fell by 5 percent.", "Экспорт вырос на 5 процентов.", true},
		{"not fall is no clash of direction", "Exports did not fall.", "Exports rose.", false},
		{"more and less", "Торговля превысила 100 млрд.", "贸易额低于1000亿。", true},
		{"who for whom", "Ukraine attacked Russia.", "Россия напала на Украину.", true},
		{"passive", "Ukraine was attacked by Russia.", "Россия напала на Украину.", false},
		{"passive turned round", "乌克兰遭到俄罗斯袭击。", "Ukraine attacked Russia.", true},
		{"the taker's side", "China imported oil from Russia.", "俄罗斯向中国出口石油。", false},
		{"the taker's side turned round", "China exported oil to Russia.", "俄罗斯向中国出口石油。", true},
		{"both ways", "China traded with Russia.", "Россия торговала с Китаем.", false},
		{"order of a list", "Russia and China signed a treaty.", "中国和俄罗斯签署条约。", false},
		{"comparison from the other end", "Russia is larger than China.", "China is smaller than Russia.", false},
		{"comparison turned round", "China is larger than Russia.", "Китай меньше России.", true},
		{"before and after", "The talks ended after the summit.", "Переговоры завершились до саммита.", true},
		{"order from the other end", "The war began after the summit.", "The summit took place before the war began.", false},
		{"way from one place to another", "The train goes from China to Russia.", "Поезд идёт из России в Китай.", true},
		{"from one number to another", "The share went from 20 to 30 percent.", "Доля изменилась с 30 до 20 процентов.", true},
		{"instrumental", "Китай поддержан Россией.", "China supports Russia.", true},
		{"whom somebody asks", "Китай пригласил Путина посетить Пекин.", "普京受中国邀请访问北京。", false},
		{"another's words", "In Asia, China cares for safety, Russia for trade and growth.", "In Asia, Russia cares for safety, China for trade and growth.", true},
		{"rejected", "乌克兰接受了中国的和平方案。", "乌克兰拒绝了中国的和平方案。", true},
		{"rejected, across languages", "Украина одобрила китайский план.", "Ukraine rejected the Chinese plan.", true},
		{"declined", "The bank agreed to work with Russia.", "The bank declined in April 2022 to work with Russia.", true},
		{"fell and declined", "Its share declined from 5 to 3 percent.", "Её доля упала с 5 до 3 процентов.", false},
		{"little and much", "战争彻底改变了两国关系。", "战争几乎没有改变两国关系。", true},
		{"little and much, Ukrainian", "Війна мало змінила відносини.", "Война значительно изменила отношения.", true},
		{"cause and effect", "Sanctions followed because the share jumped.", "The share jumped because sanctions followed.", true},
		{"comparison of years", "In 2022 China sent more troops than in 2018.", "In 2022 China sent fewer troops than in 2018.", true},
		{"comparison of years from the other end", "В 2018 году Китай направил больше войск, чем в 2022-м.", "In 2022 China sent fewer troops than in 2018.", false},
		{"whose partner", "中国在俄罗斯的贸易伙伴中排第六位。", "俄罗斯在中国的贸易伙伴中排第六位。", true},
		{"held back is not backed", "Mutual distrust holds back cooperation.", "互不信任妨碍了合作。", false},
		{"a sea is no state", "China and Russia trained in the Sea of Japan.", "The Sea of Japan saw China and Russia train.", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			detail, got := c.Direction(tt.claim, tt.span)
			if got != tt.want {
				t.Errorf("direction(%q, %q) = %q, %v, want %v", tt.claim, tt.span, detail, got, tt.want)
			}
			if got && !strings.Contains(strings.ToLower(tt.claim), strings.TrimSpace(detail)) {
				t.Errorf("detail %q is not of the claim %q", detail, tt.claim)
			}
		})
	}
}

// group is one statement of testdata/clashes.yaml.
type group struct {
	Same, Negation, Direction []map[string]string
}

func TestGroups(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/clashes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var groups []group
	if err := yaml.Unmarshal(data, &groups); err != nil {
		t.Fatal(err)
	}
	c := newClashes(t)
	harmless, harmful := tally{}, tally{}
	for _, g := range groups {
		same := texts(g.Same)
		for _, span := range same {
			for _, claim := range same {
				harmless.count(c, claim, span)
			}
			for _, claim := range texts(append(g.Negation, g.Direction...)) {
				harmful.count(c, claim, span)
			}
		}
	}
	t.Logf("harmless: %d of %d clash; turned round: %d of %d clash", harmless.clash, harmless.all, harmful.clash, harmful.all)
	if share := harmless.share(); share > 0.01 {
		t.Errorf("%.3f of the harmless pairs clash, want at most 0.01", share)
	}
	if share := harmful.share(); share < 0.95 {
		t.Errorf("%.3f of the pairs turned round clash, want at least 0.95", share)
	}
}

// The documents say the same in each language, sentence by sentence.
func TestDocumentsAgree(t *testing.T) {
	t.Parallel()
	docs := map[string][]string{}
	mark := regexp.MustCompile(`\[\^[^\]]*\]`)
	for _, lang := range []string{"en", "ru", "zh"} {
		files, err := filepath.Glob(filepath.Join("../../knowledge/docs", lang, "*.md"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no documents in %s: %v", lang, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				if strings.Contains(line, "[^") && !strings.HasPrefix(line, "[^") {
					docs[lang] = append(docs[lang], strings.TrimSpace(mark.ReplaceAllString(line, "")))
				}
			}
		}
	}
	c, seen := newClashes(t), tally{}
	for claims, a := range docs {
		for spans, b := range docs {
			if len(a) != len(b) {
				t.Fatalf("%d sentences in %s, %d in %s", len(a), claims, len(b), spans)
			}
			for i := range a {
				seen.count(c, a[i], b[i])
			}
		}
	}
	t.Logf("%d of %d clash", seen.clash, seen.all)
	if share := seen.share(); share > 0.005 {
		t.Errorf("%.4f of the aligned sentences clash, want at most 0.005", share)
	}
}

type tally struct{ all, clash int }

func (s *tally) count(c *verify.Clashes, claim, span string) {
	s.all++
	_, negation := c.Negation(claim, span)
	_, direction := c.Direction(claim, span)
	if negation || direction {
		s.clash++
	}
}

func (s *tally) share() float64 { return float64(s.clash) / float64(s.all) }

func texts(list []map[string]string) []string {
	var out []string
	for _, m := range list {
		for _, s := range m {
			out = append(out, s)
		}
	}
	return out
}

func newClashes(t testing.TB) *verify.Clashes {
	t.Helper()
	c, err := verify.NewClashes()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func FuzzClash(f *testing.F) {
	f.Add("China does not export oil to Russia.", "Россия не экспортирует нефть в Китай.")
	f.Add("中国没有对俄罗斯出口。", "Neither China nor Russia has exported more than before.")
	f.Add("не не не ни ни 'n't' -- 's", "from 1 to 2 从1到2 с 1 до 2")
	f.Add("\xff\xfe中\xff俄 US's us İ", "США и СССР —")
	c := newClashes(f)
	f.Fuzz(func(t *testing.T, claim, span string) {
		for _, check := range []func(a, b string) (string, bool){c.Negation, c.Direction} {
			if detail, clash := check(claim, claim); clash {
				t.Errorf("%q clashes with itself at %q", claim, detail)
			}
			detail, clash := check(claim, span)
			again, same := check(claim, span)
			if detail != again || clash != same {
				t.Errorf("(%q, %q): %q %v, then %q %v", claim, span, detail, clash, again, same)
			}
			if !clash && detail != "" {
				t.Errorf("(%q, %q): no clash but %q", claim, span, detail)
			}
		}
	})
}

func BenchmarkClash(b *testing.B) {
	c := newClashes(b)
	pairs := []struct{ name, claim, span string }{
		{"same", "China depends on Russia far less than Russia depends on China, and trade rose by 49 percent in 2022.", "Russia is more dependent on China than China is on Russia, the Council on Foreign Relations wrote in 2024, while trade grew by 49 percent."},
		{"across", "中国迄今没有直接向俄罗斯提供弹药或军事技术，但中国的出口经济间接帮助了俄罗斯在乌克兰的战争。", "Пекин пока не поставлял России напрямую ни боеприпасов, ни военных технологий, писал в 2024 году Совет по международным отношениям."},
	}
	for _, p := range pairs {
		b.Run(p.name, func(b *testing.B) {
			for b.Loop() {
				c.Negation(p.claim, p.span)
				c.Direction(p.claim, p.span)
			}
		})
	}
	b.Run("hostile", func(b *testing.B) {
		claim, span := strings.Repeat("China not more Russia exports ", 500), strings.Repeat("Russia never less China imports ", 500)
		for b.Loop() {
			c.Negation(claim, span)
			c.Direction(claim, span)
		}
	})
}
