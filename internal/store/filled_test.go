package store_test

import (
	"testing"
	"time"

	"amur/internal/store"
)

// filled are the ids of a server that has something of everything.
type filled struct {
	server       store.Server
	word         string       // stands in every text
	member       store.Member // has asked, voted, reported
	moderator    store.Member
	pin, pending store.Pin
	draft        store.Draft
	hide         store.Hide
	note         store.Note
	card         store.Card
	answer       store.AnswerID
	taken        store.Taken
}

// fill gives a server something of everything.
func fill(t testing.TB, s *store.Store, server store.Server, word string) filled {
	t.Helper()
	ctx := t.Context()
	f := filled{
		server: server, word: word, member: store.Member("member-of-" + string(server)), moderator: store.Member("moderator-of-" + string(server)),
		answer: store.NewAnswerID(),
	}
	channel, asking := store.Channel("channel-of-"+server), store.Message("asking-of-"+server)
	lines := []store.PinLine{{
		Text: word + " line", Account: word + " changed", Stale: true,
		Citations: []store.PinCite{{Passage: "p", Hash: "hash-of-" + string(server), Section: "s", Quote: word + " quote"}},
	}}
	ok(t, s.Joined(ctx, server))
	ok(t, s.SaveSettings(ctx, server, store.Settings{Insights: true, LogChannel: channel, DailyPerMember: 9}, f.moderator))
	pin := store.Pin{Server: server, Channel: channel, Topic: word + " topic", Lines: lines, PublishedBy: f.moderator}
	f.pending = must(s.BeginPin(ctx, pin))(t)
	f.pin = publish(t, s, pin, store.Message("pin-of-"+server))
	f.pin = must(s.SavePin(ctx, f.pin, f.moderator, word+" event"))(t)
	f.draft = must(s.SaveDraft(ctx, store.Draft{Server: server, Author: f.member, Topic: word + " draft", Lines: lines}))(t)
	hide, _, err := s.AddHide(ctx, store.Hide{
		Server: server, Answer: f.answer, By: f.member, Passages: []store.HiddenPassage{{Passage: "p", Section: "s", Hash: "hash-of-" + string(server)}},
	})
	ok(t, err)
	f.hide = must(s.KeepHide(ctx, server, hide.ID, f.moderator))(t)
	f.note = must(s.ProposeNote(ctx, store.Note{Server: server, Kind: store.TargetSection, Target: "s", Text: word + " note", Proposer: f.member}))(t)
	f.note = must(s.ApproveNote(ctx, server, f.note.ID, f.moderator, false))(t)
	ok(t, s.Pause(ctx, server, channel, noon().AddDate(1, 0, 0)))
	ok(t, s.Block(ctx, server, f.member, time.Time{}))
	must(s.Vote(ctx, server, f.answer, f.member, true, word+" reason"))(t)
	card, _, err := s.AddReport(ctx, store.Report{Server: server, Answer: f.answer, Kind: "wrong", By: f.member, Text: word + " report"})
	ok(t, err)
	ok(t, s.SetCardMessage(ctx, server, card.ID, channel, store.Message("card-of-"+server)))
	f.card = must(s.CloseCard(ctx, server, card.ID, store.CardHandled, f.moderator))(t)
	ok(t, s.SaveAnswer(ctx, store.Answer{
		ID: f.answer, Server: server, Channel: channel, Asking: asking, Asker: f.member, Messages: []store.Message{store.Message("answer-of-" + server)},
	}))
	f.taken = must(s.Take(ctx, server, f.member, store.Allowance{}))(t)
	must(s.FirstToday(ctx, server, f.member, "hint"))(t)
	ok(t, s.AddQuestion(ctx, store.Question{Server: server, Text: word + " question", Asker: f.member, Vector: []byte(word + " vector")}))
	ok(t, s.Count(ctx, server, "asked"))
	return f
}
