package bot

import (
	"slices"
	"strconv"
	"strings"

	"amur/internal/text"
	"amur/knowledge"
)

// shift is what has become of a passage that a line of a pin cites. A line keeps its shifts as its account, so that they can be told
// in anybody's language.
type shift struct {
	cite int    // which citation of the line, from 0
	what string // one of the words below
	heir string // hash of the passage that stands in its place; empty for none
}

// What becomes of passages.
const (
	shiftFigures   = "figures"   // only numbers and dates differ
	shiftChanged   = "changed"   // it is worded otherwise
	shiftWithdrawn = "withdrawn" // its section has nothing like it any more
	shiftHidden    = "hidden"    // moderators have taken it out of use
	shiftNoted     = "noted"     // moderators have written a note about it
)

type shifts []shift

// String writes shifts as "0 figures 3fa9…;1 withdrawn".
func (s shifts) String() string {
	parts := make([]string, len(s))
	for i, one := range s {
		parts[i] = strings.TrimSpace(strconv.Itoa(one.cite) + " " + one.what + " " + one.heir)
	}
	return strings.Join(parts, ";")
}

// readShifts reads what String has written; what is no shift is left out.
func readShifts(account string) shifts {
	var out shifts
	for part := range strings.SplitSeq(account, ";") {
		words := strings.Fields(part)
		if len(words) < 2 {
			continue
		}
		cite, err := strconv.Atoi(words[0])
		if err != nil || cite < 0 {
			continue
		}
		s := shift{cite: cite, what: words[1]}
		if len(words) > 2 {
			s.heir = words[2]
		}
		out = append(out, s)
	}
	return out
}

// of returns the shift of one citation.
func (s shifts) of(cite int) shift {
	for _, one := range s {
		if one.cite == cite {
			return one
		}
	}
	return shift{}
}

// only reports whether all shifts are of a kind.
func (s shifts) only(what string) bool {
	return len(s) > 0 && !slices.ContainsFunc(s, func(one shift) bool { return one.what != what })
}

// figuresOnly reports whether a passage says what a quotation said, with other numbers or dates.
func figuresOnly(quote string, heir knowledge.Passage, lang text.Lang) bool {
	return quote != heir.Text && withoutFigures(quote, lang) == withoutFigures(heir.Text, lang)
}

func withoutFigures(s string, lang text.Lang) string {
	var out strings.Builder
	at := 0
	for _, v := range text.Values(s, lang) {
		out.WriteString(s[at:v.Start])
		out.WriteString("#")
		at = v.End
	}
	out.WriteString(s[at:])
	return out.String()
}

// figures returns the numbers and dates of one text that the other does not have, and the other way round, as they are written. small
// says whether those count, too, that wordings of the same may differ in.
func figures(was, now string, lang text.Lang, small bool) (gone, come []string) {
	old, fresh := text.Values(was, lang), text.Values(now, lang)
	lacks := func(all []text.Value, v text.Value) bool {
		return (small || !v.Small()) && !slices.ContainsFunc(all, func(w text.Value) bool { return v.Equal(w) })
	}
	for _, v := range old {
		if lacks(fresh, v) {
			gone = append(gone, v.In(was))
		}
	}
	for _, v := range fresh {
		if lacks(old, v) {
			come = append(come, v.In(now))
		}
	}
	return gone, come
}
