package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// call is one request while it is answered. The server's mutex is held.
type call struct {
	server  *Server
	request *http.Request
	body    []byte
	files   []File
	record  Record
}

// answer is what a route gives back: 204 without a body, else JSON.
type answer struct {
	status int
	body   any
}

type routeHandler func(*call) (answer, error)

// router finds the handler of a path. The token of an interaction or webhook stands in for the Authorization header.
type router struct {
	mux *http.ServeMux
}

type matched struct {
	http.Handler
	handle routeHandler
	public bool
}

func (s *Server) routes() *router {
	r := &router{mux: http.NewServeMux()}
	s.userRoutes(r)
	s.channelRoutes(r)
	s.guildRoutes(r)
	s.commandRoutes(r)
	s.interactionRoutes(r)
	return r
}

// on adds a route that needs the bot's token.
func (r *router) on(pattern string, handle routeHandler) {
	r.mux.Handle(pattern, &matched{http.NotFoundHandler(), handle, false})
}

// onPublic adds a route that needs no token but the one in its path.
func (r *router) onPublic(pattern string, handle routeHandler) {
	r.mux.Handle(pattern, &matched{http.NotFoundHandler(), handle, true})
}

func (s *Server) handler() http.Handler {
	top := http.NewServeMux()
	for _, prefix := range []string{"/api/v10", "/api/v9", "/api"} {
		top.Handle(prefix+"/", http.StripPrefix(prefix, http.HandlerFunc(s.serveREST)))
	}
	top.HandleFunc("/socket/", s.serveGateway)
	if s.options.Control {
		top.Handle("/control/", http.StripPrefix("/control", s.controlHandler()))
	}
	return top
}

// serveREST reads, checks, answers and records one request.
func (s *Server) serveREST(w http.ResponseWriter, r *http.Request) {
	started := time.Now()
	c := &call{server: s, request: r, record: Record{Time: s.clock.Now(), Method: r.Method, Path: r.URL.Path}}
	found, pattern := s.router.mux.Handler(r)
	match, _ := found.(*matched)
	if match != nil {
		c.record.Route = pattern[strings.Index(pattern, "/"):]
		c.setPathValues(pattern)
	}
	readError := c.read()

	s.mutex.Lock()
	s.attribute(c)
	limit := s.limits.look(c, time.Now())
	err := s.limits.open(limit, time.Now())
	var fault *Fault
	if err == nil {
		fault = s.takeFault(c.record.Method, c.record.Route)
	}
	if fault != nil {
		c.record.Fault = string(fault.Kind)
		if !fault.After && fault.Kind == FaultSlow {
			s.mutex.Unlock()
			pause(r.Context(), s.done, fault.Delay)
			s.mutex.Lock()
		} else if !fault.After {
			s.record(c.record.finished(fault.status(), started))
			s.playLimit(fault, limit)
			if fault.limits() {
				limit.headers(w.Header(), time.Now())
			}
			s.mutex.Unlock()
			fault.play(w)
			return
		}
	}
	if err == nil {
		err = s.checkCall(c, match, readError)
	}
	if err == nil {
		err = s.limits.take(limit, s.options.RateLimits, time.Now())
	}
	var a answer
	if err == nil {
		a, err = match.handle(c)
	}
	status, body := c.result(a, err)
	s.record(c.record.finished(status, started))
	s.countInvalid(status, err)
	if fault == nil || fault.Kind == FaultSlow || fault.limits() {
		limit.headers(w.Header(), time.Now())
	}
	s.mutex.Unlock()

	if fault != nil && fault.After && fault.Kind != FaultSlow {
		fault.play(w)
		return
	}
	if fault != nil && fault.After {
		pause(r.Context(), s.done, fault.Delay)
	}
	if retry := (*rateError)(nil); errors.As(err, &retry) {
		retry.headers(w.Header())
	}
	write(w, status, body)
}

func (r Record) finished(status int, started time.Time) Record {
	r.Status, r.Took = status, time.Since(started)
	return r
}

// result turns what a handler gave into a status and body, and keeps a broken rule.
func (c *call) result(a answer, err error) (int, []byte) {
	if err == nil {
		if a.status == http.StatusNoContent || a.body == nil {
			return a.status, nil
		}
		data, err := json.Marshal(a.body)
		if err != nil {
			return http.StatusInternalServerError, []byte(err.Error())
		}
		return a.status, data
	}
	if limited := (*rateError)(nil); errors.As(err, &limited) {
		c.record.Code = limited.code
		c.server.violate(Violation{
			Rule: RuleRate, Status: http.StatusTooManyRequests, Call: c.record.Method + " " + c.record.Path, Detail: limited.Error(),
		})
		return http.StatusTooManyRequests, limited.body()
	}
	f := (*apiError)(nil)
	if !errors.As(err, &f) {
		f = &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 50109, Message: "The request body contains invalid JSON.", Detail: err.Error()}
	}
	c.record.Code = f.Code
	c.server.violate(Violation{
		Rule: f.Rule, Code: f.Code, Status: f.Status, Call: c.record.Method + " " + c.record.Path,
		Detail: strings.TrimSuffix(f.Error()+": "+f.Detail, ": "),
	})
	return f.Status, f.body()
}

// checkCall holds what every call needs: a known route, a real User-Agent, the bot's token, a reason that can be read.
func (s *Server) checkCall(c *call, match *matched, readError error) error {
	r := c.request
	switch agent := r.Header.Get("User-Agent"); {
	case match == nil:
		return &apiError{Rule: RuleUnknown, Status: http.StatusNotFound, Message: "404: Not Found", Detail: "no such route"}
	case !realAgent(agent):
		return &apiError{Rule: RuleAuth, Status: http.StatusBadRequest, Message: "User-Agent must be DiscordBot (url, version)", Detail: agent}
	case !match.public && r.Header.Get("Authorization") != "Bot "+s.token:
		return &apiError{Rule: RuleAuth, Status: http.StatusUnauthorized, Message: "401: Unauthorized", Detail: "Authorization is not the bot's token"}
	case readError != nil:
		return readError
	}
	return c.readReason()
}

// realAgent tells whether a User-Agent is DiscordBot (url, version), with more behind it or not.
func realAgent(agent string) bool {
	inner, ok := strings.CutPrefix(agent, "DiscordBot (")
	inner, _, closed := strings.Cut(inner, ")")
	url, version, both := strings.Cut(inner, ", ")
	return ok && closed && both && url != "" && version != "" && !strings.Contains(url, " ")
}

// readReason reads the reason for the audit log, which is percent-encoded UTF-8 of 1 to 512 characters (reference, "Audit
// Logs").
func (c *call) readReason() error {
	raw := c.request.Header.Get("X-Audit-Log-Reason")
	if raw == "" {
		return nil
	}
	reason, err := url.PathUnescape(raw)
	for i := range len(raw) {
		if raw[i] < 0x20 || raw[i] > 0x7e {
			err = errors.New("not ASCII")
		}
	}
	if err != nil || runes(reason) > 512 {
		return invalid("X-Audit-Log-Reason", "Must be URL-encoded UTF-8 of 1 to 512 characters.")
	}
	c.record.Reason = reason
	return nil
}

// setPathValues makes the ids of the path readable through request.PathValue.
func (c *call) setPathValues(pattern string) {
	names := strings.Split(pattern[strings.Index(pattern, "/"):], "/")
	steps := strings.Split(c.request.URL.EscapedPath(), "/")
	for i, name := range names {
		if i < len(steps) && strings.HasPrefix(name, "{") {
			step, err := url.PathUnescape(steps[i])
			if err != nil {
				step = steps[i]
			}
			c.request.SetPathValue(strings.Trim(name, "{}"), step)
		}
	}
}

func (c *call) id(name string) ID { return ID(c.request.PathValue(name)) }

// maxBody is the most that a request may have (reference, "Uploading Files").
const maxBody = 25 << 20

// read takes the body, and the files where it came as multipart/form-data.
func (c *call) read() error {
	data, err := io.ReadAll(io.LimitReader(c.request.Body, maxBody+1))
	if err != nil {
		return err
	}
	if len(data) > maxBody {
		return &apiError{Rule: RuleForm, Status: http.StatusRequestEntityTooLarge, Code: 40005, Message: "Request entity too large"}
	}
	kind, parameters, err := mime.ParseMediaType(c.request.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		if len(data) > 0 && kind != "application/json" {
			return &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 50035, Message: "Content-Type must be application/json or multipart/form-data"}
		}
		c.body, c.record.Body = data, data
		return nil
	}
	parts := multipart.NewReader(bytes.NewReader(data), parameters["boundary"])
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		switch name := part.FormName(); {
		case name == "payload_json":
			c.body, c.record.Body = content, content
		case regexp.MustCompile(`^files\[\d+\]$`).MatchString(name):
			c.files = append(c.files, File{Name: part.FileName(), ContentType: part.Header.Get("Content-Type"), Size: len(content), Data: content})
			c.record.Files = c.files
		default:
			return invalid(name, "A file must be named files[n], the body payload_json.")
		}
	}
}

// decode reads the JSON body.
func (c *call) decode(into any) error {
	if len(c.body) == 0 {
		return nil
	}
	if err := json.Unmarshal(c.body, into); err != nil {
		return &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 50109, Message: "The request body contains invalid JSON.", Detail: err.Error()}
	}
	return nil
}

func write(w http.ResponseWriter, status int, body []byte) {
	if len(body) > 0 {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// countInvalid holds the limit of 10,000 invalid answers in 10 minutes.
func (s *Server) countInvalid(status int, err error) {
	if status != http.StatusUnauthorized && status != http.StatusForbidden && status != http.StatusTooManyRequests {
		return
	}
	now := s.clock.Now()
	b := &s.records
	for len(b.invalid) > 0 && now.Sub(b.invalid[0]) > 10*time.Minute {
		b.invalid = b.invalid[1:]
	}
	b.invalid = append(b.invalid, now)
	if len(b.invalid) == 10_000 {
		s.violate(Violation{Rule: RuleRate, Status: status, Detail: "10,000 invalid answers in 10 minutes: the address is banned: " + err.Error()})
	}
}
