package bot_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"amur/bot"
	"amur/bot/discord"
	"amur/bot/phrase"
)

// readPhrases reads the phrases and the source of the package.
func readPhrases(t *testing.T) (book *phrase.Book, source string) {
	t.Helper()
	book, err := phrase.Read()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(data)
	}
	return book, b.String()
}

// TestPhrases holds every phrase to what is said about the bot's words in the design: each in all languages with the same gaps, no
// word that judges, no exclamation, no emoji.
func TestPhrases(t *testing.T) {
	t.Parallel()
	book, _ := readPhrases(t)
	judging := regexp.MustCompile(`(?i)propagand|disinform|misinform|\btroll|\bfakes?\b|\bproved|\bproven|\bverif|\blies?\b|\bfalse\b|\bsorry, I\b|\bas an AI\b` +
		`|пропаганд|дезинформ|дезінформ|тролл|троль|фейк|доказан|доведено|ложь|лжёт|лживо|брехн|宣传|宣傳|虚假|虛假|假新闻|假新聞|谎|謊|水军|水軍|证实|證實`)
	gap := regexp.MustCompile(`\{([^}|]*)`)
	for _, key := range book.Keys() {
		var gaps [][]string
		for _, l := range phrase.Locales() {
			wording := book.Raw(l, key)
			if strings.TrimSpace(wording) == "" && !strings.HasSuffix(key, ".name") {
				t.Errorf("%s has no wording in %s", key, l)
			}
			if found := judging.FindString(wording); found != "" {
				t.Errorf("%s in %s says %q: %s", key, l, found, wording)
			}
			if strings.ContainsAny(wording, "!！") {
				t.Errorf("%s in %s exclaims: %s", key, l, wording)
			}
			if strings.ContainsFunc(wording, isPicture) {
				t.Errorf("%s in %s has a picture: %s", key, l, wording)
			}
			var names []string
			for _, m := range gap.FindAllStringSubmatch(wording, -1) {
				if !slices.Contains(names, m[1]) {
					names = append(names, m[1])
				}
			}
			slices.Sort(names)
			gaps = append(gaps, names)
		}
		for i, l := range phrase.Locales() {
			// A gap that only chooses among forms may be missing where a language has one form.
			if plain(gaps[i], book.Raw(l, key)) != plain(gaps[0], book.Raw(phrase.EN, key)) {
				t.Errorf("%s has the gaps %v in %s, %v in English", key, gaps[i], l, gaps[0])
			}
		}
	}
}

func isPicture(r rune) bool {
	return unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) && r > unicode.MaxLatin1 || r > 0x1f000 && r < 0x20000
}

// plain names the gaps that put something in, without those that only choose among words.
func plain(gaps []string, wording string) string {
	var out []string
	for _, g := range gaps {
		if strings.Contains(wording, "{"+g+"}") || chosenWithNumber(g, wording) {
			out = append(out, g)
		}
	}
	return strings.Join(out, ",")
}

func chosenWithNumber(gap, wording string) bool {
	_, after, found := strings.Cut(wording, "{"+gap+"|")
	forms, _, _ := strings.Cut(after, "}")
	return found && strings.Contains(forms, "#")
}

// TestLabels holds what stands on buttons, in menus and in forms to Discord's limits, in all languages
// (https://docs.discord.com/developers/components/reference).
func TestLabels(t *testing.T) {
	t.Parallel()
	book, _ := readPhrases(t)
	limits := []struct {
		begins string
		most   int
	}{
		{"button.", 80},
		{"more.share", 100},
		{"more.delete", 100},
		{"more.helpful", 100},
		{"more.unhelpful", 100},
		{"more.placeholder", 150},
		{"report.", 150},
		{"follow.", 45},
		{"vote.title", 45},
		{"vote.reason", 45},
	}
	for _, key := range book.Keys() {
		for _, limit := range limits {
			for _, l := range phrase.Locales() {
				if n := utf8.RuneCountInString(book.Raw(l, key)); strings.HasPrefix(key, limit.begins) && n > limit.most {
					t.Errorf("%s in %s has %d code points, more than %d", key, l, n, limit.most)
				}
			}
		}
	}
}

// TestPhrasesUsed compares the phrases with the source: every key that is said is there, and every phrase is said somewhere.
func TestPhrasesUsed(t *testing.T) {
	t.Parallel()
	book, source := readPhrases(t)
	literal := regexp.MustCompile(`"((?:[a-z][a-z0-9_-]*\.)*[a-z][a-z0-9_-]*\.?)"`)
	said := map[string]bool{}
	var beginnings []string
	for _, m := range literal.FindAllStringSubmatch(source, -1) {
		said[m[1]] = true
		if strings.HasSuffix(m[1], ".") {
			beginnings = append(beginnings, m[1])
		}
	}
	for _, key := range book.Keys() {
		begun := slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(key, b) })
		if !said[key] && !begun && !strings.HasPrefix(key, "command.") && !prefixed(key, said) {
			t.Errorf("nothing says %s", key)
		}
	}
	for _, m := range regexp.MustCompile(`(?:\bSay|\bRaw|\bprivate\(r\.Say)\((?:[a-zA-Z.()]+, )?"([a-z0-9._-]+[a-z0-9_-])"[,)]`).FindAllStringSubmatch(source, -1) {
		if !book.Has(m[1]) {
			t.Errorf("%q is said and is no phrase", m[1])
		}
	}
}

// prefixed reports whether a key is one that is said with something added: kind.state_media.RU.
func prefixed(key string, said map[string]bool) bool {
	for i := range key {
		if key[i] == '.' && said[key[:i]] {
			return true
		}
	}
	return false
}

// TestRegistration holds the commands to Discord's limits, in all languages
// (https://docs.discord.com/developers/interactions/application-commands).
func TestRegistration(t *testing.T) {
	t.Parallel()
	e := &bot.Edition{}
	r, err := bot.NewRenderer(e, bot.Links{})
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)
	length := func(what string, texts map[string]string, base string, most int) {
		for l, s := range texts {
			if n := utf8.RuneCountInString(s); n < 1 || n > most {
				t.Errorf("%s in %s has %d code points: %q", what, l, n, s)
			}
		}
		if n := utf8.RuneCountInString(base); n < 1 || n > most {
			t.Errorf("%s has %d code points: %q", what, n, base)
		}
	}
	for _, c := range r.Registration() {
		length(c.Name, c.Names, c.Name, 32)
		if c.Kind != discord.ChatInput {
			continue
		}
		length(c.Name+" description", c.Descriptions, c.Description, 100)
		names := map[string]map[string]bool{}
		var options func(list []discord.CommandOption, of string)
		options = func(list []discord.CommandOption, of string) {
			for _, o := range list {
				where := of + " " + o.Name
				length(where, o.Names, o.Name, 32)
				length(where+" description", o.Descriptions, o.Description, 100)
				for l, s := range o.Names {
					if !name.MatchString(s) || strings.ToLower(s) != s {
						t.Errorf("%s in %s cannot be a name: %q", where, l, s)
					}
					if names[of+l] == nil {
						names[of+l] = map[string]bool{}
					}
					if names[of+l][s] {
						t.Errorf("%s in %s is named as another option: %q", where, l, s)
					}
					names[of+l][s] = true
				}
				for _, choice := range o.Choices {
					length(where+" choice", choice.Names, choice.Name, 100)
				}
				options(o.Options, where)
			}
		}
		options(c.Options, c.Name)
	}
}
