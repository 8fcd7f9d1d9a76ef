package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"amur/internal/store"
)

// TestKilledAtWork kills a working process at random moments and opens the state again: all that the process has told is
// there, nothing is half there, and what was forgotten has not come back.
func TestKilledAtWork(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	path := filepath.Join(t.TempDir(), "amur.db")
	var total int
	for round := range 60 {
		told := killedAtWork(t, path, random)
		total += len(told)
		s := openWith(t, path, store.Options{Key: key(1)})
		for line, err := range checkTold(t.Context(), s, told) {
			if err != nil {
				t.Errorf("seed %d, round %d: told %q: %v", seed, round, line, err)
			}
		}
		for i := range workers {
			if err := checkWhole(t.Context(), s, store.Server(fmt.Sprint("server", i))); err != nil {
				t.Errorf("seed %d, round %d: %v", seed, round, err)
			}
		}
		ok(t, s.EraseServer(t.Context(), store.Server(fmt.Sprint("server", round%workers)))) // keeps the file small
		ok(t, s.Close())
	}
	if total < 60 {
		t.Errorf("the processes have told %d things in all", total)
	}
}

// killedAtWork runs a process and kills it, at times while it starts, and returns what it told.
func killedAtWork(t *testing.T, path string, random *rand.Rand) (told []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "work", path, strconv.FormatUint(random.Uint64(), 10))
	var failed strings.Builder
	cmd.Stderr = &failed
	out, err := cmd.StdoutPipe()
	ok(t, err)
	ok(t, cmd.Start())
	lines := random.IntN(40)
	if random.IntN(6) == 0 {
		lines = 1 << 20
		timer := time.AfterFunc(time.Duration(random.IntN(60))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		told = append(told, scanner.Text())
		if len(told) == lines+1 {
			_ = cmd.Process.Kill()
		}
	}
	if err := cmd.Wait(); err == nil || failed.Len() > 0 {
		t.Fatalf("the process ended by itself: %v %s", err, failed.String())
	}
	return told
}

// checkTold says for each thing that was told whether it is there.
func checkTold(ctx context.Context, s *store.Store, told []string) map[string]error {
	result := make(map[string]error)
	settings := make(map[store.Server]int)
	forgotten := make(map[string]bool)
	for _, line := range told {
		words := strings.Fields(line)
		if words[0] == "forgetting" {
			forgotten[words[2]] = true
		}
	}
	for _, line := range told {
		words := strings.Fields(line)
		if len(words) != 3 {
			continue // cut off
		}
		server, id := store.Server(words[1]), words[2]
		var err error
		switch words[0] {
		case "settings":
			settings[server], err = strconv.Atoi(id)
		case "begun", "sent", "published", "stale":
			err = checkPin(ctx, s, server, store.PinID(id), words[0])
		case "proposed", "approved":
			var n store.Note
			if n, err = s.Note(ctx, server, store.NoteID(id)); err == nil && words[0] == "approved" && !n.IsApproved() {
				err = errors.New("not approved")
			}
		case "voted":
			var v store.Votes
			if v, err = s.Votes(ctx, server, store.AnswerID(id)); err == nil && v.Helpful == 0 && !forgotten[id] {
				err = errors.New("no vote")
			}
		case "forgotten":
			var v store.Votes
			if v, err = s.Votes(ctx, server, store.AnswerID(id)); err == nil && v.Helpful != 0 {
				err = errors.New("a vote")
			}
		case "reported":
			_, err = s.Card(ctx, server, store.CardID(id))
		case "answered":
			_, err = s.Answer(ctx, server, store.AnswerID(id))
		case "forgetting":
		default:
			err = errors.New("unknown")
		}
		result[line] = err
	}
	for server, n := range settings {
		got, err := s.Settings(ctx, server)
		if err == nil && (got.DailyPerMember < n || got.DailyPerMember > n+1) {
			err = fmt.Errorf("settings %d", got.DailyPerMember)
		}
		result[fmt.Sprint("settings of ", server, " ", n)] = err
	}
	maps.DeleteFunc(result, func(_ string, err error) bool { return err == nil })
	return result
}

// checkPin says whether a pin has come as far as was told.
func checkPin(ctx context.Context, s *store.Store, server store.Server, id store.PinID, told string) error {
	p, err := s.Pin(ctx, server, id)
	if err != nil {
		return err
	}
	reached := map[store.PinState]int{store.PinPublishing: 0, store.PinSent: 1, store.PinFresh: 2, store.PinStale: 3}[p.State]
	if least := map[string]int{"begun": 0, "sent": 1, "published": 2, "stale": 3}[told]; reached < least {
		return fmt.Errorf("it is %s", p.State)
	}
	return nil
}

// checkWhole says whether anything of a server is half there.
func checkWhole(ctx context.Context, s *store.Store, server store.Server) error {
	e, err := s.ExportServer(ctx, server)
	if err != nil {
		return err
	}
	if e.Settings.DailyPerServer != 2*e.Settings.DailyPerMember || int64(e.Settings.DailyPerMember) != e.Settings.Version {
		return fmt.Errorf("settings %+v", e.Settings)
	}
	pending, err := s.PendingPins(ctx)
	if err != nil {
		return err
	}
	for _, p := range append(pending, e.Pins...) {
		events := map[store.PinState]int{store.PinFresh: 1, store.PinStale: 2}[p.State]
		hasMessage := p.Message == store.Message("m"+p.ID)
		if p.Server == server && (len(p.Lines) != 2 || hasMessage == (p.State == store.PinPublishing) || len(e.History[p.ID]) != events) {
			return fmt.Errorf("pin %+v with history %v", p, e.History[p.ID])
		}
	}
	for _, card := range e.Cards {
		if card.Members != 1 {
			return fmt.Errorf("card %+v", card)
		}
	}
	for _, a := range e.Answers {
		if len(a.Messages) != 2 {
			return fmt.Errorf("answer %+v", a)
		}
	}
	return nil
}
