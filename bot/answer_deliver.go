package bot

import (
	"context"
	"errors"
	"time"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/rag"
)

// goesWithQuestion is how long an answer goes when its question is deleted.
const goesWithQuestion = 24 * time.Hour

// respond answers an inquiry of an interaction. What becomes of it is decided by quotations before the first reply, because public
// or private cannot be changed later: refusals and talk are private, answers are public where they may be.
func (b *Bot) respond(ctx context.Context, r Request, in inquiry) (Reply, error) {
	start := b.now()
	refusal, outcome, err := b.admit(ctx, in.asker)
	if err != nil {
		return Reply{}, err
	}
	if refusal != "" {
		return private(refusal).as(outcome), nil
	}
	ans, err := b.quotes(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	id, took := store.NewAnswerID(), b.now().Sub(start)
	if !tells(ans) {
		b.told(ctx, in, ans, in.private, took)
		return b.refusal(ctx, id, in, ans)
	}
	alone := in.private || !b.public(r)
	if b.words(in) {
		return b.worded(ctx, id, in, ans, alone, start), nil
	}
	bodies, err := b.finished(ctx, id, in, ans, alone)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Body: bodies[0], Outcome: string(ans.Outcome), Then: func(ctx context.Context, sent Sent) error {
		defer b.told(ctx, in, ans, sent.Private, took)
		return b.follow(ctx, id, in, ans, sent, bodies)
	}}, nil
}

// finished records an answer and lays it out with its buttons.
func (b *Bot) finished(ctx context.Context, id store.AnswerID, in inquiry, ans rag.Answer, private bool) ([]discord.Body, error) {
	if err := b.record(ctx, id, in, ans, private); err != nil {
		return nil, err
	}
	return b.laidOut(ctx, id, in, ans, private, b.policy().Links.Mode)
}

// laidOut is an answer as messages.
func (b *Bot) laidOut(ctx context.Context, id store.AnswerID, in inquiry, ans rag.Answer, private bool, mode string) ([]discord.Body, error) {
	l := phrase.ForLang(ans.AnswerLanguage)
	notes, err := b.notesOn(ctx, in, ans, l)
	if err != nil {
		return nil, err
	}
	p := b.page(in, ans, notes, mode)
	p.rows = b.answerRows(l, id, in, private)
	bodies := p.bodies(in.asker.settings.Layout)
	for i := range bodies {
		bodies[i].Private = private && in.asker.guild != ""
	}
	return bodies, nil
}

// notesOn are the server's own notes on what an answer cites.
func (b *Bot) notesOn(ctx context.Context, in inquiry, ans rag.Answer, l phrase.Locale) ([]string, error) {
	if in.asker.guild == "" {
		return nil, nil
	}
	var sections []string
	seen := map[string]bool{}
	for _, c := range ans.Citations {
		if s := string(c.Section); !seen[s] {
			seen[s] = true
			sections = append(sections, s)
		}
	}
	return b.notesFor(ctx, in.server(), sections, l)
}

// follow notes the first message of an answer, and sends and notes the others. Each is noted at once, so that it can be reported, hidden
// and pinned while the next is sent. A public answer that came so late that only the asker sees it becomes a private one.
func (b *Bot) follow(ctx context.Context, id store.AnswerID, in inquiry, ans rag.Answer, sent Sent, bodies []discord.Body) error {
	var failed []error
	if sent.Private && in.asker.guild != "" && !bodies[0].Private {
		alone, err := b.finished(ctx, id, in, ans, true)
		if err == nil {
			bodies, err = alone, sent.Edit(ctx, alone[0])
		}
		failed = append(failed, err)
	}
	failed = append(failed, b.sentAs(ctx, in, id, sent.Private, sent.Message))
	for _, body := range bodies[1:] {
		if _, gone := b.recent.withdrawn(id); gone {
			break
		}
		m, err := sent.FollowUp(ctx, body)
		if err != nil {
			failed = append(failed, err)
			break
		}
		failed = append(failed, b.sentAs(ctx, in, id, sent.Private, m))
	}
	return errors.Join(failed...)
}

// answerRows are the buttons and the menu under an answer.
func (b *Bot) answerRows(l phrase.Locale, id store.AnswerID, in inquiry, private bool) []discord.Component {
	button := func(verb string) discord.Component {
		return discord.Button{Style: discord.Secondary, Label: b.phrases.Say(l, "button."+verb), CustomID: customID(verb, string(id))}
	}
	buttons := []discord.Component{button("evidence"), button("follow")}
	choices := []string{"delete", "helpful", "unhelpful"}
	if in.asker.guild != "" {
		buttons = append(buttons, button("report"))
		if private {
			choices = []string{"share", "helpful", "unhelpful"}
		}
	}
	menu := discord.Select{CustomID: customID("more", string(id)), Placeholder: b.phrases.Say(l, "more.placeholder")}
	for _, choice := range choices {
		menu.Options = append(menu.Options, discord.SelectOption{Label: b.phrases.Say(l, "more."+choice), Value: choice})
	}
	return []discord.Component{row(buttons...), row(menu)}
}
