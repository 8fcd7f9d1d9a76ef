package knowledge_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"amur/knowledge"
)

func messages(problems []knowledge.Problem) []string {
	var all []string
	for _, p := range problems {
		all = append(all, p.String())
	}
	return all
}

func TestCheckFindsNothingWrong(t *testing.T) {
	t.Parallel()
	if got := messages(knowledge.Check(load(t, folder()))); got != nil {
		t.Errorf("Check of a sound folder:\n%s", strings.Join(got, "\n"))
	}
}

// TestCheck proves that each check fires: one fault put into a sound folder, and all that Check says.
func TestCheck(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("very ", 28)
	tests := []struct {
		name, file, from, to string
		want                 []string
	}{
		{"sentence without its own footnote", "docs/en/trade.md", "in 2023.[^cfr]", "in 2023.", []string{
			`docs/en/trade.md:12: "Trade reached $240 billion in 2023." has no footnote of its own: end each sentence with one`,
		}},
		{"too many words", "docs/en/trade.md", "grew again after", "grew " + long + "again after", []string{
			`docs/en/trade.md:15: "The volume grew very very very very very very ve…" has 34 words, more than 30: make two sentences of it`,
		}},
		{"too many characters", "docs/zh/trade.md", "再次", strings.Repeat("再次", 32), []string{
			`docs/zh/trade.md:15: "随后贸易额再次再次再次再次再次再次再次再次再次再次再次再次再次再次再次再次再次再次再次再次再次再…" has 72 characters, more than 70: make two sentences of it`,
		}},
		{"leading pronoun in English", "docs/en/trade.md", "The [volume](#volume) grew", "It grew", []string{
			`docs/en/trade.md:15: "It grew again after that." begins with "It": name what is meant, the sentence must stand on its own`,
		}},
		{"leading pronoun in Russian", "docs/ru/trade.md", "Затем объём торговли", "Он", []string{
			`docs/ru/trade.md:15: "Он вырос снова." begins with "Он": name what is meant, the sentence must stand on its own`,
		}},
		{"leading pronoun in Chinese", "docs/zh/trade.md", "随后贸易额", "该数额", []string{
			`docs/zh/trade.md:15: "该数额再次上升了。" begins with "该": name what is meant, the sentence must stand on its own`,
		}},
		{"dead link", "docs/en/trade.md", "(#volume)", "(energy.md#oil)", []string{
			`docs/en/trade.md:15: dead link: there is no section "energy#oil" in language "en"; link to one that is there`,
		}},
		{"unused source", "docs/en/trade.md", "[^gacc]: gacc", "[^gacc]: cfr-2024", []string{
			`docs/en/trade.md:8: source "gacc" is used nowhere: cite it or take it out`,
		}},
		{"unknown kind", "docs/en/trade.md", "kind: government", "kind: blog", []string{
			`docs/en/trade.md:8: source "gacc": kind "blog": write one of ["government" "state media" "press" "trade press" "research" "encyclopedia" "company" "international organisation" "treaty text" "pollster"]`,
		}},
		{"section missing in the others", "docs/en/trade.md", "\n\nTrade rose", "\n## More {#more}\nTrade rose", []string{
			`docs/en/trade.md:13: section "trade#more" is missing in docs/ru/trade.md: write it there or take it out here`,
			`docs/en/trade.md:13: section "trade#more" is missing in docs/zh/trade.md: write it there or take it out here`,
			`docs/ru/trade.md:14: "мае 2022 года" (date:2022-05) is missing in section "trade#volume" of docs/en/trade.md: say it there or take it out here`,
			`docs/zh/trade.md:14: "2022年5月" (date:2022-05) is missing in section "trade#volume" of docs/en/trade.md: say it there or take it out here`,
		}},
		{"another sum", "docs/ru/trade.md", "240 млрд долларов", "240 млн долларов", []string{
			`docs/en/trade.md:12: "$240 billion" (money:240000000000 USD) is missing in section "trade#volume" of docs/ru/trade.md: say it there or take it out here`,
			`docs/ru/trade.md:12: "240 млн долларов" (money:240000000 USD) is missing in section "trade#volume" of docs/en/trade.md: say it there or take it out here`,
			`docs/ru/trade.md:12: "240 млн долларов" (money:240000000 USD) is missing in section "trade#volume" of docs/zh/trade.md: say it there or take it out here`,
			`docs/zh/trade.md:12: "2400亿美元" (money:240000000000 USD) is missing in section "trade#volume" of docs/ru/trade.md: say it there or take it out here`,
		}},
		{"a percentage in one language", "docs/zh/trade.md", "再次上升了", "再次上升了40%", []string{
			`docs/zh/trade.md:15: "40%" (percent:40) is missing in section "trade#volume" of docs/en/trade.md: say it there or take it out here`,
			`docs/zh/trade.md:15: "40%" (percent:40) is missing in section "trade#volume" of docs/ru/trade.md: say it there or take it out here`,
		}},
		{"a year that another date holds", "docs/en/trade.md", "grew again", "grew again in 2022", nil},
		{"small numbers and both", "docs/en/trade.md", "grew again", "grew again for the second time by half in both", nil},
		{"another year", "docs/en/trade.md", "in 2023", "in 2021", []string{
			`docs/en/trade.md:12: "2021" (2021) is missing in section "trade#volume" of docs/ru/trade.md: say it there or take it out here`,
			`docs/en/trade.md:12: "2021" (2021) is missing in section "trade#volume" of docs/zh/trade.md: say it there or take it out here`,
			`docs/ru/trade.md:12: "2023 году" (2023) is missing in section "trade#volume" of docs/en/trade.md: say it there or take it out here`,
			`docs/zh/trade.md:12: "2023年" (2023) is missing in section "trade#volume" of docs/en/trade.md: say it there or take it out here`,
		}},
		{"questions missing", "docs/zh/trade.md", "<!-- asks: x? -->", "", []string{
			`docs/zh/trade.md:10: section "trade#volume" has questions in docs/en/trade.md but none here: write <!-- asks: question | question --> under the heading`,
			`docs/zh/trade.md:10: section "trade#volume" has questions in docs/ru/trade.md but none here: write <!-- asks: question | question --> under the heading`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := messages(knowledge.Check(load(t, changed(t, tt.file, tt.from, tt.to))))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Check (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckMissingDocument(t *testing.T) {
	t.Parallel()
	fsys := folder()
	fsys["docs/ru/energy.md"] = document("energy", "ru", "## Нефть {#oil}\nНефть шла в Китай уже давно.[^gacc][^cfr]\n")
	want := []string{
		`docs/ru/energy.md: document "energy" is missing in language "en": write it there too`,
		`docs/ru/energy.md: document "energy" is missing in language "zh": write it there too`,
	}
	if diff := cmp.Diff(want, messages(knowledge.Check(load(t, fsys)))); diff != "" {
		t.Errorf("Check (-want +got):\n%s", diff)
	}
}

func TestCheckCopied(t *testing.T) {
	t.Parallel()
	const original = `The two neighbours have, over many long years, built a wary friendship across the river Amur.
“We will never again be such friends as now,” he said. Members of the Council of Lower Northern River Basin States and Regions met there.
Read A Long History of Trade on the Great River Amur today.`
	tests := []struct {
		name, sentence string
		want           []string
	}{
		{"eight words in a row", "Over many long years, built a wary friendship across a bridge.[^cfr]", []string{
			`docs/en/a.md:11: copied from the original: "over many long years built a wary friendship across"; say it in other words, or quote it with its speaker`,
		}},
		{"seven words in a row", "Over many long years, built a wary partnership across a bridge.[^cfr]", nil},
		{"a quotation", `He said: "We will never again be such friends as now".[^cfr]`, nil},
		{"a quotation without its marks", `He said that we will never again be such friends as now.[^cfr]`, []string{
			`docs/en/a.md:11: copied from the original: "we will never again be such friends as now"; say it in other words, or quote it with its speaker`,
		}},
		{"a name", "Many members of the Council of Lower Northern River Basin States and Regions met elsewhere.[^cfr]", nil},
		{"a source's title", "Somebody wrote A Long History of Trade on the Great River Amur last year.[^cfr]", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			file := document("a", "en", "## A {#a}\n"+tt.sentence+"\n")
			file.Data = []byte(strings.NewReplacer("A report on ties", "A Long History of Trade on the Great River Amur",
				"[^gacc]: gacc\n", "").Replace(string(file.Data)))
			got := messages(knowledge.CheckCopied(load(t, fstest.MapFS{"docs/en/a.md": file}), original))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("CheckCopied (-want +got):\n%s", diff)
			}
		})
	}
}
