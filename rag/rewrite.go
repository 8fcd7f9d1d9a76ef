package rag

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"strings"
	"sync"
	"unicode/utf8"

	"amur/internal/text"
)

const (
	longestRewrite = 120 // tokens that a rewritten question may take
	// sureSupport is from what support on a question in a foreign language needs no rewriting: its passages were found.
	sureSupport = 1.0
	// rewritesKept bounds the cache.
	rewritesKept = 512
)

// rewritten searches once more with the question as the model makes it whole, where that may help: for follow-ups, and
// where the documents are in another language and what was found is not sure. It returns nothing where it does not help
// or the model fails: the plain question's finding stands.
func (a *Answerer) rewritten(ctx context.Context, q Question, plain finding, ans *Answer) (finding, bool, error) {
	if a.Model == nil || !a.Model.Rewrite {
		return finding{}, false, nil
	}
	foreign := len(plain.hits) > 0 && !sameReader(plain.hits[0].Passage.Lang, ans.Language)
	unsure := plain.support >= modelBand && plain.support < sureSupport
	if len(q.History) == 0 && !(foreign && unsure) {
		return finding{}, false, nil
	}
	lang := ans.Language
	if foreign {
		lang = plain.hits[0].Passage.Lang
	}
	whole, ok := a.Model.rewrite(ctx, q, lang, ans)
	if !ok {
		return finding{}, false, ctx.Err()
	}
	second := newAnswer(Question{Text: whole, Lang: lang})
	question, err := a.read(ctx, Question{Text: whole, Lang: lang}, &second)
	if err != nil {
		return finding{}, false, err
	}
	ans.Timings.Embed += second.Timings.Embed
	question.lang = ans.Language // whose passages the asker may be shown stays as it was
	f, err := a.find(ctx, Question{Text: whole, Withheld: q.Withheld}, question, ans)
	return f, err == nil, err
}

// rewrite asks the model to make a question whole; what it made before is not asked for again.
func (m *Model) rewrite(ctx context.Context, q Question, lang text.Lang, ans *Answer) (string, bool) {
	key, err := rewriteKey(q, lang)
	if err != nil {
		return "", false
	}
	if whole, ok := m.rewrites.get(key); ok {
		return whole, true
	}
	limited, cancel := context.WithTimeout(ctx, m.timeout()/3) // the answer needs its time too
	defer cancel()
	reply, err := m.chat(limited, q, ans.usage(), rewritePrompt(q, lang), func(string) error { return nil })
	if err != nil {
		m.log().WarnContext(ctx, "question not rewritten", "err", err)
		return "", false
	}
	whole, _, _ := strings.Cut(strings.TrimSpace(reply.Text), "\n")
	whole = strings.TrimSpace(withoutInvisible(whole))
	const longestQuestion = 400
	if !hasWords(whole) || utf8.RuneCountInString(whole) > longestQuestion {
		return "", false
	}
	m.rewrites.put(key, whole)
	return whole, true
}

// fuse takes passages of both searches in turn, the plain question's first: whatever the rewriting did, the best half of
// what the plain question finds is kept.
func fuse(plain, rewritten []Hit) []Hit {
	var out []Hit
	seen := map[int]bool{}
	take := func(hits []Hit, i int) {
		if i < len(hits) && !seen[hits[i].at] {
			seen[hits[i].at] = true
			out = append(out, hits[i])
		}
	}
	for i := range max(len(plain), len(rewritten)) {
		take(plain, i)
		take(rewritten, i)
	}
	return out
}

// rewriteCache holds rewritten questions by what they were made from; the oldest goes first. The zero value is ready.
type rewriteCache struct {
	mu    sync.Mutex
	byKey map[[sha256.Size]byte]string
	order [][sha256.Size]byte
}

// rewriteKey names a question with its conversation, for one server: what one server asked is not told another.
func rewriteKey(q Question, lang text.Lang) ([sha256.Size]byte, error) {
	data, err := json.Marshal([]any{q.Server, lang, q.Text, q.History})
	return sha256.Sum256(data), err
}

func (c *rewriteCache) get(key [sha256.Size]byte) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	whole, ok := c.byKey[key]
	return whole, ok
}

func (c *rewriteCache) put(key [sha256.Size]byte, whole string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil {
		c.byKey = map[[sha256.Size]byte]string{}
	}
	if _, ok := c.byKey[key]; !ok {
		c.order = append(c.order, key)
	}
	c.byKey[key] = whole
	if len(c.order) > rewritesKept {
		delete(c.byKey, c.order[0])
		c.order = c.order[1:]
	}
}
