package discord

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	callbackRoute = "/interactions/{interaction}/{token}/callback"
	webhookRoute  = "/webhooks/{application}/{token}"
)

// call is one request of the REST API.
type call struct {
	method string
	route  string   // with braces where the ids go; what errors and logs name, because paths hold tokens
	ids    []string // one for each pair of braces
	query  url.Values
	body   any
	files  []File
	reason string // for the audit log
	// again says that a POST may be repeated when it is not known whether it came through.
	again bool
	// within is how long rate limits may hold the call; 0 is a minute.
	within time.Duration
	// attempt is how long one try may take; 0 is 15 s, or a minute with files.
	attempt time.Duration
}

func (c call) name() string { return c.method + " " + c.route }

// ofInteraction says that the call is allowed by an interaction's token: it needs no bot token and is outside the bot's
// global limit (https://docs.discord.com/developers/interactions/receiving-and-responding).
func (c call) ofInteraction() bool {
	return c.route == callbackRoute || strings.HasPrefix(c.route, webhookRoute)
}

// major is the id that a bucket hangs on beside the route: a channel, a guild, or a webhook with its token, of which only a
// hash is kept.
func (c call) major() string {
	switch {
	case strings.HasPrefix(c.route, "/channels/{"), strings.HasPrefix(c.route, "/guilds/{"):
		return c.ids[0]
	case strings.HasPrefix(c.route, webhookRoute):
		sum := sha256.Sum256([]byte(c.ids[0] + "/" + c.ids[1]))
		return hex.EncodeToString(sum[:16])
	}
	return ""
}

// repeatable says that the call may be sent again when its outcome is unknown.
func (c call) repeatable() bool { return c.method != http.MethodPost || c.again }

// patience is how long rate limits may hold the call.
func (c call) patience() time.Duration {
	if c.within > 0 {
		return c.within
	}
	return time.Minute
}

func (c call) tryFor() time.Duration {
	switch {
	case c.attempt > 0:
		return c.attempt
	case len(c.files) > 0:
		return time.Minute
	}
	return 15 * time.Second
}

// path fills the braces of the route.
func (c call) path() (string, error) {
	var b strings.Builder
	rest, ids := c.route, c.ids
	for {
		before, after, ok := strings.Cut(rest, "{")
		b.WriteString(before)
		if !ok {
			break
		}
		name, after, _ := strings.Cut(after, "}")
		if len(ids) == 0 || strings.Trim(ids[0], ".") == "" {
			return "", fmt.Errorf("%s: no id of the %s: %w", c.name(), name, ErrInvalid)
		}
		b.WriteString(url.PathEscape(ids[0]))
		rest, ids = after, ids[1:]
	}
	if len(c.query) > 0 {
		b.WriteString("?" + c.query.Encode())
	}
	return b.String(), nil
}

// payload is the body with its content type: JSON, or several parts where there are files.
func (c call) payload() ([]byte, string, error) {
	if c.body == nil {
		return nil, "", nil
	}
	data, err := json.Marshal(c.body)
	if err != nil {
		return nil, "", fmt.Errorf("%s: encode body: %w", c.name(), err)
	}
	if len(c.files) == 0 {
		return data, "application/json", nil
	}
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="payload_json"`}, "Content-Type": {"application/json"},
	})
	if err == nil {
		_, err = part.Write(data)
	}
	for i, f := range c.files {
		if err != nil {
			break
		}
		if part, err = w.CreateFormFile("files["+strconv.Itoa(i)+"]", f.Name); err == nil {
			_, err = part.Write(f.Data)
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, "", fmt.Errorf("%s: encode files: %w", c.name(), err)
	}
	return buf.Bytes(), w.FormDataContentType(), nil
}

// auditReason percent-encodes a reason, as headers hold no other script than Latin, and keeps it within 512 characters without
// cutting a letter apart.
func auditReason(s string) string {
	const most = 512
	var b strings.Builder
	for _, r := range s {
		e := url.PathEscape(string(r))
		if b.Len()+len(e) > most {
			break
		}
		b.WriteString(e)
	}
	return b.String()
}
