package discord

import (
	"errors"
	"fmt"
	"net/http"
)

// What a caller may want to tell apart (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
var (
	ErrUnknownMessage     = errors.New("unknown message")
	ErrUnknownChannel     = errors.New("unknown channel")
	ErrUnknownInteraction = errors.New("unknown interaction: answered too late, or its token has ended")
	ErrAcknowledged       = errors.New("interaction is answered already")
	ErrTokenExpired       = errors.New("interaction token has ended")
	ErrMissingAccess      = errors.New("no access to the channel")
	ErrMissingPermissions = errors.New("missing permissions")
	ErrTooManyPins        = errors.New("channel has as many pins as it can hold")
	ErrUnauthorized       = errors.New("token is refused")
	ErrRateLimited        = errors.New("rate limited")
	ErrInvalid            = errors.New("message breaks a limit of Discord") // found before sending
)

// Error is an answer of Discord that is not a success.
type Error struct {
	Status  int    // of HTTP
	Code    int    // Discord's own; 0 where there is none
	Message string // Discord's own words, shortened
	Route   string // such as "POST /channels/{channel}/messages": no ids, no tokens
}

// Error returns the route with Discord's answer.
func (e *Error) Error() string {
	if e.Code == 0 {
		return fmt.Sprintf("%s: %d %s", e.Route, e.Status, e.Message)
	}
	return fmt.Sprintf("%s: %d %s (code %d)", e.Route, e.Status, e.Message, e.Code)
}

// Is matches the sentinels of this package by Discord's code.
func (e *Error) Is(target error) bool {
	switch target {
	case ErrUnknownMessage:
		return e.Code == codeUnknownMessage
	case ErrUnknownChannel:
		return e.Code == codeUnknownChannel
	case ErrUnknownInteraction:
		return e.Code == codeUnknownInteraction
	case ErrAcknowledged:
		return e.Code == codeAcknowledged
	case ErrTokenExpired:
		return e.Code == codeTokenExpired || e.Code == codeUnknownWebhook
	case ErrMissingAccess:
		return e.Code == codeMissingAccess
	case ErrMissingPermissions:
		return e.Code == codeMissingPermissions
	case ErrTooManyPins:
		return e.Code == codeTooManyPins
	case ErrUnauthorized:
		return e.Status == http.StatusUnauthorized && e.Code != codeTokenExpired && e.Code != codeUnknownWebhook
	case ErrRateLimited:
		return e.Status == http.StatusTooManyRequests
	}
	return false
}

const (
	codeUnknownChannel     = 10003
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeTooManyPins        = 30003
	codeAcknowledged       = 40060
	codeMissingAccess      = 50001
	codeMissingPermissions = 50013
	codeTokenExpired       = 50027
)
