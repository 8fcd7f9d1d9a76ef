package store

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Key is the secret that texts are sealed and members are hashed with. The zero Key is none: the budgets work without, and
// everything that needs it is ErrNoKey.
type Key [sha256.Size]byte

var (
	// ErrKey means that the state was written with another key.
	ErrKey = errors.New("the state was written with another key")
	// ErrNoKey means that the state was opened without a key.
	ErrNoKey = errors.New("the state was opened without its key")
)

// minSecret is the length of a secret in bytes, and minLetters how many different ones it has: a random one of this length
// in hexadecimal digits has 128 bits, and never so few digits.
const (
	minSecret  = 32
	minLetters = 8
)

// ParseKey makes a key of a secret: any text of at least 32 bytes, such as the output of "openssl rand -hex 32", or a long
// passphrase. White space around it does not count; all else does, so that 64 hexadecimal digits in capitals are another
// key. The content of a file made by KeyFile gives the same key here.
func ParseKey(secret string) (Key, error) {
	secret = strings.TrimSpace(secret)
	if len(secret) < minSecret {
		return Key{}, fmt.Errorf("a secret of %d characters: it must have at least %d, such as the output of 'openssl rand -hex 32'",
			len(secret), minSecret)
	}
	letters := make(map[byte]bool)
	for i := range len(secret) {
		letters[secret[i]] = true
	}
	if len(letters) < minLetters {
		return Key{}, fmt.Errorf("a secret of only %d different characters: take the output of 'openssl rand -hex 32'", len(letters))
	}
	return sha256.Sum256([]byte("amur state key\x00" + secret)), nil
}

// KeyFile reads the key from the file at path or, where there is none, makes a random one that only its owner can read. It
// says whether it was made. Who loses the file loses all texts: keep a copy apart from the backups of the state.
func KeyFile(path string) (key Key, made bool, err error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if made, err = makeKeyFile(path); err == nil {
			data, err = os.ReadFile(path)
		}
	}
	if err == nil {
		key, err = ParseKey(string(data))
	}
	if err != nil {
		return Key{}, false, fmt.Errorf("key file %q: %w", path, err)
	}
	return key, made, nil
}

// makeKeyFile makes the file in one step, so that no process ever reads half a key.
func makeKeyFile(path string) (made bool, err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return false, err
	}
	random := make([]byte, 32)
	_, _ = rand.Read(random)               // never fails, says its documentation
	f, err := os.CreateTemp(dir, ".key-*") // mode 0600
	if err != nil {
		return false, err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(hex.EncodeToString(random) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return false, err
	}
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return false, nil // another process was quicker
	} else if err != nil {
		return false, err
	}
	return true, syncFolder(dir)
}

// syncFolder brings names of new files onto the disk.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// secrets are made of a Key, one for each use.
type secrets struct{ seal, member, proof []byte }

func (k Key) secrets() (*secrets, error) {
	if k == (Key{}) {
		return nil, nil
	}
	var s secrets
	for use, out := range map[string]*[]byte{"seal": &s.seal, "member": &s.member, "proof": &s.proof} {
		secret, err := hkdf.Key(sha256.New, k[:], nil, "amur state: "+use, sha256.Size)
		if err != nil {
			return nil, err
		}
		*out = secret
	}
	return &s, nil
}

// checkKey refuses another key than that which the file was written with. The first key that comes is the file's.
func (s *Store) checkKey(ctx context.Context, tx *sql.Tx) error {
	if s.secrets == nil {
		return nil
	}
	mac := hmac.New(sha256.New, s.secrets.proof)
	_, _ = mac.Write([]byte("amur")) // a hash takes everything
	want := mac.Sum(nil)
	var proof []byte
	err := tx.QueryRowContext(ctx, "SELECT proof FROM keys WHERE id = 1").Scan(&proof)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		_, err := tx.ExecContext(ctx, "INSERT INTO keys VALUES (1, ?)", want)
		return err
	case err != nil:
		return err
	case !hmac.Equal(proof, want):
		return fmt.Errorf("%w: give it the former one; without that, move the file away together with its -wal and -shm files and start anew", ErrKey)
	}
	return nil
}
