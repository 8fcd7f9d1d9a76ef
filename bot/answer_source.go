package bot

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/rag"
)

// How sources are shown: see Links.
const (
	linksAll    = "all"
	linksTitles = "titles-only"
	linksOff    = "off"
)

// How long names may be beside an answer, in code points.
const (
	longestHeading   = 90
	longestPublisher = 70
)

// sourceLine is a citation without its number: the section as the text of a link, then who says it, of which kind where it is not
// independent, and when. It is markup.
func (b *Bot) sourceLine(l phrase.Locale, c rag.Citation) string {
	return b.cite(l, c, b.policy().Links.Mode)
}

// cite is sourceLine with as much of addresses as mode says, or the operator where he says less.
func (b *Bot) cite(l phrase.Locale, c rag.Citation, mode string) string {
	label := b.written(l, c.Title) + " › " + b.written(l, c.Heading)
	if c.Title == c.Heading || c.Heading == "" {
		label = b.written(l, c.Title)
	}
	label = markup.Label(markup.Clip(label, longestHeading))
	if b.policy().Links.Mode == linksOff || mode == linksOff {
		return label
	}
	shown := mode != linksTitles && b.policy().Links.Mode != linksTitles
	var said []string
	for i, s := range c.Sources {
		who := b.publisher(l, c, s)
		switch {
		case i == 0 && shown && b.mayLink(s.URL):
			label = markup.Link(label, s.URL)
		case i > 0 && shown && b.mayLink(s.URL):
			who = markup.Link(who, s.URL)
		}
		if s.Published != "" {
			who += ", " + markup.Escape(b.published(l, s.Published))
		}
		if !slices.Contains(said, who) {
			said = append(said, who)
		}
	}
	if len(said) == 0 {
		return label
	}
	return label + " · " + strings.Join(said, "; ")
}

// publisher names who says something, with the kind where it is not independent. It is a markup.Label.
func (b *Bot) publisher(l phrase.Locale, c rag.Citation, s rag.SourceView) string {
	name := s.Publisher
	if name == "" {
		name = s.Title
	}
	name = markup.Label(markup.Clip(b.written(l, name), longestPublisher))
	if kind := b.kind(l, s.Kind, b.country(c, s)); kind != "" {
		name += " (" + kind + ")"
	}
	return name
}

// kind says what a source is that is not independent; empty for the others.
func (b *Bot) kind(l phrase.Locale, kind, country string) string {
	key := ""
	switch kind {
	case "state media":
		key = "kind.state_media"
	case "government":
		key = "kind.government"
	case "company":
		key = "kind.company"
	default:
		return ""
	}
	if of := key + "." + country; country != "" && b.phrases.Has(of) {
		key = of
	}
	return b.phrases.Say(l, key)
}

// country finds the country of a source in the documents; empty where it is not known.
func (b *Bot) country(c rag.Citation, s rag.SourceView) string {
	doc, ok := b.Edition().Base.Document(c.Document, c.Lang)
	if !ok {
		return ""
	}
	for _, source := range doc.Sources {
		if source.URL == s.URL && source.Title == s.Title && source.Publisher == s.Publisher {
			return source.Country
		}
	}
	return ""
}

// mayLink reports whether an address may be shown.
func (b *Bot) mayLink(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	return !slices.ContainsFunc(b.policy().Links.Deny, func(domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) })
}

// onlyStateMedia reports whether all who say something are state media, and names them.
func onlyStateMedia(citations []rag.Citation) (who []string, only bool) {
	for _, c := range citations {
		for _, s := range c.Sources {
			if s.Kind != "state media" {
				return nil, false
			}
			name := s.Publisher
			if name == "" {
				name = s.Title
			}
			if !slices.Contains(who, name) {
				who = append(who, name)
			}
		}
		if len(c.Sources) == 0 {
			return nil, false
		}
	}
	return who, len(who) > 0
}

// numbered gathers citations that are shown alike: "1, 3 Trade › …".
func (b *Bot) numbered(l phrase.Locale, citations []rag.Citation, mode string) []string {
	var lines []string
	numbers := map[string][]string{}
	for _, c := range citations {
		line := b.cite(l, c, mode)
		if numbers[line] == nil {
			lines = append(lines, line)
		}
		numbers[line] = append(numbers[line], strconv.Itoa(c.N))
	}
	out := make([]string, 0, len(lines))
	for _, line := range lines {
		out = append(out, strings.Join(numbers[line], ", ")+" "+line)
	}
	return out
}

// marks are the numbers of citations as they stand behind a sentence: "[1] [2]".
func marks(citations []int) string {
	list := make([]string, len(citations))
	for i, n := range citations {
		list[i] = "[" + strconv.Itoa(n) + "]"
	}
	return strings.Join(list, " ")
}

// published is when a source appeared; a bare year stays one, as after a comma.
func (b *Bot) published(l phrase.Locale, iso string) string {
	if !strings.Contains(iso, "-") {
		return iso
	}
	return b.dateWords(l, iso)
}

// dateWords is YYYY, YYYY-MM or YYYY-MM-DD as a reader writes it; anything else comes back as it is.
func (b *Bot) dateWords(l phrase.Locale, iso string) string {
	parts := strings.Split(iso, "-")
	if len(parts) > 3 {
		return iso
	}
	n := make([]int, 0, 3)
	for _, part := range parts {
		number, err := strconv.Atoi(part)
		if err != nil {
			return iso
		}
		n = append(n, number)
	}
	if len(n) > 1 && (n[1] < 1 || n[1] > 12) {
		return iso
	}
	year := phrase.Markup("year", parts[0])
	month := func(key string) phrase.Fill {
		return phrase.Markup("month", strings.Split(b.phrases.Raw(l, key), "|")[n[1]-1])
	}
	switch len(parts) {
	case 1:
		return b.phrases.Say(l, "date.year", year)
	case 2:
		return b.phrases.Say(l, "date.month", year, month("date.months"))
	}
	return b.phrases.Say(l, "date.day", year, month("date.months_of"), phrase.Markup("day", strconv.Itoa(n[2])))
}
