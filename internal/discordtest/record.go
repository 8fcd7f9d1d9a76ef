package discordtest

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// Record is one call of the REST interface.
type Record struct {
	N       int           `json:"n"` // from 1 on
	Time    time.Time     `json:"time"`
	Took    time.Duration `json:"took"`
	Method  string        `json:"method"`
	Route   string        `json:"route"` // with names in place of ids: /channels/{channel}/messages
	Path    string        `json:"path"`
	Status  int           `json:"status"`
	Code    int           `json:"code,omitempty"`   // Discord's error code
	Fault   string        `json:"fault,omitempty"`  // the fault that was played, if one was
	Reason  string        `json:"reason,omitempty"` // of the audit log, decoded
	Guild   ID            `json:"guild,omitempty"`
	Channel ID            `json:"channel,omitempty"`
	Message ID            `json:"message,omitempty"` // the message that was made, edited or deleted
	// Interaction is the one whose token or id the path has.
	Interaction ID `json:"interaction,omitempty"`
	// Private tells that only Viewer sees what the call makes: ephemeral messages, modals, choices. In direct messages
	// Private stays false.
	Private bool `json:"private,omitempty"`
	Viewer  ID   `json:"viewer,omitempty"`
	// Body is the JSON of the request, payload_json where it came with files.
	Body  json.RawMessage `json:"body,omitempty"`
	Files []File          `json:"files,omitempty"`
	// Pings are those whom the body pings under its allowed_mentions.
	Pings *Pings `json:"pings,omitempty"`
	// Mentions is the syntax of mentions that stands in the body without a backslash before it, whether it pings or not.
	Mentions []string `json:"mentions,omitempty"`
}

// File is a file that came with a message.
type File struct {
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
	Size        int    `json:"size"`
	Data        []byte `json:"data,omitempty"`
}

// Stats counts what happened since the start, also what is no longer kept.
type Stats struct {
	Calls      map[string]int `json:"calls"`    // by "METHOD route"
	Statuses   map[int]int    `json:"statuses"` // by HTTP status
	Violations int            `json:"violations"`
	ByRule     map[Rule]int   `json:"by_rule"`
	// Invalid counts the answers 401, 403 and 429 (not of scope shared) of the last 10 minutes; 10,000 are a ban.
	Invalid int `json:"invalid"`
	// LivePings counts the calls whose body would ping somebody.
	LivePings    int `json:"live_pings"`
	Identifies   int `json:"identifies"`
	Resumes      int `json:"resumes"`
	Interactions int `json:"interactions"`
}

type recordBook struct {
	records    []Record
	violations []Violation
	count      int
	calls      map[string]int
	statuses   map[int]int
	broken     int
	rules      map[Rule]int
	livePings  int
	invalid    []time.Time
}

func (s *Server) record(r Record) {
	b := &s.records
	b.count++
	r.N = b.count
	if b.calls == nil {
		b.calls, b.statuses = map[string]int{}, map[int]int{}
	}
	b.calls[r.Method+" "+r.Route]++
	b.statuses[r.Status]++
	if r.Pings.Any() {
		b.livePings++
	}
	b.records = bounded(append(b.records, r), s.options.KeepRecords)
}

func (s *Server) violate(v Violation) {
	v.Time = s.clock.Now()
	b := &s.records
	if b.rules == nil {
		b.rules = map[Rule]int{}
	}
	b.broken++
	b.rules[v.Rule]++
	b.violations = bounded(append(b.violations, v), s.options.KeepRecords)
}

// bounded throws the oldest away, not one by one, so that a long list is not moved at each step.
func bounded[T any](list []T, keep int) []T {
	if keep == 0 || len(list) < 2*keep {
		return list
	}
	return slices.Clone(list[len(list)-keep:])
}

// Records returns the calls that are kept, oldest first.
func (s *Server) Records() []Record {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.records.records)
}

// RecordsAfter returns the calls that are kept whose number is greater than n, oldest first.
func (s *Server) RecordsAfter(n int) []Record {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	i, _ := slices.BinarySearchFunc(s.records.records, n+1, func(r Record, n int) int { return r.N - n })
	return slices.Clone(s.records.records[i:])
}

// Violations returns the broken rules that are kept, oldest first. Answers that the test asked for by [Server.Fault]
// are not among them.
func (s *Server) Violations() []Violation {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.records.violations)
}

// TakeViolations returns the broken rules that are kept and forgets them: for tests that break a rule on purpose.
func (s *Server) TakeViolations() []Violation {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	taken := s.records.violations
	s.records.violations = nil
	return taken
}

// Stats counts what happened.
func (s *Server) Stats() Stats {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	b := &s.records
	return Stats{
		Calls: maps.Clone(b.calls), Statuses: maps.Clone(b.statuses), Violations: b.broken, ByRule: maps.Clone(b.rules),
		LivePings: b.livePings, Invalid: len(b.invalid), Identifies: s.gateway.identified, Resumes: s.gateway.resumed,
		Interactions: s.interactions.count,
	}
}
