package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

// operators are the methods that go over all servers, for the process itself and its operator.
func operators() []string {
	return []string{
		"AllPins", "AllQuestions", "AnswersOfIncident", "PendingPins", "Servers", "UnpostedCards", "ExportMember", "EraseMember", "Journal",
		"Sweep", "Backup", "Budget", "Close", "Copied", "Commands", "SaveCommands", "AddIdentify", "IdentifiesSince", "GiveBack", "Writable", "StalePins",
		"BeginPin", "ProposeNote", // they make something new in the server that they are told
	}
}

// TestServersAreApart holds that with the ids of one server nothing of another can be read, counted or changed: every
// method is tried, with another server's name and the first one's ids.
func TestServersAreApart(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s, _ := bot(t)
	f := fill(t, s, "one", "MARKERWORD")
	later := noon().AddDate(2, 0, 0)
	before := everything(t, s, f)
	pin, note, draft, report := f.pin, f.note, f.draft, store.Report{Answer: f.answer, Kind: "wrong", By: "intruder"}
	type result = []any // results and the error
	methods := func(server store.Server) map[string]func() result {
		pin.Server, note.Server, draft.Server, report.Server = server, server, server, server
		ids := []string{"s", "p", string(f.hide.ID)}
		return map[string]func() result{
			"Settings":     func() result { v, err := s.Settings(ctx, server); return result{v, err} },
			"SaveSettings": func() result { return result{s.SaveSettings(ctx, server, store.Settings{}, "intruder")} },
			"Pin":          func() result { v, err := s.Pin(ctx, server, f.pin.ID); return result{v, err} },
			"PinByMessage": func() result { v, err := s.PinByMessage(ctx, server, f.pin.Message); return result{v, err} },
			"Pins":         func() result { v, err := s.Pins(ctx, server); return result{v, err} },
			"PinHistory":   func() result { v, err := s.PinHistory(ctx, server, f.pin.ID); return result{v, err} },
			"PinSent":      func() result { return result{s.PinSent(ctx, server, f.pending.ID, "elsewhere")} },
			"PinPublished": func() result { v, err := s.PinPublished(ctx, server, f.pin.ID); return result{v, err} },
			"AbandonPin":   func() result { return result{s.AbandonPin(ctx, server, f.pending.ID)} },
			"SavePin":      func() result { _, err := s.SavePin(ctx, pin, "intruder", "x"); return result{err} },
			"RemovePin":    func() result { return result{s.RemovePin(ctx, server, f.pin.ID)} },
			"SaveDraft":    func() result { _, err := s.SaveDraft(ctx, draft); return result{err} },
			"Draft":        func() result { v, err := s.Draft(ctx, server, f.member, f.draft.ID); return result{v, err} },
			"Drafts":       func() result { v, err := s.Drafts(ctx, server, f.member); return result{v, err} },
			"DropDraft":    func() result { return result{s.DropDraft(ctx, server, f.member, f.draft.ID)} },
			"AddHide": func() result {
				v, first, err := s.AddHide(ctx, store.Hide{Server: server, Answer: f.answer})
				return result{v, first, err}
			},
			"Hide":        func() result { v, err := s.Hide(ctx, server, f.hide.ID); return result{v, err} },
			"Hides":       func() result { v, err := s.Hides(ctx, server); return result{v, err} },
			"Hidden":      func() result { v, err := s.Hidden(ctx, server); return result{v, err} },
			"RestoreHide": func() result { return result{s.RestoreHide(ctx, server, f.hide.ID)} },
			"KeepHide":    func() result { v, err := s.KeepHide(ctx, server, f.hide.ID, "intruder"); return result{v, err} },
			"SetHideCard": func() result { return result{s.SetHideCard(ctx, server, f.hide.ID, "x", "x")} },
			"ApproveNote": func() result {
				v, err := s.ApproveNote(ctx, server, f.note.ID, "intruder", true)
				return result{v, err}
			},
			"RemoveNote":     func() result { return result{s.RemoveNote(ctx, server, f.note.ID)} },
			"Note":           func() result { v, err := s.Note(ctx, server, f.note.ID); return result{v, err} },
			"Notes":          func() result { v, err := s.Notes(ctx, server); return result{v, err} },
			"NotesFor":       func() result { v, err := s.NotesFor(ctx, server, ids); return result{v, err} },
			"SetNoteCard":    func() result { return result{s.SetNoteCard(ctx, server, f.note.ID, "x", "x")} },
			"Pause":          func() result { return result{s.Pause(ctx, server, "", later)} },
			"Unpause":        func() result { return result{s.Unpause(ctx, server, "channel-of-one")} },
			"PausedUntil":    func() result { v, err := s.PausedUntil(ctx, server, "channel-of-one"); return result{v, err} },
			"Block":          func() result { return result{s.Block(ctx, server, f.member, later)} },
			"Unblock":        func() result { return result{s.Unblock(ctx, server, f.member)} },
			"Blocked":        func() result { v, is, err := s.Blocked(ctx, server, f.member); return result{v, is, err} },
			"Vote":           func() result { v, err := s.Vote(ctx, server, f.answer, f.member, false, ""); return result{v, err} },
			"Votes":          func() result { v, err := s.Votes(ctx, server, f.answer); return result{v, err} },
			"AddReport":      func() result { v, first, err := s.AddReport(ctx, report); return result{v, first, err} },
			"Card":           func() result { v, err := s.Card(ctx, server, f.card.ID); return result{v, err} },
			"Cards":          func() result { v, err := s.Cards(ctx, server); return result{v, err} },
			"SetCardMessage": func() result { return result{s.SetCardMessage(ctx, server, f.card.ID, "x", "x")} },
			"CloseCard": func() result {
				v, err := s.CloseCard(ctx, server, f.card.ID, store.CardOpen, "intruder")
				return result{v, err}
			},
			"SaveAnswer": func() result {
				return result{s.SaveAnswer(ctx, store.Answer{ID: f.answer, Server: server, Outcome: "x"})}
			},
			"AddAnswerMessages": func() result { return result{s.AddAnswerMessages(ctx, server, f.answer, "x")} },
			"Answer":            func() result { v, err := s.Answer(ctx, server, f.answer); return result{v, err} },
			"AnswerByMessage":   func() result { v, err := s.AnswerByMessage(ctx, server, "answer-of-one"); return result{v, err} },
			"AnswersTo":         func() result { v, err := s.AnswersTo(ctx, server, "asking-of-one"); return result{v, err} },
			"AskedBy":           func() result { v, err := s.AskedBy(ctx, server, f.answer, f.member); return result{v, err} },
			"DropAnswer":        func() result { return result{s.DropAnswer(ctx, server, f.answer)} },
			"Take": func() result {
				v, err := s.Take(ctx, server, f.member, store.Allowance{Cooldown: time.Hour, PerMember: 1, PerServer: 1})
				return result{v.Limit, err}
			},
			"FirstToday": func() result { v, err := s.FirstToday(ctx, server, f.member, "hint"); return result{v, err} },
			"AddQuestion": func() result {
				return result{s.AddQuestion(ctx, store.Question{Server: server, Text: "x", Asker: f.member})}
			},
			"Questions":       func() result { v, err := s.Questions(ctx, server, time.Time{}); return result{v, err} },
			"ForgetQuestions": func() result { return result{s.ForgetQuestions(ctx, server)} },
			"Count":           func() result { return result{s.Count(ctx, server, "asked")} },
			"Counts":          func() result { v, err := s.Counts(ctx, server, time.Time{}); return result{v, err} },
			"Joined":          func() result { return result{s.Joined(ctx, server)} },
			"Removed":         func() result { return result{s.Removed(ctx, server)} },
			"EraseMemberIn":   func() result { return result{s.EraseMemberIn(ctx, server, f.member)} },
			"ExportServer":    func() result { v, err := s.ExportServer(ctx, server); return result{v, err} },
			"EraseServer":     func() result { return result{s.EraseServer(ctx, server)} },
		}
	}

	var all []string
	for method := range reflect.TypeFor[*store.Store]().Methods() {
		all = append(all, method.Name)
	}
	known := append(slices.Collect(maps.Keys(methods(""))), operators()...)
	slices.Sort(known)
	if diff := cmp.Diff(all, known); diff != "" {
		t.Fatalf("methods that this test does not know (-), or that are no more (+):\n%s", diff)
	}

	for _, server := range []store.Server{"two", "", "one' OR '1'='1", "%", "one\x00"} {
		for _, name := range all {
			call := methods(server)[name]
			if call == nil {
				continue
			}
			got := call()
			shown := fmt.Sprintf("%+v", got)
			if text, err := json.Marshal(got[:len(got)-1]); err == nil {
				shown += string(text)
			}
			for _, secret := range []string{f.word, "of-one"} {
				if strings.Contains(shown, secret) {
					t.Errorf("%s of %q tells of another server: %s", name, server, shown)
				}
			}
			if err, is := got[len(got)-1].(error); is && errors.Is(err, store.ErrDamaged) {
				t.Errorf("%s of %q: %v", name, server, err)
			}
		}
		if diff := cmp.Diff(before, everything(t, s, f)); diff != "" {
			t.Fatalf("calls of %q have changed another server (-before +after):\n%s", server, diff)
		}
	}
	// The methods do find what they are asked for under the right name.
	for _, name := range []string{"Pin", "PinByMessage", "Draft", "Hide", "Note", "Card", "Answer", "AnswerByMessage", "ExportServer"} {
		if got := fmt.Sprintf("%+v", methods("one")[name]()); !strings.Contains(got, "one") {
			t.Errorf("%s of its own server: %s", name, got)
		}
	}
}

// everything is what is kept of a server and of its member, but for what a member has elsewhere.
func everything(t testing.TB, s *store.Store, f filled) string {
	t.Helper()
	type all struct {
		Server  store.ServerExport
		Drafts  []store.Draft
		Pending []store.Pin
		Votes   store.Votes
		Asked   bool
		Paused  time.Time
		Taken   store.Limit
	}
	var a all
	a.Server = must(s.ExportServer(t.Context(), f.server))(t)
	a.Drafts = must(s.Drafts(t.Context(), f.server, f.member))(t)
	for _, p := range must(s.PendingPins(t.Context()))(t) {
		if p.Server == f.server {
			a.Pending = append(a.Pending, p)
		}
	}
	a.Votes = must(s.Votes(t.Context(), f.server, f.answer))(t)
	a.Asked = must(s.AskedBy(t.Context(), f.server, f.answer, f.member))(t)
	a.Paused = must(s.PausedUntil(t.Context(), f.server, store.Channel("channel-of-"+f.server)))(t)
	taken := must(s.Take(t.Context(), f.server, f.member, store.Allowance{PerMember: 2}))(t)
	if taken.Allowed() {
		ok(t, s.GiveBack(t.Context(), taken))
	}
	a.Taken = taken.Limit
	text, err := json.MarshalIndent(a, "", " ")
	ok(t, err)
	return string(text)
}
