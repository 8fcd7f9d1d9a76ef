package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
)

// interactionLife is how long Discord lets a reply be changed, less a margin.
const interactionLife = 14 * time.Minute

// onInteraction replies to an interaction: exactly one first reply, in time, whatever happens.
func (b *Bot) onInteraction(ctx context.Context, in discord.Interaction) {
	defer b.open.enter()()
	start := b.now()
	ctx, cancel := context.WithTimeout(ctx, interactionLife)
	defer cancel()
	job, r, err := b.job(ctx, in)
	if err != nil {
		b.log.ErrorContext(ctx, "request not read", "err", err, "interaction_id", in.ID)
	}
	if in.Kind == discord.AutocompleteInteraction {
		b.complete(ctx, job, r)
		return
	}
	f := &first{bot: b, request: r, update: job.update}
	reply, err := job.do(ctx, b, r, f, err)
	incident := ""
	if err != nil {
		incident = newIncident()
		b.remember(ctx, r, incident)
		reply = private(r.Say("failed", phrase.Markup("code", incident))).as("failed")
	}
	sent, sendErr := f.send(ctx, reply)
	took := b.now().Sub(start)
	if sendErr == nil && reply.Then != nil {
		sendErr = b.goOn(ctx, reply, sent)
	}
	b.account(ctx, r, job.name, reply, incident, errors.Join(err, sendErr), took)
}

// goOn does what follows a first reply; a panic in it is an error.
func (b *Bot) goOn(ctx context.Context, reply Reply, sent Sent) (err error) {
	defer recovered(&err)
	return reply.Then(ctx, sent)
}

// recovered turns a panic into an error that tells where.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
	}
}

// account writes the one line of an interaction and counts it.
func (b *Bot) account(ctx context.Context, r Request, name string, reply Reply, incident string, err error, took time.Duration) {
	outcome := reply.Outcome
	if outcome == "" {
		outcome = "done"
	}
	attrs := []any{
		"interaction_id", r.ID, "guild_id", r.Guild, "channel_id", r.Channel.ID, "command", name, "lang", r.Locale,
		"outcome", outcome, "duration", took,
	}
	if incident != "" {
		attrs = append(attrs, "incident", incident)
	}
	switch {
	case err == nil:
		b.log.InfoContext(ctx, "replied", attrs...)
	case errors.Is(err, discord.ErrUnknownInteraction), errors.Is(err, discord.ErrTokenExpired), errors.Is(err, discord.ErrAcknowledged):
		b.log.WarnContext(ctx, "reply too late", append(attrs, "err", err)...)
	default:
		b.log.ErrorContext(ctx, "reply failed", append(attrs, "err", err)...)
	}
	b.observe(Event{Kind: "interaction", Command: name, Outcome: outcome, Language: string(r.Locale), Took: took})
}

// job is what an interaction asks for.
type job struct {
	name     string
	who      Who
	heavy    bool
	update   bool
	run      func(ctx context.Context, r Request) (Reply, error) // nil where the bot does not know it
	complete func(ctx context.Context, r Request) ([]discord.Choice, error)
}

// job finds what an interaction asks for, and puts together what is needed to reply.
func (b *Bot) job(ctx context.Context, in discord.Interaction) (job, Request, error) {
	r := Request{Interaction: in, Locale: phrase.ForDiscord(in.Locale), Edition: b.Edition(), book: b.phrases}
	var j job
	if in.Kind == discord.ComponentInteraction || in.Kind == discord.ModalInteraction {
		verb, args := readCustomID(in.CustomID)
		action := b.actions[verb]
		r.Args = args
		j = job{name: verb, who: action.Who, heavy: action.Heavy, update: action.Update, run: action.Run}
	} else {
		c := b.commands[in.Command]
		j = job{name: c.Key, who: c.Who, heavy: c.Heavy, run: c.Run, complete: c.Complete}
	}
	var err error
	if in.Guild != "" {
		r.Settings, err = b.store.Settings(ctx, r.Server())
	}
	return j, r, err
}

// do runs a job in its turn. err is what was wrong with the request already.
func (j job) do(ctx context.Context, b *Bot, r Request, f *first, err error) (_ Reply, failure error) {
	defer recovered(&failure)
	switch {
	case err != nil:
		return Reply{}, err
	case b.draining.Load():
		b.observe(Event{Kind: "refusal", Outcome: "draining"})
		return private(r.Say("draining")).as("draining"), nil
	case j.run == nil:
		return private(r.Say("lapsed")).as("lapsed"), nil
	case !b.serves(r.Guild):
		b.observe(Event{Kind: "refusal", Outcome: "not_served"})
		return private(r.Say("not_served")).as("not served"), nil
	case !may(r, j.who) && j.who == Managers:
		return private(r.Say("managers_only")).as("forbidden"), nil
	case !may(r, j.who):
		return private(r.Say("moderators_only")).as("forbidden"), nil
	}
	defer f.patient(ctx, b.policy().Limits.Patience)()
	if j.heavy {
		leave, err := b.queue.enter(ctx, string(r.Guild), f.queued)
		if errors.Is(err, errFull) {
			b.observe(Event{Kind: "refusal", Outcome: "full"})
			when := markup.Time(b.now().Add(time.Minute), "R")
			return private(r.Say("full", phrase.Markup("when", when))).as("full"), nil
		}
		if err != nil {
			return Reply{}, err
		}
		defer leave()
	}
	return j.run(ctx, r)
}

// complete offers choices while an option is typed. Nothing to offer is no fault that a person should see.
func (b *Bot) complete(ctx context.Context, j job, r Request) {
	ctx, cancel := context.WithTimeout(ctx, 2500*time.Millisecond)
	defer cancel()
	var choices []discord.Choice
	if j.complete != nil && may(r, j.who) && b.serves(r.Guild) {
		var err error
		if choices, err = b.choices(ctx, j, r); err != nil {
			b.log.WarnContext(ctx, "no choices", "err", err, "command", j.name)
		}
	}
	if _, err := b.discord.Respond(ctx, r.Interaction, discord.Response{Kind: discord.RespondChoices, Choices: choices}); err != nil {
		b.log.DebugContext(ctx, "choices not sent", "err", err, "command", j.name)
	}
}

func (b *Bot) choices(ctx context.Context, j job, r Request) (_ []discord.Choice, err error) {
	defer recovered(&err)
	return j.complete(ctx, r)
}
