package llm

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what went wrong, for whoever words it for a person or decides what to do instead.
type Kind string

// What can go wrong. Which part of it is worth another attempt is decided within [Client.Chat]: its errors are final.
const (
	KindUnreachable    Kind = "unreachable"     // no such host, connection refused, no route
	KindTLS            Kind = "tls"             // no secure connection: certificate, or no TLS at all
	KindConnectTimeout Kind = "connect-timeout" // the host does not react
	KindFirstToken     Kind = "first-token"     // no token in time
	KindStalled        Kind = "stalled"         // tokens came, then none for as long
	KindTimeout        Kind = "timeout"         // the time for the whole call is up
	KindAuth           Kind = "auth"            // the key is missing, wrong or may not use the model (401, 403)
	KindQuota          Kind = "quota"           // the account has no credit
	KindNoModel        Kind = "no-model"        // the server has no such model
	KindNoEndpoint     Kind = "no-endpoint"     // nothing speaks the protocol at this address, or it has moved
	KindRejected       Kind = "rejected"        // the server refuses the request for another reason (4xx)
	KindTooLong        Kind = "too-long"        // the conversation does not fit the model
	KindFilter         Kind = "filter"          // the provider's filter withheld everything
	KindRateLimited    Kind = "rate-limited"    // 429; RetryAfter where the server says so
	KindServer         Kind = "server"          // 5xx, or an error in the middle of a stream
	KindGarbage        Kind = "garbage"         // what came back is not the protocol
	KindInterrupted    Kind = "interrupted"     // the connection ended before the answer did
	KindEmpty          Kind = "empty"           // the answer has no visible text
	KindOverloaded     Kind = "overloaded"      // our own queue is full
	KindBreakerOpen    Kind = "breaker-open"    // not tried: the server failed too often just now; RetryAfter says till when
	KindCancelled      Kind = "cancelled"       // the caller's context ended
	KindStopped        Kind = "stopped"         // the function that sees the text returned an error, which this one wraps
)

// Error is the error of every call that fails. It never holds the key or the value of a header, its text is one line of
// bounded length, and what a server wrote is in it only without control characters.
type Error struct {
	Kind       Kind
	Status     int           // HTTP status; 0 where none came
	RetryAfter time.Duration // how long the server asks to be left alone; 0 = it does not say
	Usage      Usage         // what was consumed nonetheless, estimated; zero where the model never began
	Err        error         // the cause; may be nil
}

// Error describes the failure in English, for logs.
func (e *Error) Error() string {
	s := "language model: " + e.Kind.text()
	if e.Status != 0 {
		s += fmt.Sprintf(" (HTTP status %d)", e.Status)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func (k Kind) text() string {
	switch k {
	case KindUnreachable:
		return "the server cannot be reached"
	case KindTLS:
		return "no secure connection to the server"
	case KindConnectTimeout:
		return "the server does not react"
	case KindFirstToken:
		return "no word from the model in time"
	case KindStalled:
		return "the model stopped in the middle"
	case KindTimeout:
		return "the time for the answer is up"
	case KindAuth:
		return "the server refuses the key"
	case KindQuota:
		return "the account has no credit"
	case KindNoModel:
		return "the server has no such model"
	case KindNoEndpoint:
		return "no chat endpoint at this address"
	case KindRejected:
		return "the server rejects the request"
	case KindTooLong:
		return "the request is too long for the model"
	case KindFilter:
		return "the provider's filter withheld the answer"
	case KindRateLimited:
		return "the server asks for fewer requests"
	case KindServer:
		return "the server has an error"
	case KindGarbage:
		return "the server's reply makes no sense"
	case KindInterrupted:
		return "the connection ended in the middle"
	case KindEmpty:
		return "the model said nothing"
	case KindOverloaded:
		return "too many questions at once"
	case KindBreakerOpen:
		return "not asked, because the server failed several times in a row"
	case KindCancelled:
		return "cancelled"
	case KindStopped:
		return "stopped by the reader"
	}
	return string(k)
}

// transient tells whether the same request may well succeed a little later.
func (k Kind) transient() bool {
	switch k {
	case KindUnreachable, KindRateLimited, KindServer, KindInterrupted:
		return true
	default:
		return false
	}
}

// outcome is what a failure says about the server.
func (k Kind) outcome() outcome {
	switch k {
	case KindCancelled, KindStopped, KindOverloaded, KindBreakerOpen:
		return outcomeNone
	case KindRejected, KindTooLong, KindFilter, KindEmpty: // it is up, and may like another question better
		return outcomeWorks
	default:
		return outcomeFailing
	}
}

// The causes with which an attempt ends itself.
var (
	errConnectTimeout = errors.New("no connection in time")
	errFirstToken     = errors.New("no token in time")
	errStalled        = errors.New("no further token in time")
	errTimeout        = errors.New("no complete answer in time")
)
