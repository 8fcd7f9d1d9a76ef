package knowledge_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
	"amur/knowledge"
)

// lettersOf is what must survive any change of white space and markup.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// plainBody reads the body of a document in another way than the parser does.
func plainBody(source string) string {
	_, rest, _ := strings.Cut(strings.ReplaceAll(source, "\r\n", "\n"), "\n")
	var body []string
	inside := false
	for line := range strings.SplitSeq(rest, "\n") {
		if !inside {
			inside = strings.TrimRight(line, " \t") == "---"
			continue
		}
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "<!--") || regexp.MustCompile(`^\[\^[^\[\]]*\]:`).MatchString(line) {
			continue
		}
		line = regexp.MustCompile(`^(##.*)\{#[a-z0-9-]*\}$`).ReplaceAllString(line, "$1")
		line = regexp.MustCompile(`^\d{1,3}[.)][ \t]+`).ReplaceAllString(line, "")
		body = append(body, line)
	}
	plain := regexp.MustCompile(`\[\^[^\[\]\n]*\]`).ReplaceAllString(strings.Join(body, "\n"), "")
	return regexp.MustCompile(`\]\([^()\s]*\)`).ReplaceAllString(plain, "]")
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/parse/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		input, _, _ := strings.Cut(string(data), dashes)
		f.Add(input)
	}
	for _, file := range folder() {
		f.Add(string(file.Data))
	}
	f.Fuzz(func(t *testing.T, source string) {
		document, err := knowledge.Parse("x.md", []byte(source))
		if err != nil {
			if document.ID != "" || document.Sections != nil || document.Sources != nil {
				t.Fatalf("Parse gives an error and a document: %v", err)
			}
			if !strings.HasPrefix(err.Error(), "x.md:") {
				t.Fatalf("Parse error %q names no file", err)
			}
			return
		}
		var rebuilt strings.Builder
		ids := map[knowledge.SectionID]bool{}
		for _, s := range document.Sections {
			if ids[s.ID] {
				t.Fatalf("section id %q stands twice", s.ID)
			}
			ids[s.ID] = true
			if strings.TrimSpace(s.Text) == "" || !utf8.ValidString(s.Text) {
				t.Fatalf("section text %q", s.Text)
			}
			rebuilt.WriteString(s.Heading)
			rebuilt.WriteString(s.Text)
			var sentences strings.Builder
			for _, sentence := range s.Sentences {
				if len(sentence.Refs) == 0 {
					t.Fatalf("a sentence without a source in %q", s.Text)
				}
				sentences.WriteString(s.Text[sentence.Start:sentence.End])
			}
			if got, want := lettersOf(sentences.String()), lettersOf(s.Text); got != want {
				t.Fatalf("sentences hold %q of %q", got, want)
			}
		}
		if got, want := lettersOf(rebuilt.String()), lettersOf(plainBody(source)); got != want {
			t.Fatalf("sections hold %q of %q", got, want)
		}
		if _, err := knowledge.New([]knowledge.Document{document}); err != nil {
			t.Fatalf("New refuses what Parse gives: %v", err)
		}
	})
}

func FuzzSplit(f *testing.F) {
	f.Add("Distrust. Many Russians distrust China. Some do not.\n\nTrade grew in 2023.", "en")
	f.Add("不信任。许多俄罗斯人不信任中国。", "zh")
	f.Add(strings.Repeat("a long line ", 200), "ru")
	f.Add(strings.Repeat("长", 2100)+"。", "zh")
	f.Add("\xff\xfe broken \xf0\x9f text.\n\n\n\n \u00a0 \n\n.", "other")
	f.Fuzz(func(t *testing.T, source, lang string) {
		section := knowledge.NewSection("doc", "part", "Part", text.Lang(lang), strings.Split(source, "\n\n"), nil)
		base, err := knowledge.New([]knowledge.Document{{ID: "doc", Lang: text.Lang(lang), Sections: []knowledge.Section{section}}})
		if err != nil {
			t.Fatal(err)
		}
		end := 0
		for _, p := range base.Passages() {
			if p.Text != section.Text[p.Start:p.End] {
				t.Fatalf("passage %s: %q is not its span", p.ID, p.Text)
			}
			if p.Text == "" || !utf8.ValidString(p.Text) || strings.TrimSpace(p.Text) != p.Text || utf8.RuneCountInString(p.Text) > 2200 {
				t.Fatalf("passage %s: %q", p.ID, p.Text)
			}
			if paragraph := section.Paragraphs[p.Paragraph]; p.Start < paragraph.Start || p.End > paragraph.End {
				t.Fatalf("passage %s is not in paragraph %d", p.ID, p.Paragraph)
			}
			if p.Start < end || strings.TrimSpace(section.Text[end:p.Start]) != "" {
				t.Fatalf("passage %s at %d leaves out or repeats %q", p.ID, p.Start, section.Text[min(end, p.Start):p.Start])
			}
			end = p.End
		}
		if strings.TrimSpace(section.Text[end:]) != "" {
			t.Fatalf("no passage holds %q", section.Text[end:])
		}
		if got, want := lettersOf(section.Text), lettersOf(strings.ToValidUTF8(source, "\uFFFD")); got != want {
			t.Fatalf("section holds %q of %q", got, want)
		}
	})
}
