package verify_test

import "testing"

func TestNegation(t *testing.T) {
	t.Parallel()
	c := newClashes(t)
	tests := []struct {
		name, claim, span string
		want              bool
	}{
		{"denied", "China has not joined SPFS.", "Китай присоединился к СПФС.", true},
		{"both denied", "China has not joined SPFS.", "Китай не присоединился к СПФС.", false},
		{"span denies", "中国加入了该系统。", "China has not joined the system.", true},
		{"not only", "Not only China signed the treaty.", "China signed the treaty.", false},
		{"не только", "Договор подписал не только Китай.", "China signed the treaty.", false},
		{"no less than", "No less than five drills were held.", "Five drills were held.", false},
		{"antonym", "Trade did not rise.", "Торговля сократилась.", false},
		{"refusal", "China refused to condemn Russia.", "China condemned Russia.", true},
		{"refusal across languages", "Китай осудил Россию.", "中国拒绝谴责俄罗斯。", true},
		{"refused is did not", "China refused to condemn Russia.", "China did not condemn Russia.", false},
		{"not rejected", "Kyiv did not reject the plan.", "Kyiv rejected the plan.", true},
		{"not A but B", "Китай хочет не реформировать порядок, а заменить его.", "Китай хочет не заменить порядок, а реформировать его.", true},
		{"never", "The armies have fought together.", "中国和俄罗斯的军队从未并肩作战。", true},
		{"negation last", "Договора о союзе между ними нет.", "There is no treaty of alliance between them.", false},
		{"two make one", "No veto was cast without the other's support.", "Each veto was cast with the other's support.", false},
		{"open question", "Russia belongs to the initiative.", "Whether Russia belongs to the initiative is unclear.", true},
		{"open question kept", "It is unclear if Russia belongs to the initiative.", "Неясно, входит ли Россия в инициативу.", false},
		{"Chinese words with 不 that deny nothing", "贸易不断增长。", "Trade keeps growing.", false},
		{"a copula is not what is denied", "Китай и Россия — союзники.", "Китай и Россия не являются официальными союзниками.", true},
		{"set aside", "Rather than replace the order, China wants to reform it.", "China seeks to reform the order, but does not seek to replace it.", false},
		{"set aside in turn", "演习的意义在于作战收益，而不在于发出信号。", "演习的意义在于发出信号，而不在于作战收益。", true},
		{"set aside by one", "Вину они возлагают не на Россию, а на США.", "They blame the United States.", false},
		{"set aside against what is said", "Они не продают, а покупают газ.", "Вони продають газ.", true},
		{"yet to", "China had yet to join the system.", "Китай пока не присоединился к системе.", false},
		{"un-", "Ukraine went unmentioned in the statement.", "The statement made no mention of Ukraine.", false},
		{"warned against", "Xi warned Putin against using nuclear weapons.", "习近平警告普京不要使用核武器。", false},
		{"warned against, Russian", "Си предостерёг Путина от применения ядерного оружия.", "习近平警告普京不要使用核武器。", false},
		{"words between", "The bank declined in April 2022 to work with them.", "The bank did not work with them.", false},
		{"refusal, Ukrainian", "Китай засудив Росію.", "Китай відмовився засудити Росію.", true},
		{"denied without a counterpart", "China has no base in the Baltic.", "Trade grew in 2023.", false},
		{"not to oppose", "中国和俄罗斯往往互不支持。", "中国和俄罗斯往往互相支持，或者至少互不反对。", true},
		{"drones", "中国限制无人机出口。", "China restricts drone exports.", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if detail, got := c.Negation(tt.claim, tt.span); got != tt.want {
				t.Errorf("negation(%q, %q) = %q, %v, want %v", tt.claim, tt.span, detail, got, tt.want)
			}
		})
	}
}
