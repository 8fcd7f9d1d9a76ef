package bot

import (
	"context"
	"strconv"
	"time"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/rag"
	"amur/rag/factcheck"
)

// Renderer lays out what the bot says without a Discord or a store.
type Renderer struct{ bot *Bot }

// NewRenderer makes one over documents.
func NewRenderer(e *Edition, links Links) (Renderer, error) {
	phrases, err := phrase.Read()
	if err != nil {
		return Renderer{}, err
	}
	b := &Bot{phrases: phrases}
	b.Obey(Policy{Links: links})
	b.edition.Store(e)
	return Renderer{b}, nil
}

// Answer lays an answer out.
func (r Renderer) Answer(layout store.Layout, question string, ans rag.Answer, notes []string, private bool) []discord.Body {
	in := inquiry{edition: r.bot.Edition(), question: question, asker: asker{guild: "1"}}
	p := r.bot.page(in, ans, notes, r.bot.policy().Links.Mode)
	p.rows = r.bot.answerRows(phrase.ForLang(ans.AnswerLanguage), "aaaabbbbccccdddd", in, private)
	return p.bodies(layout)
}

// Refusal is the text of a refusal.
func (r Renderer) Refusal(ans rag.Answer) string {
	return r.bot.refusalText(phrase.ForLang(ans.AnswerLanguage), ans)
}

// Check lays findings out.
func (r Renderer) Check(layout store.Layout, l phrase.Locale, findings []factcheck.Finding) []discord.Body {
	p, _ := r.bot.checkPage(l, findings, r.bot.Edition())
	return p.bodies(layout)
}

// Evidence is the text of a citation's evidence.
func (r Renderer) Evidence(l phrase.Locale, n int, cited store.AnswerPassage, hidden map[string]bool) string {
	request := Request{Locale: l, Edition: r.bot.Edition(), book: r.bot.phrases}
	return r.bot.evidenceOf(request, n, cited, hidden)
}

// ReadAnswer takes the question and the sentences out of a message.
func ReadAnswer(m discord.Message) (question, answer string) { return readAnswer(m) }

// CustomID writes a custom id and takes it apart again.
func CustomID(verb string, args ...string) (id, again string, back []string) {
	id = customID(verb, args...)
	again, back = readCustomID(id)
	return id, again, back
}

// Verbs are the verbs of all custom ids.
func Verbs() []string {
	var out []string
	for verb := range (&Bot{}).verbs() {
		out = append(out, verb)
	}
	return out
}

// Spans are the cited parts of passages as a record keeps them.
func Spans(e *Edition, citations []rag.Citation) []store.AnswerPassage { return spans(e, citations) }

// Registration is what is registered with Discord.
func (r Renderer) Registration() []discord.Command { return r.bot.Registration() }

// Suggest are the questions that are offered for what is typed.
func (r Renderer) Suggest(ctx context.Context, l phrase.Locale, typed string) ([]discord.Choice, error) {
	in := discord.Interaction{Options: []discord.Option{{Name: "question", Value: typed, Focused: true}}}
	return r.bot.completeQuestion(ctx, Request{Interaction: in, Locale: l, Edition: r.bot.Edition(), book: r.bot.phrases})
}

// Streamed shows n states one after the other, ends when the newest was shown or, within the pause, at once, and returns the edits.
func Streamed(ctx context.Context, every time.Duration, n int) []string {
	var edits []string
	newest := make(chan struct{})
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := newStream(ctx, every, func(_ context.Context, body discord.Body) error {
		edits = append(edits, body.Content)
		if body.Content == strconv.Itoa(n) {
			close(newest)
		}
		return nil
	})
	for i := range n {
		s.show(discord.Body{Content: strconv.Itoa(i + 1)})
	}
	if every < time.Second {
		<-newest
	} else {
		cancel()
	}
	s.end(ctx)
	return edits
}

// Remembered is how many answers are still remembered that long after one was given, where nothing is asked since.
func Remembered(after time.Duration) int {
	r, at := newRecent(), time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	r.add("a", inquiry{question: "?"}, rag.Answer{}, at)
	r.expire(at.Add(after))
	return len(r.answers)
}
