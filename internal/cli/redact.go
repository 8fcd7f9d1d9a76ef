package cli

import (
	"cmp"
	"encoding"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	hidden = "(hidden)"
	// leastSecret is how long a text must be to count as a secret: to hide each "test" or "local", which people give servers
	// that want any key, would take words out of the log and protect nothing.
	leastSecret = 7
)

// redactor takes secrets out of text: those that it was told, and what looks like a token of Discord's, a bearer token, a
// password in an address, or the path of a webhook. The zero redactor does nothing; make one with newRedactor.
type redactor struct {
	known    *strings.Replacer
	patterns []pattern
}

type pattern struct {
	expression  *regexp.Regexp
	replacement string
}

// newRedactor knows the secrets also as they stand in addresses and in quotes.
func newRedactor(secrets []string) redactor {
	var forms []string
	for _, s := range secrets {
		if len(s) < leastSecret {
			continue
		}
		quoted := strconv.Quote(s)
		forms = append(forms, s, url.QueryEscape(s), url.PathEscape(s), quoted[1:len(quoted)-1])
	}
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }) // a secret may hold another
	pairs := make([]string, 0, 2*len(forms))
	for _, form := range slices.Compact(forms) {
		pairs = append(pairs, form, hidden)
	}
	return redactor{strings.NewReplacer(pairs...), patterns()}
}

// patterns are what secrets of a known form look like.
func patterns() []pattern {
	of := func(expression, replacement string) pattern {
		return pattern{regexp.MustCompile(expression), replacement}
	}
	return []pattern{
		of(`(?i)\b(authorization)(:\s*|\s+|=)(bot |bearer |basic )?[^\s"',;]+`, "$1: "+hidden),
		of(`(?i)\b(bearer)\s+[A-Za-z0-9._~+/=-]+`, "$1 "+hidden), // RFC 6750, section 2.1
		of(`\bBot\s+[A-Za-z0-9._~+/=-]{20,}`, "Bot "+hidden),
		// A bot's token: its id, a time and a signature in base64url (https://docs.discord.com/developers/reference#authentication).
		of(`[A-Za-z0-9_-]{18,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{20,}`, hidden),
		// A webhook's or an interaction's token stands in its path, and is enough to write in its name.
		of(`(?i)(webhooks|interactions)(/|%2F)(\d+|\{[a-z]+\})(/|%2F)[A-Za-z0-9_.%~-]+`, "$1/$3/"+hidden),
		of(`\b(sk|pk|gsk|xai|hf)[-_][A-Za-z0-9_-]{16,}`, hidden),
		of(`://[^/\s:@"']*:[^/\s@"']+@`, "://"+hidden+"@"),
		of(`(?i)\b(api[-_]?key|access[-_]?token|token|secret|password)=[^&\s"']+`, "$1="+hidden),
	}
}

// text returns s without secrets.
func (r redactor) text(s string) string {
	if r.known == nil {
		return s
	}
	s = r.known.Replace(s)
	for _, p := range r.patterns {
		s = p.expression.ReplaceAllString(s, p.replacement)
	}
	return s
}

// attr returns a log's attribute without secrets, groups and all.
func (r redactor) attr(a slog.Attr) slog.Attr {
	return slog.Attr{Key: r.text(a.Key), Value: r.value(a.Value)}
}

// value turns what is neither a number nor a time into text, because only there it can be searched.
func (r redactor) value(v slog.Value) slog.Value {
	v = v.Resolve()
	switch v.Kind() {
	case slog.KindString:
		return slog.StringValue(r.text(v.String()))
	case slog.KindGroup:
		return slog.GroupValue(r.attrs(v.Group())...)
	case slog.KindAny:
		return slog.StringValue(r.text(shown(v.Any())))
	}
	return v
}

func (r redactor) attrs(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = r.attr(a)
	}
	return clean
}

// shown is how a handler would print a value.
func shown(v any) string {
	switch v := v.(type) {
	case error: // fmt guards against one that panics because it is nil inside
		return fmt.Sprint(v)
	case encoding.TextMarshaler:
		if data, err := v.MarshalText(); err == nil {
			return string(data)
		}
	case []byte:
		return string(v)
	}
	return fmt.Sprintf("%+v", v)
}
