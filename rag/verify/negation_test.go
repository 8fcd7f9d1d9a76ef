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
