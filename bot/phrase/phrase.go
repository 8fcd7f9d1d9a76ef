// Package phrase holds every sentence that the bot says, in the five languages of its interface. It knows nothing of
// questions and messages.
//
// The files in data hold a phrase a key, with its wording in each language. A wording names what is put in by {name}, and
// a choice of forms by a number: {n|one question|# questions} (English), {n|# вопрос|# вопроса|# вопросов} (Russian and
// Ukrainian: one, few, many), {n|# 个问题} (Chinese), # being the number. {/note.add} names a command as readers of the language
// type it: Discord shows each person the commands in the language of their client.
package phrase

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"

	"amur/internal/text"
)

// Locale is a language of the interface.
type Locale string

// The languages of the interface, named as Discord names its locales.
const (
	EN Locale = "en"
	RU Locale = "ru"
	UK Locale = "uk"
	CN Locale = "zh-CN"
	TW Locale = "zh-TW"
)

// Locales returns the languages of the interface.
func Locales() []Locale { return []Locale{EN, RU, UK, CN, TW} }

// ForDiscord returns the language for a locale of Discord's, such as "en-GB" or "zh-TW"; English for one that is not spoken.
func ForDiscord(locale string) Locale {
	switch l := Locale(locale); l {
	case RU, UK, CN, TW:
		return l
	}
	return EN
}

// ForLang returns the language of the interface for the language of a text.
func ForLang(l text.Lang) Locale {
	switch l {
	case text.RU:
		return RU
	case text.UK:
		return UK
	case text.ZH:
		return CN
	case text.ZHHant:
		return TW
	}
	return EN
}

// Lang returns the language of texts that goes with the locale.
func (l Locale) Lang() text.Lang {
	switch l {
	case RU:
		return text.RU
	case UK:
		return text.UK
	case CN:
		return text.ZH
	case TW:
		return text.ZHHant
	}
	return text.EN
}

// Discord returns the locales of Discord's that a command's texts are registered under.
func (l Locale) Discord() []string {
	if l == EN {
		return []string{"en-US", "en-GB"}
	}
	return []string{string(l)}
}

//go:embed data/*.yaml
var data embed.FS

// Book holds the phrases. It is immutable and safe for concurrent use.
type Book struct {
	phrases map[string]map[Locale]string
}

// Read reads the phrases that come with the bot. Its error is a fault of the build.
func Read() (*Book, error) {
	names, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("phrases: %w", err)
	}
	b := &Book{phrases: map[string]map[Locale]string{}}
	for _, name := range names {
		file, err := data.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("phrases: %w", err)
		}
		var phrases map[string]map[Locale]string
		if err := yaml.UnmarshalWithOptions(file, &phrases, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("phrases: %s: %w", name, err)
		}
		for key, wordings := range phrases {
			if b.phrases[key] != nil {
				return nil, fmt.Errorf("phrases: %s: %q is there twice", name, key)
			}
			b.phrases[key] = wordings
		}
	}
	return b, nil
}

// Has reports whether there is a phrase of that key.
func (b *Book) Has(key string) bool { return b.phrases[key] != nil }

// Keys returns the keys of all phrases, in no order.
func (b *Book) Keys() []string {
	out := make([]string, 0, len(b.phrases))
	for key := range b.phrases {
		out = append(out, key)
	}
	return out
}

// Raw returns the wording of a phrase with its gaps open.
func (b *Book) Raw(l Locale, key string) string { return b.phrases[key][l] }

// Say returns a phrase with its gaps filled. A key that is not there gives the key itself, which tests find.
func (b *Book) Say(l Locale, key string, fill ...Fill) string {
	wording, ok := b.phrases[key][l]
	if !ok {
		return key
	}
	var out strings.Builder
	for {
		before, rest, open := strings.Cut(wording, "{")
		out.WriteString(before)
		if !open {
			return out.String()
		}
		gap, after, _ := strings.Cut(rest, "}")
		if key, ok := strings.CutPrefix(gap, "/"); ok {
			out.WriteString(b.typed(l, key))
		} else {
			out.WriteString(filled(l, gap, fill))
		}
		wording = after
	}
}

// typed is how a command is typed: "/ask", "/note add".
func (b *Book) typed(l Locale, key string) string {
	name := b.Raw(l, "command."+key+".name")
	if group, _, grouped := strings.Cut(key, "."); grouped {
		name = b.Raw(l, "command."+group+".name") + " " + name
	}
	return "/" + name
}
