package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"amur/internal/config"
	"amur/internal/store"
)

// checkState opens the file of state and says what was used today. Where neither a model nor a bot needs one, none is made.
func (a *app) checkState(ctx context.Context, cfg config.Config, t *trials) {
	path, err := cfg.Store.File()
	if _, statErr := os.Stat(path); err != nil || errors.Is(statErr, fs.ErrNotExist) {
		switch {
		case cfg.Discord.Token.IsSet() && err == nil:
			err = writable(filepath.Dir(path))
			if err != nil {
				err = hintError{err, "set store.path to a file in a folder that amur may write to"}
			}
			t.say("state", "none yet; the first start makes "+path, err)
			checkKey(cfg.Store, t)
			return
		case !cfg.LLM.Enabled():
			t.say("state", "none yet, and none is needed without a language model and a bot", nil)
			return
		}
	}
	found, err := spentToday(ctx, cfg)
	if t.say("state", found+"; "+path, err) && cfg.Discord.Token.IsSet() {
		checkKey(cfg.Store, t)
	}
}

// checkKey says where the key of the state is, and when it could be kept better.
func checkKey(cfg config.Store, t *trials) {
	if cfg.Key.IsSet() {
		_, err := stateKey(cfg)
		t.say("key", "AMUR_STORE_KEY", err)
		return
	}
	path, err := cfg.KeyFile()
	if err != nil {
		t.say("key", "", err)
		return
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.advise("key", "none yet; the first start makes "+path+" beside the state, and who takes the one has the other: set AMUR_STORE_KEY "+
			"or AMUR_STORE_KEY_FILE before, to the output of 'openssl rand -hex 32'")
		return
	}
	if _, err = stateKey(cfg); t.say("key", path, err) {
		t.advise("key", "it lies beside the state, and who takes the one has the other: move its content into AMUR_STORE_KEY, or the file to where "+
			"AMUR_STORE_KEY_FILE names it")
	}
}

// openKnown opens the state with its key where both are there; without them the result is nil. It makes neither.
func openKnown(ctx context.Context, cfg config.Store) (*store.Store, error) {
	path, err := cfg.File()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil || !hasKey(cfg) {
		return nil, nil
	}
	return openState(ctx, cfg)
}

// hasKey reports whether the state has a key, in the settings or in the file beside it.
func hasKey(cfg config.Store) bool {
	path, err := cfg.KeyFile()
	if err != nil {
		return cfg.Key.IsSet()
	}
	_, err = os.Stat(path)
	return cfg.Key.IsSet() || err == nil
}

func spentToday(ctx context.Context, cfg config.Config) (string, error) {
	open := openUsage
	if hasKey(cfg.Store) {
		open = openState
	}
	s, err := open(ctx, cfg.Store)
	if err != nil {
		return "", err
	}
	spent, err := s.Budget(limits(cfg.LLM.Budget), nil).Spent(ctx)
	if err := errors.Join(err, s.Close()); err != nil {
		return "", err
	}
	u := spent.All
	found := fmt.Sprintf("%s, %s, $%.4f on %s (UTC)", count(int(u.Calls), "call"), count(int(u.Tokens), "token"),
		float64(u.MicroUSD)/microsPerDollar, spent.Day)
	if u.Unsettled > 0 {
		found += fmt.Sprintf("; %s under way or broken off, counted at the most", count(int(u.Unsettled), "call"))
	}
	return found, nil
}
