package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"amur/internal/store"
)

// workers is how many servers a working process writes for at once.
const workers = 4

// work stands in for a bot: "work FILE SEED" writes for several servers for ever, and prints a line for each thing that is
// done, as the bot would tell a person.
func work(path, seed string) error {
	n, err := strconv.ParseUint(seed, 10, 64)
	if err != nil {
		return err
	}
	ctx := context.Background()
	s, err := store.Open(ctx, path, store.Options{Key: key(1)})
	if err != nil {
		return err
	}
	errs := make(chan error, workers)
	var out sync.Mutex
	for i := range workers {
		w := worker{
			store: s, server: store.Server(fmt.Sprint("server", i)), random: rand.New(rand.NewPCG(n, uint64(i))),
			tell: func(words ...string) {
				out.Lock()
				defer out.Unlock()
				fmt.Println(strings.Join(words, " "))
			},
		}
		go func() {
			for {
				if err := w.step(ctx); err != nil {
					errs <- err
					return
				}
			}
		}()
	}
	return <-errs
}

// worker writes for one server. What it writes can be told from the ids that it is kept under.
type worker struct {
	store  *store.Store
	server store.Server
	random *rand.Rand
	tell   func(words ...string)
}

func (w worker) step(ctx context.Context) error {
	switch w.random.IntN(5) {
	case 0:
		return w.settings(ctx)
	case 1:
		return w.pin(ctx)
	case 2:
		return w.note(ctx)
	case 3:
		return w.feedback(ctx)
	default:
		return w.answer(ctx)
	}
}

func (w worker) settings(ctx context.Context) error {
	settings, err := w.store.Settings(ctx, w.server)
	if err != nil {
		return err
	}
	settings.DailyPerMember++
	settings.DailyPerServer = 2 * settings.DailyPerMember
	if err := w.store.SaveSettings(ctx, w.server, settings, "manager"); err != nil {
		return err
	}
	w.tell("settings", string(w.server), strconv.Itoa(settings.DailyPerMember))
	return nil
}

func (w worker) pin(ctx context.Context) error {
	p, err := w.store.BeginPin(ctx, store.Pin{
		Server: w.server, Channel: "c", Topic: "topic", PublishedBy: "moderator", Lines: []store.PinLine{{Text: "first"}, {Text: "second"}},
	})
	if err != nil {
		return err
	}
	w.tell("begun", string(w.server), string(p.ID))
	if err := w.store.PinSent(ctx, w.server, p.ID, store.Message("m"+p.ID)); err != nil {
		return err
	}
	w.tell("sent", string(w.server), string(p.ID))
	if p, err = w.store.PinPublished(ctx, w.server, p.ID); err != nil {
		return err
	}
	w.tell("published", string(w.server), string(p.ID))
	p.State, p.StaleSince = store.PinStale, p.Published.Add(time.Hour)
	if _, err := w.store.SavePin(ctx, p, "", "stale"); err != nil {
		return err
	}
	w.tell("stale", string(w.server), string(p.ID))
	return nil
}

func (w worker) note(ctx context.Context) error {
	n, err := w.store.ProposeNote(ctx, store.Note{Server: w.server, Kind: store.TargetTopic, Target: "t", Text: "note", Proposer: "moderator"})
	if err != nil {
		return err
	}
	w.tell("proposed", string(w.server), string(n.ID))
	if _, err := w.store.ApproveNote(ctx, w.server, n.ID, "second", false); err != nil {
		return err
	}
	w.tell("approved", string(w.server), string(n.ID))
	return nil
}

func (w worker) feedback(ctx context.Context) error {
	answer, member := store.NewAnswerID(), store.Member(fmt.Sprint(w.server, "member", w.random.Uint64()))
	if _, err := w.store.Vote(ctx, w.server, answer, member, true, "reason"); err != nil {
		return err
	}
	w.tell("voted", string(w.server), string(answer))
	card, _, err := w.store.AddReport(ctx, store.Report{Server: w.server, Answer: answer, Kind: "wrong", By: "another", Text: "report"})
	if err != nil {
		return err
	}
	w.tell("reported", string(w.server), string(card.ID))
	if w.random.IntN(2) == 0 {
		return nil
	}
	w.tell("forgetting", string(w.server), string(answer))
	if err := w.store.EraseMember(ctx, member); err != nil {
		return err
	}
	w.tell("forgotten", string(w.server), string(answer))
	return nil
}

func (w worker) answer(ctx context.Context) error {
	id := store.NewAnswerID()
	if err := w.store.SaveAnswer(ctx, store.Answer{
		ID: id, Server: w.server, Asker: "asker", Outcome: "answered", Messages: []store.Message{"a" + store.Message(id), "b" + store.Message(id)},
	}); err != nil {
		return err
	}
	w.tell("answered", string(w.server), string(id))
	return nil
}
