package bot

import (
	"strconv"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

// Request is what somebody wants of the bot: an interaction with what is needed to reply to it.
type Request struct {
	discord.Interaction

	Locale   phrase.Locale // of the reply
	Settings store.Settings
	Edition  *Edition // the documents as they were when the request came
	Args     []string // what follows the verb in the custom id of a button, menu or form

	book *phrase.Book
}

// Say returns a phrase in the language of the reply.
func (r Request) Say(key string, fill ...phrase.Fill) string {
	return r.book.Say(r.Locale, key, fill...)
}

// Arg returns the n-th part after the verb of a custom id, or "".
func (r Request) Arg(n int) string {
	if n < len(r.Args) {
		return r.Args[n]
	}
	return ""
}

// Int returns the value of a whole number, or fallback where it is not filled in.
func (r Request) Int(option string, fallback int) int {
	if n, err := strconv.Atoi(r.Option(option)); err == nil {
		return n
	}
	return fallback
}

// Server is the server of the request; empty in direct messages.
func (r Request) Server() store.Server { return store.Server(r.Guild) }

// Person is who asks.
func (r Request) Person() store.Member { return store.Member(r.Member.User.ID) }
