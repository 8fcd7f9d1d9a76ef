package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"amur/internal/store"
)

// TestWritingTogether holds that changes that go to the disk together all hold, but for those that fail, and that these take
// none of the others with them.
func TestWritingTogether(t *testing.T) {
	t.Parallel()
	s, _ := bot(t)
	ok(t, s.SaveSettings(t.Context(), "one", store.Settings{}, "anna"))
	const writers, each = 16, 10
	var saved atomic.Int64
	var group sync.WaitGroup
	for range writers {
		group.Go(func() {
			for range each {
				if err := s.Count(t.Context(), "one", "asked"); err != nil {
					t.Error(err)
				}
				if err := s.SetNoteCard(t.Context(), "one", "none", "c", "m"); !errors.Is(err, store.ErrNotFound) {
					t.Errorf("a note that is not there: %v", err)
				}
				settings, err := s.Settings(t.Context(), "one")
				if err != nil {
					t.Error(err)
				}
				settings.DailyPerMember++
				switch err := s.SaveSettings(t.Context(), "one", settings, "anna"); {
				case err == nil:
					saved.Add(1)
				case !errors.Is(err, store.ErrChanged):
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if got := must(s.Counts(t.Context(), "one", time.Time{}))(t); len(got) != 1 || got[0].N != writers*each {
		t.Errorf("counted %+v, want %d", got, writers*each)
	}
	if got := must(s.Settings(t.Context(), "one"))(t).DailyPerMember; int64(got) != saved.Load() || got < each {
		t.Errorf("settings were changed %d times, and saved %d times", got, saved.Load())
	}
}

// TestWriterWaits lets changes pile up behind another process's: who goes away meanwhile has changed nothing, and the others
// take place.
func TestWriterWaits(t *testing.T) {
	t.Parallel()
	c := &clock{}
	path := filepath.Join(t.TempDir(), "amur.db")
	s := openWith(t, path, c.options())
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	ok(t, err)
	defer db.Close()
	other, err := db.BeginTx(t.Context(), nil)
	ok(t, err)

	ctx, cancel := context.WithCancel(t.Context())
	var patient, impatient sync.WaitGroup
	var done atomic.Int64
	for range 10 {
		patient.Go(func() {
			if err := s.Count(t.Context(), "one", "patient"); err != nil {
				t.Error(err)
			}
			done.Add(1)
		})
	}
	for range 5 {
		impatient.Go(func() {
			if err := s.Count(ctx, "one", "impatient"); !errors.Is(err, context.Canceled) {
				t.Errorf("who has gone: %v, want context.Canceled", err)
			}
		})
	}
	cancel()
	if n := done.Load(); n != 0 {
		t.Errorf("%d were done while the file was locked", n)
	}
	must(s.Counts(t.Context(), "one", time.Time{}))(t) // reading does not wait
	ok(t, other.Rollback())
	patient.Wait()
	impatient.Wait()
	if got := must(s.Counts(t.Context(), "one", time.Time{}))(t); len(got) != 1 || got[0].What != "patient" || got[0].N != 10 {
		t.Errorf("counted %+v, want 10 patient ones", got)
	}
}

// TestClose holds that what was acknowledged before the end is there, and that all later calls are ErrClosed.
func TestClose(t *testing.T) {
	t.Parallel()
	c := &clock{}
	path := filepath.Join(t.TempDir(), "amur.db")
	s := openWith(t, path, c.options())
	var acknowledged atomic.Int64
	begun := make(chan struct{}, 8)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for first := true; ; first = false {
				if err := s.Count(t.Context(), "one", "asked"); err != nil {
					if !errors.Is(err, store.ErrClosed) {
						t.Errorf("at the end: %v, want ErrClosed", err)
					}
					return
				}
				acknowledged.Add(1)
				if first {
					begun <- struct{}{}
				}
			}
		})
	}
	for range 8 {
		<-begun
	}
	ok(t, s.Close())
	group.Wait()
	ok(t, s.Close())
	if got := must(openWith(t, path, c.options()).Counts(t.Context(), "one", time.Time{}))(t); got[0].N != acknowledged.Load() {
		t.Errorf("%d are there, %d were acknowledged", got[0].N, acknowledged.Load())
	}
}

// BenchmarkAnswered measures what an answer costs: its counter, its record, its message and the day's count, by many at once.
func BenchmarkAnswered(b *testing.B) {
	for _, goroutines := range []int{1, 16, 64} {
		b.Run(fmt.Sprint(goroutines, " at once"), func(b *testing.B) {
			s := openWith(b, filepath.Join(b.TempDir(), "amur.db"), store.Options{Key: key(1)})
			var next atomic.Int64
			var group sync.WaitGroup
			b.ResetTimer()
			for range goroutines {
				group.Go(func() {
					for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
						if err := answered(b.Context(), s, i); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
		})
	}
}

func answered(ctx context.Context, s *store.Store, i int64) error {
	server, member := store.Server(fmt.Sprint("server", i%40)), store.Member(fmt.Sprint("member", i%2000))
	id := store.NewAnswerID()
	_, err := s.Take(ctx, server, member, store.Allowance{Cooldown: time.Nanosecond, PerMember: 1 << 20, PerServer: 1 << 20})
	return errors.Join(err,
		s.SaveAnswer(ctx, store.Answer{ID: id, Server: server, Channel: "c", Asker: member, Passages: make([]store.AnswerPassage, 5)}),
		s.AddAnswerMessages(ctx, server, id, store.Message(id)),
		s.Count(ctx, server, "asked"))
}
