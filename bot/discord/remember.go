package discord

import (
	"net/http"
	"strings"
	"time"
)

// remember keeps a refusal that will be the same next time: a channel that is closed to the bot, an interaction's token that
// has ended.
func (l *limits) remember(c call, e *Error) {
	key, until := "", time.Now()
	switch {
	case strings.HasPrefix(c.route, webhookRoute):
		if e.Status != http.StatusUnauthorized && (e.Status != http.StatusNotFound || e.Code == codeUnknownMessage) {
			return
		}
		key, until = webhookRoute+"|"+c.major(), until.Add(tokenEndsAfter)
	case e.Status == http.StatusForbidden && strings.HasPrefix(c.route, "/channels/{") && c.method != http.MethodGet:
		key, until = c.name()+"|"+c.major(), until.Add(closedFor)
	default:
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := time.Now(); len(l.refused) >= 1024 {
		for k, r := range l.refused {
			if len(l.refused) > 4096 || now.After(r.until) {
				delete(l.refused, k)
			}
		}
	}
	l.refused[key] = refused{e, until}
}

// remembered returns the refusal that a call would meet again, or nil.
func (l *limits) remembered(c call) *Error {
	key := c.name() + "|" + c.major()
	if strings.HasPrefix(c.route, webhookRoute) {
		key = webhookRoute + "|" + c.major()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	r, ok := l.refused[key]
	if !ok || time.Now().After(r.until) {
		return nil
	}
	e := *r.err
	e.Route = c.name()
	return &e
}

// reopen forgets the channels that were closed: rights have changed.
func (l *limits) reopen() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for key := range l.refused {
		if !strings.HasPrefix(key, webhookRoute) {
			delete(l.refused, key)
		}
	}
}

// revive forgets that a webhook was refused: its interaction has been answered now.
func (l *limits) revive(major string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.refused, webhookRoute+"|"+major)
}
