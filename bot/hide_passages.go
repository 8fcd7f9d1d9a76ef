package bot

import (
	"context"
	"slices"
	"strings"

	"amur/internal/store"
	"amur/knowledge"
)

// hiddenIn returns the hashes of the passages that are not used in a server now, in all their languages; nil in direct messages.
func (b *Bot) hiddenIn(ctx context.Context, server store.Server) (map[string]bool, error) {
	if server == "" {
		return nil, nil
	}
	hidden, err := b.store.Hidden(ctx, server)
	if err != nil {
		return nil, err
	}
	out := make(map[string]bool, len(hidden))
	for hash := range hidden {
		out[hash] = true
	}
	return out, nil
}

// inAllLanguages returns what an answer cites, together with the passages that say the same in the other languages: who hides
// a sentence means what it says, not its wording.
func inAllLanguages(base *knowledge.Base, cited []store.AnswerPassage) []store.HiddenPassage {
	var out []store.HiddenPassage
	seen := map[string]bool{}
	add := func(passage, section, hash string) {
		if !seen[hash] {
			seen[hash] = true
			out = append(out, store.HiddenPassage{Passage: passage, Section: section, Hash: hash})
		}
	}
	for _, c := range cited {
		add(c.Passage, c.Section, c.Hash)
		p, ok := passageByHash(base, c)
		if !ok {
			continue
		}
		for _, other := range base.Passages() {
			if other.Section == p.Section && other.Lang != p.Lang && sameSentences(base, p, other) {
				add(string(other.ID), string(other.Section), other.Hash)
			}
		}
	}
	return out
}

// passageByHash finds a cited passage: under its id, or under another number of its section since the documents changed.
func passageByHash(base *knowledge.Base, c store.AnswerPassage) (knowledge.Passage, bool) {
	if p, ok := base.Passage(knowledge.PassageID(c.Passage)); ok && p.Hash == c.Hash {
		return p, true
	}
	for _, p := range base.Passages() {
		if string(p.Section) == c.Section && p.Hash == c.Hash {
			return p, true
		}
	}
	return knowledge.Passage{}, false
}

// sameSentences reports whether two passages of a section in two languages share a sentence, counted from its beginning. Where
// the languages have not the same number of sentences, the number of the passage decides.
func sameSentences(base *knowledge.Base, a, b knowledge.Passage) bool {
	fromA, toA, countA := sentencesOf(base, a)
	fromB, toB, countB := sentencesOf(base, b)
	if countA == countB {
		return fromA < toB && fromB < toA
	}
	nameA, _, _ := strings.Cut(string(a.ID), "@")
	nameB, _, _ := strings.Cut(string(b.ID), "@")
	return nameA == nameB
}

// sentencesOf returns which sentences of its section a passage takes in, from and up to but not including to, of how many.
func sentencesOf(base *knowledge.Base, p knowledge.Passage) (from, to, count int) {
	section, err := base.Section(p.Section, p.Lang)
	if err != nil {
		return 0, 0, 0
	}
	in := func(s knowledge.Sentence) bool { return s.Start < p.End && p.Start < s.End }
	from = slices.IndexFunc(section.Sentences, in)
	for to = from; to >= 0 && to < len(section.Sentences) && in(section.Sentences[to]); {
		to++
	}
	return from, to, len(section.Sentences)
}
