package bot_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"amur/bot"
	"amur/bot/discord"
	"amur/internal/store"
	"amur/knowledge"
	"amur/rag"
	"amur/rag/verify"
)

const everything = discord.Invited | discord.ManageMessages | discord.Administrator

// newDesk starts a bot over documents, with a log channel called log.
func newDesk(t testing.TB, base *knowledge.Base) *desk {
	t.Helper()
	d := &desk{board: newBoard(), locale: "en-US", clock: &deskClock{now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}}
	key, err := store.ParseKey("0123456789abcdefghijklmnopqrstuvwxyz")
	if err != nil {
		t.Fatal(err)
	}
	if d.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "amur.db"), store.Options{Key: key, Now: d.clock.Now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.store.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.store.SaveSettings(t.Context(), "g", store.Settings{LogChannel: "log", Preset: store.PresetOpen}, "boss"); err != nil {
		t.Fatal(err)
	}
	d.start(t, base)
	return d
}

// start makes the bot anew over the same state, as after a restart.
func (d *desk) start(t rapid.TB, base *knowledge.Base) {
	t.Helper()
	b, err := bot.New(bot.Options{
		Discord: d.board, Store: d.store, Edition: d.edition(t, base), Now: d.clock.Now,
		Policy: bot.Policy{Limits: bot.Limits{PinsSettle: time.Millisecond}},
	})
	if err != nil {
		t.Fatal(err)
	}
	d.bot = b
}

// edition is documents with what checks claims against them, by rules alone. What answers is made once: pins find sections by their ids.
func (d *desk) edition(t rapid.TB, base *knowledge.Base) *bot.Edition {
	t.Helper()
	if d.answerer == nil {
		index, err := rag.Build(context.Background(), base, pinEmbedder{}, rag.BuildOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if d.answerer, err = rag.New(index, pinEmbedder{}); err != nil {
			t.Fatal(err)
		}
		if d.claims, err = verify.New(verify.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	return &bot.Edition{Name: "2026-11", Base: base, Answerer: d.answerer, Claims: d.claims}
}

// pinEmbedder finds every text equally near.
type pinEmbedder struct{}

func (pinEmbedder) Model() string { return "none" }

func (pinEmbedder) EmbedQueries(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = []float32{1, 0, 0, 0}
	}
	return out, nil
}

func (e pinEmbedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	return e.EmbedQueries(ctx, texts)
}

// do has the moderator do something and returns the reply.
func (d *desk) do(t rapid.TB, in discord.Interaction) discord.Response {
	t.Helper()
	d.n++
	d.clock.pass(time.Second)
	in.ID = discord.InteractionID("i" + strings.Repeat("i", d.n%7) + time.Duration(d.n).String())
	in.Guild, in.Locale, in.GuildLocale = "g", d.locale, "en-US"
	if in.AppPermissions == 0 {
		in.AppPermissions = everything
	}
	if in.Channel.ID == "" {
		in.Channel = discord.Channel{ID: "c", Guild: "g", Type: discord.GuildText}
	}
	if in.Member.User.ID == "" {
		in.Member = discord.Member{User: discord.User{ID: "mod"}, Permissions: discord.ManageMessages}
	}
	d.bot.Handler().Interaction(context.Background(), in)
	d.board.mu.Lock()
	defer d.board.mu.Unlock()
	reply, ok := d.board.replies[in.ID]
	if !ok {
		t.Fatalf("no reply to %s%s", in.Command, in.CustomID)
	}
	return reply
}

// command uses a command with one option.
func (d *desk) command(t rapid.TB, name string, option ...string) discord.Response {
	t.Helper()
	in := discord.Interaction{Kind: discord.CommandInteraction, Command: name}
	if len(option) == 2 {
		in.Options = []discord.Option{{Name: option[0], Value: option[1]}}
	}
	return d.do(t, in)
}

// press presses the button of a reply whose custom id begins with verb.
func (d *desk) press(t rapid.TB, body discord.Body, verb string, values ...string) discord.Response {
	t.Helper()
	return d.pressOn(t, discord.Message{ID: "private", Flags: 64, Content: body.Content}, body, verb, values...)
}

// pressWith presses a button where the bot has other rights.
func (d *desk) pressWith(t rapid.TB, body discord.Body, verb string, rights discord.Permissions) discord.Response {
	t.Helper()
	ids := customIDs(body)
	at := slices.IndexFunc(ids, func(id string) bool { return strings.HasPrefix(id, verb+":") })
	return d.do(t, discord.Interaction{
		Kind: discord.ComponentInteraction, CustomID: ids[at], AppPermissions: rights, Message: &discord.Message{ID: "private", Flags: 64},
	})
}

// pressOn presses a button that a message carries.
func (d *desk) pressOn(t rapid.TB, m discord.Message, body discord.Body, verb string, values ...string) discord.Response {
	t.Helper()
	ids := customIDs(body)
	at := slices.IndexFunc(ids, func(id string) bool { return id == verb || strings.HasPrefix(id, verb+":") })
	if at < 0 {
		t.Fatalf("no %s among %q", verb, ids)
	}
	in := discord.Interaction{Kind: discord.ComponentInteraction, CustomID: ids[at], Message: &m, Values: values}
	in.Channel = discord.Channel{ID: m.Channel, Guild: "g", Type: discord.GuildText}
	if m.Channel == "" {
		in.Channel.ID = "c"
	}
	return d.do(t, in)
}

func customIDs(body discord.Body) []string {
	var out []string
	for _, c := range body.Components {
		r, ok := c.(discord.ActionRow)
		if !ok {
			continue
		}
		for _, part := range r.Components {
			switch part := part.(type) {
			case discord.Button:
				out = append(out, part.CustomID)
			case discord.Select:
				out = append(out, part.CustomID)
			}
		}
	}
	return out
}

// options are the values of the menu of a reply.
func options(body discord.Body) []string {
	var out []string
	for _, c := range body.Components {
		if r, ok := c.(discord.ActionRow); ok {
			for _, part := range r.Components {
				if menu, ok := part.(discord.Select); ok {
					for _, o := range menu.Options {
						out = append(out, o.Value)
					}
				}
			}
		}
	}
	return out
}

// publish pins the summary of a section and returns the pin.
func (d *desk) publish(t rapid.TB, section string) store.Pin {
	t.Helper()
	draft := d.command(t, "summary", "topic", section)
	done := d.press(t, draft.Body, "draft_publish")
	pins := d.pins(t)
	if len(pins) == 0 {
		t.Fatalf("nothing is pinned; the bot says %q after %q", done.Body.Content, draft.Body.Content)
	}
	return pins[len(pins)-1]
}

func (d *desk) pins(t rapid.TB) []store.Pin {
	t.Helper()
	pins, err := d.store.Pins(context.Background(), "g")
	if err != nil {
		t.Fatal(err)
	}
	return pins
}

func (d *desk) pin(t rapid.TB, id store.PinID) store.Pin {
	t.Helper()
	p, err := d.store.Pin(context.Background(), "g", id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (d *desk) reload(t rapid.TB, base *knowledge.Base) {
	t.Helper()
	if err := d.bot.Reload(context.Background(), d.edition(t, base)); err != nil {
		t.Fatal(err)
	}
}
