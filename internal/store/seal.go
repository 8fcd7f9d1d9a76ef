package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// place names a row, so that what is sealed there opens nowhere else.
type place struct {
	table  string
	server Server
	row    string
}

func (p place) data() []byte { return []byte(p.table + "\x00" + string(p.server) + "\x00" + p.row) }

// seal encrypts a text for one row.
func (s *Store) seal(p place, text string) ([]byte, error) {
	box, err := s.box()
	if err != nil {
		return nil, err
	}
	return box.Seal(nil, nil, []byte(text), p.data()), nil //nolint:gosec // the box makes the nonce itself
}

// open decrypts what was sealed for a row. It is ErrDamaged for anything else.
func (s *Store) open(p place, sealed []byte) (string, error) {
	box, err := s.box()
	if err != nil {
		return "", err
	}
	text, err := box.Open(nil, nil, sealed, p.data())
	if err != nil {
		return "", fmt.Errorf("%w: a text in %s does not open", ErrDamaged, p.table)
	}
	return string(text), nil
}

// sealJSON encrypts a value for one row.
func (s *Store) sealJSON(p place, v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return s.seal(p, string(text))
}

// openJSON decrypts a value that was sealed for a row.
func (s *Store) openJSON(p place, sealed []byte, v any) error {
	text, err := s.open(p, sealed)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fmt.Errorf("%w: a row of %s: %w", ErrDamaged, p.table, err)
	}
	return nil
}

// box is AES-256-GCM with a random nonce of 96 bits in front of each text: good for 2^32 texts under one key (NIST SP
// 800-38D, 8.3).
func (s *Store) box() (cipher.AEAD, error) {
	if s.secrets == nil {
		return nil, ErrNoKey
	}
	block, err := aes.NewCipher(s.secrets.seal)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// hash is the name under which a member is kept: the same in all servers, so that all of a member can be erased.
func (s *Store) hash(m Member) ([]byte, error) {
	if s.secrets == nil {
		return nil, ErrNoKey
	}
	mac := hmac.New(sha256.New, s.secrets.member)
	_, _ = mac.Write([]byte(m)) // a hash takes everything
	return mac.Sum(nil), nil
}
