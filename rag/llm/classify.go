package llm

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"unicode"
)

// failure is what ended an attempt, from the context's cause, else from what the transport says.
func failure(ctx context.Context, err error) *Error {
	if ctx.Err() != nil {
		return ended(context.Cause(ctx))
	}
	var (
		dial     *net.OpError
		lookup   *net.DNSError
		verify   *tls.CertificateVerificationError
		record   tls.RecordHeaderError
		alert    tls.AlertError
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
	)
	switch {
	case errors.Is(err, errTooMuch):
		return &Error{Kind: KindGarbage, Err: errTooMuch}
	case errors.As(err, &verify), errors.As(err, &record), errors.As(err, &alert), errors.As(err, &unknown),
		errors.As(err, &hostname), errors.Is(err, http.ErrSchemeMismatch):
		return &Error{Kind: KindTLS, Err: err}
	case errors.As(err, &lookup), errors.As(err, &dial) && (dial.Op == "dial" || dial.Op == "proxyconnect"):
		return &Error{Kind: KindUnreachable, Err: err}
	case strings.Contains(err.Error(), "malformed"): // net/http's word for what is no HTTP; it has no type
		return &Error{Kind: KindGarbage, Err: errors.New("the server does not speak HTTP")}
	}
	return &Error{Kind: KindInterrupted, Err: err}
}

// ended is the error for a context that ended, by its cause.
func ended(cause error) *Error {
	kind := KindCancelled
	switch {
	case errors.Is(cause, errConnectTimeout):
		kind = KindConnectTimeout
	case errors.Is(cause, errFirstToken):
		kind = KindFirstToken
	case errors.Is(cause, errStalled):
		kind = KindStalled
	case errors.Is(cause, errTimeout), errors.Is(cause, context.DeadlineExceeded):
		kind = KindTimeout
	}
	if kind == KindCancelled && !errors.Is(cause, context.Canceled) { // the caller's own cause
		cause = fmt.Errorf("%w: %w", context.Canceled, cause)
	}
	return &Error{Kind: kind, Err: cause}
}

// refusal is the error for an HTTP status and what the server wrote beside it.
func refusal(status int, said complaint) *Error {
	kind := KindRejected
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden && !said.has("moderation", "flagged"):
		return &Error{Kind: KindAuth, Status: status} // servers repeat parts of the key here
	case said.has("http request to an https server"):
		kind = KindTLS
	case status == http.StatusPaymentRequired, said.has("insufficient_quota", "insufficient credits"):
		kind = KindQuota
	case said.has("content_filter", "content management policy", "flagged"):
		kind = KindFilter
	case status == http.StatusRequestEntityTooLarge,
		said.has("context_length_exceeded", "maximum context length", "context size", "context window"):
		kind = KindTooLong
	case status == http.StatusTooManyRequests:
		kind = KindRateLimited
	case status >= http.StatusInternalServerError, status == http.StatusRequestTimeout:
		kind = KindServer
	case status < http.StatusBadRequest: // it has moved
		kind = KindNoEndpoint
	case said.has("model") && said.has("not found", "not exist", "not a valid model", "model_not_found", "unknown model", "invalid model"):
		kind = KindNoModel
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed:
		kind = KindNoEndpoint
	}
	return &Error{Kind: kind, Status: status, Err: said.err()}
}

// complaint is what a server says of an error: its message, code and type.
type complaint string

// has tells whether any of the phrases occurs, which are lower case.
func (c complaint) has(phrases ...string) bool {
	lower := strings.ToLower(string(c))
	for _, p := range phrases {
		if strings.Contains(lower, p) {
			return true
		}
	}
	return false
}

func (c complaint) err() error {
	if c == "" {
		return nil
	}
	return errors.New(string(c))
}

// saidLength is how much of what a server wrote is repeated, in characters.
const saidLength = 300

// oneLine makes foreign text fit for a log: one line, without control characters, of bounded length.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return ' '
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > saidLength {
		s = string(r[:saidLength]) + "…"
	}
	return s
}

// clean takes the secrets out of an error and keeps what [errors.Is] finds in it.
func (c *Client) clean(err error) error {
	if err == nil {
		return nil
	}
	text := oneLine(c.secrets.Replace(err.Error()))
	if text == err.Error() {
		return err
	}
	for _, known := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return known
		}
	}
	return errors.New(text)
}
