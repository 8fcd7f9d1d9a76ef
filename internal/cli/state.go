package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"amur/internal/config"
	"amur/internal/store"
)

// openState opens the file of state with its key, or makes both.
func openState(ctx context.Context, cfg config.Store) (*store.Store, error) {
	path, err := cfg.File()
	if err != nil {
		return nil, err // says what to set
	}
	key, err := stateKey(cfg)
	if err != nil {
		return nil, err
	}
	return openStateWith(ctx, path, store.Options{Key: key})
}

// openUsage opens the file of state, or makes it, for what the language model has used, which needs no key.
func openUsage(ctx context.Context, cfg config.Store) (*store.Store, error) {
	path, err := cfg.File()
	if err != nil {
		return nil, err
	}
	return openStateWith(ctx, path, store.Options{})
}

// openExisting opens a state that is there, with its key; it makes none.
func openExisting(ctx context.Context, cfg config.Store) (*store.Store, error) {
	path, err := cfg.File()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, hintError{fmt.Errorf("state: %w", err), "name the file with store.path or AMUR_STORE_PATH; 'amur serve' makes it at its first start"}
	}
	return openState(ctx, cfg)
}

func openStateWith(ctx context.Context, path string, o store.Options) (*store.Store, error) {
	s, err := store.Open(ctx, path, o)
	switch {
	case err == nil:
		return s, nil
	case errors.Is(err, store.ErrKey):
		return nil, hintError{err, "set AMUR_STORE_KEY, or AMUR_STORE_KEY_FILE, to the key that the state was written with"}
	case errors.Is(err, store.ErrDamaged), errors.Is(err, store.ErrNewer):
		return nil, err // says what to do
	}
	return nil, hintError{err, "set store.path to a file that amur may write, in a folder that it may write to"}
}

// stateKey is the key of the settings or, without one, that of the file beside the state, which is made where there is none.
func stateKey(cfg config.Store) (store.Key, error) {
	if cfg.Key.IsSet() {
		key, err := store.ParseKey(cfg.Key.Reveal())
		if err != nil {
			return store.Key{}, fmt.Errorf("AMUR_STORE_KEY: %w", err)
		}
		return key, nil
	}
	path, err := cfg.KeyFile()
	if err != nil {
		return store.Key{}, err
	}
	key, _, err := store.KeyFile(path)
	if errors.Is(err, fs.ErrPermission) {
		err = hintError{err, "let amur read it, or set AMUR_STORE_KEY"}
	}
	return key, err
}
