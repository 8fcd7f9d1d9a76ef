package discord_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

// answering connects a client whose interactions come through a channel, with commands registered.
func answering(t *testing.T, fake discordtest.Options) (*world, <-chan discord.Interaction) {
	t.Helper()
	interactions := make(chan discord.Interaction, 100)
	w := newWorld(t, fake, func(o *options) {
		o.Handler.Interaction = func(_ context.Context, i discord.Interaction) { interactions <- i }
	})
	registered(t, w.client)
	w.connect()
	return w, interactions
}

func TestSlashCommand(t *testing.T) {
	t.Parallel()
	w, interactions := answering(t, discordtest.Options{})
	asked := w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "торговля"), discordtest.Truth("private", true))
	i := next(t, interactions, "interaction")
	if i.Kind != discord.CommandInteraction || i.Command != "ask" || i.Option("question") != "торговля" || i.Option("private") != "true" ||
		i.Member.User.ID != "7" || i.Locale != "uk" || i.GuildLocale != "ru" || i.Guild != discord.GuildID(w.guild.ID) ||
		i.Channel.ID != discord.ChannelID(w.channel.ID) || i.Visiting || !i.AppPermissions.Has(discord.SendMessages) || i.Received.IsZero() {
		t.Errorf("interaction = %+v", i)
	}
	if id, err := w.client.Respond(t.Context(), i, discord.Response{Kind: discord.RespondDefer, Body: discord.Body{Private: true}}); err != nil || id == "" {
		t.Fatalf("Respond = %q, %v", id, err)
	}
	v2 := discord.Body{V2: true, Components: []discord.Component{discord.TextDisplay{Content: "Torgovlya"}, buttons()}}
	m, err := w.client.EditReply(t.Context(), i, v2)
	if err != nil || m.ID == "" || m.Texts[0] != "Torgovlya" || m.Invoker != "7" {
		t.Fatalf("EditReply = %+v, %v", m, err)
	}
	further, err := w.client.FollowUp(t.Context(), i, discord.Body{Content: "more", Private: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.EditFollowUp(t.Context(), i, further.ID, discord.Body{Content: "less"}); err != nil {
		t.Fatal(err)
	}
	if err := w.client.DeleteFollowUp(t.Context(), i, further.ID); err != nil {
		t.Fatal(err)
	}
	out := asked.Now()
	if out.Answer != 5 || !out.Private || out.FollowUps != 1 || out.Message().Text() != "Torgovlya" {
		t.Errorf("outcome = %+v", out)
	}
	w.clean()
	if _, err := w.client.Respond(t.Context(), i, discord.Response{Kind: discord.RespondDefer}); !errors.Is(err, discord.ErrAcknowledged) {
		t.Errorf("a second first reply: %v, want ErrAcknowledged", err)
	}
	if err := w.client.DeleteReply(t.Context(), i); err != nil {
		t.Error(err)
	}
}

func TestSubcommandAndMenus(t *testing.T) {
	t.Parallel()
	w, interactions := answering(t, discordtest.Options{})
	person := w.fake.User("7")
	person.Overridden = true
	person.Slash(w.channel.ID, "note add", discordtest.Number("days", 12))
	if i := next(t, interactions, "subcommand"); i.Command != "note add" || i.Option("days") != "12" {
		t.Errorf("interaction = %+v", i)
	}
	said := person.Say(w.channel.ID, "Trade was 260 billion.")
	person.MessageCommand(w.channel.ID, "Check against sources", said.Message.ID)
	i := next(t, interactions, "message command")
	if i.CommandKind != discord.MessageCommand || i.Target == nil || i.Target.Content != "Trade was 260 billion." || i.Target.Author.ID != "7" ||
		i.Target.Channel != discord.ChannelID(w.channel.ID) {
		t.Errorf("interaction = %+v, target %+v", i, i.Target)
	}
}

func TestComponentsAndForms(t *testing.T) {
	t.Parallel()
	w, interactions := answering(t, discordtest.Options{})
	w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "x"))
	i := next(t, interactions, "interaction")
	id, err := w.client.Respond(t.Context(), i, discord.Response{Kind: discord.RespondMessage, Body: discord.Body{
		Content: "answer", Components: []discord.Component{buttons(), menu()},
	}})
	if err != nil || id == "" {
		t.Fatalf("Respond = %q, %v", id, err)
	}
	w.fake.User("7").Select(w.channel.ID, discordtest.ID(id), "more:1", "share")
	chosen := next(t, interactions, "choice")
	if chosen.Kind != discord.ComponentInteraction || chosen.CustomID != "more:1" || chosen.Message == nil || chosen.Message.ID != id ||
		len(chosen.Values) != 1 || chosen.Values[0] != "share" {
		t.Errorf("interaction = %+v", chosen)
	}
	if _, err := w.client.Respond(t.Context(), chosen, discord.Response{Kind: discord.RespondUpdate, Body: discord.Body{Content: "changed", Components: []discord.Component{buttons()}}}); err != nil {
		t.Fatal(err)
	}
	pressed := w.fake.User("7").Click(w.channel.ID, discordtest.ID(id), "evidence:1")
	press := next(t, interactions, "press")
	form := discord.Modal{CustomID: "follow:1", Title: "Продолжить", Inputs: []discord.TextInput{
		{CustomID: "question", Label: "Вопрос", Long: true, Max: 300, Placeholder: "…"}, {CustomID: "why", Label: "Зачем", Optional: true},
	}}
	if _, err := w.client.Respond(t.Context(), press, discord.Response{Kind: discord.RespondModal, Modal: form}); err != nil {
		t.Fatal(err)
	}
	w.fake.User("7").Submit(pressed, discordtest.Field{CustomID: "question", Value: "А газ?"})
	filled := next(t, interactions, "form")
	if filled.Kind != discord.ModalInteraction || filled.CustomID != "follow:1" || filled.Fields["question"] != "А газ?" || filled.Message == nil {
		t.Errorf("interaction = %+v", filled)
	}
	if _, err := w.client.Respond(t.Context(), filled, discord.Response{Kind: discord.RespondAck}); err != nil {
		t.Error(err)
	}
	w.clean()
}

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	w, interactions := answering(t, discordtest.Options{})
	typing := w.fake.User("7").Autocomplete(w.channel.ID, "ask", discordtest.Typing("question", "tra"))
	i := next(t, interactions, "typing")
	want := []discord.Option{{Name: "question", Value: "tra", Focused: true}}
	if diff := cmp.Diff(want, i.Options); diff != "" || i.Kind != discord.AutocompleteInteraction {
		t.Errorf("interaction = %+v (-want +got):\n%s", i, diff)
	}
	if _, err := w.client.Respond(t.Context(), i, discord.Response{Kind: discord.RespondChoices, Choices: []discord.Choice{{Name: "贸易", Value: "trade"}}}); err != nil {
		t.Fatal(err)
	}
	if c := typing.Now().Choices; len(c) != 1 || c[0].Name != "贸易" {
		t.Errorf("choices = %+v", c)
	}
	w.fake.User("7").Autocomplete(w.channel.ID, "ask", discordtest.Typing("question", "?"))
	i = next(t, interactions, "typing")
	if _, err := w.client.Respond(t.Context(), i, discord.Response{Kind: discord.RespondChoices}); err != nil {
		t.Fatal(err)
	}
	records := w.fake.Records()
	if got := string(records[len(records)-1].Body); got != `{"type":8,"data":{"choices":[]}}` {
		t.Errorf("no choices are sent as %s", got)
	}
	w.clean()
}

// TestToldOnce repeats events, as a resume or a second process does.
func TestToldOnce(t *testing.T) {
	t.Parallel()
	interactions, messages := make(chan discord.Interaction, 100), make(chan discord.Message, 100)
	w := newWorld(t, discordtest.Options{}, func(o *options) {
		o.Handler.Interaction = func(_ context.Context, i discord.Interaction) { interactions <- i }
		o.Handler.Message = func(_ context.Context, m discord.Message) { messages <- m }
	})
	registered(t, w.client)
	w.connect()
	first := w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "x"))
	next(t, interactions, "interaction")
	w.fake.Repeat(first)
	w.fake.Dispatch("MESSAGE_CREATE", w.guild.ID, []byte(`{"id":"77","channel_id":"1","author":{"id":"7"}}`))
	w.fake.Dispatch("MESSAGE_CREATE", w.guild.ID, []byte(`{"id":"77","channel_id":"1","author":{"id":"7"}}`))
	w.fake.Dispatch("MESSAGE_CREATE", w.guild.ID, []byte(`{"id":"78","channel_id":"1","author":{"id":"7"}}`))
	w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "last"))
	if i := next(t, interactions, "interaction"); i.Option("question") != "last" {
		t.Errorf("the interaction was told twice: %+v", i)
	}
	got := map[discord.MessageID]int{}
	for range 2 {
		got[next(t, messages, "message").ID]++
	}
	if diff := cmp.Diff(map[discord.MessageID]int{"77": 1, "78": 1}, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}

// TestMissedEvents says that what happened while the connection was down is told after a resume.
func TestMissedEvents(t *testing.T) {
	t.Parallel()
	w, interactions := answering(t, discordtest.Options{})
	w.fake.DropConnections()
	w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "missed"))
	if i := next(t, interactions, "missed interaction"); i.Option("question") != "missed" {
		t.Errorf("interaction = %+v", i)
	}
	if s := w.client.State(); s.Resumes > 1 {
		t.Errorf("State = %+v", s)
	}
}

func TestPanic(t *testing.T) {
	t.Parallel()
	told := make(chan string, 10)
	w := newWorld(t, discordtest.Options{}, func(o *options) {
		o.Workers = 1
		o.Handler.Message = func(_ context.Context, m discord.Message) {
			if m.Content == "bad" {
				var none *discord.Message
				_ = none.ID
			}
			told <- m.Content
		}
	})
	w.connect()
	w.fake.Dispatch("MESSAGE_CREATE", w.guild.ID, []byte(`{"id":"1","channel_id":"1","content":"bad"}`))
	w.fake.Dispatch("MESSAGE_CREATE", w.guild.ID, []byte(`{"id":"2","channel_id":"1","content":"good"}`))
	if got := next(t, told, "message after a panic"); got != "good" {
		t.Errorf("told %q", got)
	}
	if s := w.client.State(); s.Panics != 1 || s.Reconnects != 0 || w.logs.count("handler panicked") != 1 || w.logs.count("incident=") != 1 {
		t.Errorf("State = %+v, logs:\n%s", s, w.logs)
	}
}

// TestManyEvents says that no more handlers run at once than allowed, and that none of the events is lost.
func TestManyEvents(t *testing.T) {
	t.Parallel()
	const events, workers = 500, 3
	begun, release := make(chan struct{}, events), make(chan struct{})
	w := newWorld(t, discordtest.Options{}, func(o *options) {
		o.Workers = workers
		o.Handler.Message = func(context.Context, discord.Message) {
			begun <- struct{}{}
			<-release
		}
	})
	w.connect()
	for n := range events {
		w.fake.Dispatch("MESSAGE_CREATE", w.guild.ID, []byte(`{"id":"`+strings.Repeat("1", n+1)+`","channel_id":"1"}`))
	}
	w.wait("all workers are busy", func() bool { return len(begun) == workers })
	close(release)
	w.wait("all events are told", func() bool { return len(begun) == events })
	if s := w.client.State(); s.Dropped != 0 {
		t.Errorf("State = %+v", s)
	}
}

// TestInteractionsGoAhead says that messages, however many are being answered, keep no interaction waiting.
func TestInteractionsGoAhead(t *testing.T) {
	t.Parallel()
	const workers = 2
	begun, release, told := make(chan struct{}, 10), make(chan struct{}), make(chan struct{}, 1)
	w := newWorld(t, discordtest.Options{}, func(o *options) {
		o.Workers = workers
		o.Handler.Message = func(context.Context, discord.Message) {
			begun <- struct{}{}
			<-release
		}
		o.Handler.Interaction = func(context.Context, discord.Interaction) { told <- struct{}{} }
	})
	t.Cleanup(func() { close(release) })
	registered(t, w.client)
	w.connect()
	for n := range workers + 1 {
		w.fake.Dispatch("MESSAGE_CREATE", w.guild.ID, []byte(`{"id":"`+strings.Repeat("1", n+1)+`","channel_id":"1"}`))
	}
	w.wait("all workers are busy", func() bool { return len(begun) == workers })
	w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "x"))
	next(t, told, "interaction")
}

// TestDrain says that what has begun may finish after Run.
func TestDrain(t *testing.T) {
	t.Parallel()
	begun, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	var w *world
	w = newWorld(t, discordtest.Options{}, func(o *options) {
		o.Handler.Interaction = func(ctx context.Context, i discord.Interaction) {
			close(begun)
			<-release
			_, err := w.client.Respond(ctx, i, discord.Response{Kind: discord.RespondMessage, Body: discord.Body{Content: "x"}})
			done <- err
		}
	})
	registered(t, w.client)
	stop := w.connect()
	asked := w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "x"))
	next(t, begun, "interaction")
	stop()
	close(release)
	if err := next(t, done, "reply"); err != nil || asked.Now().Answer != 4 {
		t.Errorf("reply after Run: %v", err)
	}
}

// TestEndOfInteraction says that 15 minutes later nothing is sent twice with the ended token.
func TestEndOfInteraction(t *testing.T) {
	t.Parallel()
	clock := discordtest.NewFakeClock(time.Now())
	w, interactions := answering(t, discordtest.Options{Clock: clock})
	w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "x"))
	i := next(t, interactions, "interaction")
	if _, err := w.client.Respond(t.Context(), i, discord.Response{Kind: discord.RespondMessage, Body: discord.Body{Content: "x"}}); err != nil {
		t.Fatal(err)
	}
	clock.Advance(16 * time.Minute)
	for range 5 {
		if _, err := w.client.EditReply(t.Context(), i, discord.Body{Content: "y"}); !errors.Is(err, discord.ErrTokenExpired) {
			t.Errorf("error = %v, want ErrTokenExpired", err)
		}
	}
	if n := len(w.fake.TakeViolations()); n != 1 {
		t.Errorf("%d calls with an ended token, want 1", n)
	}
	for _, secret := range []string{i.Token, w.fake.Token()} {
		if w.logs.count(secret) > 0 {
			t.Errorf("a token is logged")
		}
	}
}
