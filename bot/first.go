package bot

import (
	"context"
	"sync"
	"time"

	"amur/bot/discord"
	"amur/bot/phrase"
)

// first sends the first reply to an interaction: the reply itself, or word that it is being made where that takes long.
type first struct {
	bot     *Bot
	request Request
	update  bool

	mu     sync.Mutex
	told   bool // that the reply is being made
	place  int  // in the queue; 0 when it is not waiting
	failed error
}

// queued notes the place in the queue.
func (f *first) queued(place int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.place = place
}

// patient waits for a reply and tells the asker, privately, when it takes long: whether an answer may be public is not known before
// it is there, and cannot be changed later. The function it returns ends the waiting.
func (f *first) patient(ctx context.Context, patience time.Duration) func() {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		timer := time.NewTimer(patience)
		defer timer.Stop()
		select {
		case <-timer.C:
			f.tell(ctx)
		case <-done:
		case <-ctx.Done():
		}
	}()
	return func() {
		close(done)
		<-ended
	}
}

func (f *first) tell(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.request
	response := discord.Response{Kind: discord.RespondAck}
	if !f.update {
		text := r.Say("working")
		if f.place > 0 {
			text = r.Say("queued", phrase.Count("place", f.place))
		}
		response = discord.Response{Kind: discord.RespondMessage, Body: discord.Body{Content: text, Private: true}}
	}
	f.told = true
	_, f.failed = f.bot.discord.Respond(ctx, r.Interaction, response)
}

// send sends a reply and what follows it.
func (f *first) send(ctx context.Context, reply Reply) (Sent, error) {
	b, r := f.bot, f.request
	if f.failed != nil {
		return Sent{}, f.failed
	}
	sent := Sent{Private: reply.Body.Private || f.told && !f.update}
	if f.update && r.Message != nil {
		sent.Message = r.Message.ID
	}
	sent.Edit = func(ctx context.Context, body discord.Body) error {
		_, err := b.discord.EditReply(ctx, r.Interaction, body)
		return err
	}
	sent.FollowUp = func(ctx context.Context, body discord.Body) (discord.MessageID, error) {
		body.Private = sent.Private
		m, err := b.discord.FollowUp(ctx, r.Interaction, body)
		return m.ID, err
	}
	var err error
	if f.told {
		err = f.late(ctx, reply, &sent)
	} else {
		var id discord.MessageID
		if id, err = b.discord.Respond(ctx, r.Interaction, response(reply, r)); id != "" {
			sent.Message = id
		}
	}
	for _, body := range reply.More {
		if err != nil {
			break
		}
		_, err = sent.FollowUp(ctx, body)
	}
	return sent, err
}

// late sends a reply after the asker was told that it is being made.
func (f *first) late(ctx context.Context, reply Reply, sent *Sent) error {
	b, r := f.bot, f.request
	switch {
	case reply.Modal != nil: // a form must be the first reply
		_, err := b.discord.EditReply(ctx, r.Interaction, discord.Body{Content: r.Say("lapsed"), Private: true})
		return err
	case f.update && !reply.Update: // the message stays; the reply is one of its own
		if empty(reply.Body) {
			return nil
		}
		m, err := b.discord.FollowUp(ctx, r.Interaction, reply.Body)
		sent.Message, sent.Private = m.ID, reply.Body.Private
		sent.Edit = func(ctx context.Context, body discord.Body) error {
			_, err := b.discord.EditFollowUp(ctx, r.Interaction, m.ID, body)
			return err
		}
		return err
	}
	m, err := b.discord.EditReply(ctx, r.Interaction, reply.Body)
	sent.Message = m.ID
	return err
}

func response(reply Reply, r Request) discord.Response {
	switch {
	case reply.Modal != nil:
		return discord.Response{Kind: discord.RespondModal, Modal: *reply.Modal}
	case reply.Update:
		return discord.Response{Kind: discord.RespondUpdate, Body: reply.Body}
	case empty(reply.Body) && r.Kind == discord.ComponentInteraction:
		return discord.Response{Kind: discord.RespondAck}
	}
	return discord.Response{Kind: discord.RespondMessage, Body: reply.Body}
}
