package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"amur/internal/text"
)

func TestToTraditional(t *testing.T) {
	t.Parallel()
	var c text.Converter
	tests := []struct{ name, s, want string }{
		{"plain", "这座桥是谁造的？", "這座橋是誰造的？"},
		{"one to many: 发", "他发现理发店的头发", "他發現理髮店的頭髮"},
		{"one to many: 后", "后来皇后在后面", "後來皇后在後面"},
		{"one to many: 里", "这里离城里有一千公里", "這裡離城裡有一千公里"},
		{"one to many: 干", "干部不干涉干燥的树干", "幹部不干涉乾燥的樹幹"},
		{"one to many: 面", "面包和方面", "麵包和方面"},
		{"one to many: 复", "恢复复杂的答复", "恢復複雜的答覆"},
		{"one to many: 历", "历史和日历", "歷史和日曆"},
		{"one to many: 钟", "钟表和钟情", "鐘錶和鍾情"},
		{"words of Taiwan", "软件和信息网络", "軟體和資訊網路"},
		{"an entry corrected", "中俄关系和中日关系", "中俄關係和中日關係"},
		{"variants of Taiwan", "台湾的群众", "臺灣的群眾"},
		{"numbers, Latin, dates", "2023年12月5日，SWIFT和GDP为2401亿美元（24.5%）。", "2023年12月5日，SWIFT和GDP為2401億美元（24.5%）。"},
		{"Latin is kept", "U盘", "U盤"},
		{"other scripts", "Привет, world! こんにちは", "Привет, world! こんにちは"},
		{"already traditional", "這座橋", "這座橋"},
		{"empty", "", ""},
		{"invalid bytes", "国\xff国", "國\xff國"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := c.ToTraditional(tt.s)
			if got != tt.want {
				t.Errorf("ToTraditional(%q) = %q, want %q", tt.s, got, tt.want)
			}
		})
	}
}

func TestToSimplified(t *testing.T) {
	t.Parallel()
	var c text.Converter
	tests := []struct{ name, s, want string }{
		{"plain", "這座橋是誰造的？", "这座桥是谁造的？"},
		{"many to one", "頭髮、發現、後面、皇后、裡面、乾燥、幹部、干涉", "头发、发现、后面、皇后、里面、干燥、干部、干涉"},
		{"variants", "裡 裏 為 爲 群眾 羣衆", "里 里 为 为 群众 群众"},
		{"words of Taiwan", "軟體和資訊", "软件和信息"},
		{"着 and 著", "看著一位著名的作者", "看着一位著名的作者"},
		{"numbers, Latin, dates", "2023年12月5日，SWIFT和GDP為2401億美元（24.5%）。", "2023年12月5日，SWIFT和GDP为2401亿美元（24.5%）。"},
		{"already simplified", "这是什么？为什么看着我？", "这是什么？为什么看着我？"},
		{"Russian", "что это", "что это"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := c.ToSimplified(tt.s)
			if got != tt.want {
				t.Errorf("ToSimplified(%q) = %q, want %q", tt.s, got, tt.want)
			}
		})
	}
}

// Ordinary sentences come back from traditional characters as they were.
func TestChineseRoundTrip(t *testing.T) {
	t.Parallel()
	var c text.Converter
	for _, s := range []string{
		"大桥于六月通车，两岸居民都来观看。",
		"部长说，谈判没有取得任何进展，双方将在明年春天继续讨论。",
		"这条铁路长1250公里，每年运输粮食、木材和煤炭约3000万吨。",
		"海关数据显示，去年的出口额比前年增长了百分之五。",
		"老师问学生为什么迟到，学生回答说钟表坏了。",
		"他发现头发里有面粉，然后去理发店洗了头。",
		"政府干预市场的办法很复杂，恢复信心需要时间。",
		"天气干燥，树干都裂开了，农民们在后面的山里挖井。",
	} {
		traditional := c.ToTraditional(s)
		if traditional == s {
			t.Errorf("ToTraditional(%q) changed nothing", s)
		}
		if got := text.Detect(traditional, ""); got != text.ZHHant {
			t.Errorf("Detect(%q) = %q", traditional, got)
		}
		if back := c.ToSimplified(traditional); back != s {
			t.Errorf("round trip of %q by %q = %q", s, traditional, back)
		}
		if same := c.ToSimplified(s); same != s {
			t.Errorf("ToSimplified(%q) = %q, want it unchanged", s, same)
		}
	}
}

func TestReadConversionsDamaged(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "no gzip", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x01"} {
		if err := text.ReadConversions([]byte(data)); err == nil {
			t.Errorf("tables %q: no error", data)
		}
	}
}

func FuzzConverter(f *testing.F) {
	f.Add("这里发生2023年a\xff")
	f.Add("資訊安全PN結")
	var c text.Converter
	f.Fuzz(func(t *testing.T, s string) {
		for _, convert := range []func(string) string{c.ToTraditional, c.ToSimplified} {
			got := convert(s)
			if utf8.ValidString(s) && !utf8.ValidString(got) {
				t.Errorf("%q became invalid: %q", s, got)
			}
			if plain(s) != plain(got) {
				t.Errorf("%q became %q: ASCII changed", s, got)
			}
		}
	})
}

// plain returns the ASCII characters of s.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return r
		}
		return -1
	}, s)
}

func BenchmarkConverterLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var c text.Converter
		c.ToTraditional("国")
	}
}

func BenchmarkToTraditional(b *testing.B) {
	var c text.Converter
	s := "海关数据显示，去年的出口额比前年增长了百分之五，谈判没有取得任何进展，双方将在明年春天继续讨论。"
	c.ToTraditional(s)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		c.ToTraditional(s)
	}
}
