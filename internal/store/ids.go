package store

import (
	"crypto/rand"
	"encoding/base32"
	"errors"
	"strings"
)

// Ids of Discord's objects come in raw. What is kept of a Member is a keyed hash, or the sealed id where moderators must see
// who did something; the others are kept as they are.
type (
	Server  string // Discord calls it guild; empty for direct messages
	Channel string
	Member  string // a person, by the id of the user
	Message string
	Role    string
)

// Ids of what the store keeps: 16 characters a-z and 2-7, random, so that one can stand in a button and none can be guessed.
type (
	AnswerID string
	PinID    string
	DraftID  string
	HideID   string
	NoteID   string
	CardID   string
)

// NewAnswerID returns the id of an answer that is being made: its buttons carry it before the record is written.
func NewAnswerID() AnswerID { return AnswerID(newID()) }

func newID() string {
	random := make([]byte, 10)
	_, _ = rand.Read(random) // never fails, says its documentation
	return strings.ToLower(base32.StdEncoding.EncodeToString(random))
}

var (
	// ErrNotFound means that this server has nothing under this id, or has it no more.
	ErrNotFound = errors.New("not found")
	// ErrChanged means that somebody else has changed it since it was read: read it again.
	ErrChanged = errors.New("changed by somebody else in the meantime")
	// ErrSamePerson means that a second person is needed.
	ErrSamePerson = errors.New("a second person is needed")
	// ErrPrivate means that a private question, or one from a direct message, was to be kept.
	ErrPrivate = errors.New("private questions are not kept")
	// ErrNoServer means that something that belongs to a server came without one.
	ErrNoServer = errors.New("no server")
)
