package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// leastKey is how long a key must be; package store says more of what makes a good one.
const leastKey = 32

// Store says where what must not be lost is kept, and with which key its texts are encrypted.
type Store struct {
	// Path is a file, or empty for amur.db in the user's own data folder.
	Path string `yaml:"path"`
	// Key is a text of at least 32 characters, or unset for the key that the first start writes into KeyFile.
	Key Secret `yaml:"key"`
}

// File returns Path or, when it is empty, amur/amur.db in the user's data folder ($XDG_DATA_HOME or ~/.local/share). It
// creates nothing. An error means that the environment names no such folder.
func (s Store) File() (string, error) {
	if s.Path != "" {
		return s.Path, nil
	}
	base := os.Getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(base) { // a relative one is void, says the XDG Base Directory Specification
		home, err := os.UserHomeDir()
		if err != nil {
			return "", errors.New("no data folder: set store.path or the variable HOME")
		}
		base = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(base, "amur", "amur.db"), nil
}

// KeyFile returns where the key is kept when Key is unset: the file "key" beside that of File, whose error it returns.
func (s Store) KeyFile() (string, error) {
	file, err := s.File()
	if err != nil {
		return "", err
	}
	return filepath.Join(filepath.Dir(file), "key"), nil
}

// validate does not repeat the key.
func (s Store) validate() error {
	if s.Key.IsSet() && len(strings.TrimSpace(s.Key.Reveal())) < leastKey {
		return fmt.Errorf("AMUR_STORE_KEY is shorter than %d characters: make one with 'openssl rand -hex 32' and keep it as long as the state", leastKey)
	}
	return nil
}
