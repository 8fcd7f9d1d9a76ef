package discord

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// refusal reads an answer that is not a success. Pages of proxies, which are not JSON, are not repeated.
func refusal(c call, a answer) *Error {
	e := &Error{Status: a.status, Message: http.StatusText(a.status), Route: c.name()}
	var body struct {
		Message string          `json:"message"`
		Code    int             `json:"code"`
		Errors  json.RawMessage `json:"errors"`
	}
	if json.Unmarshal(a.body, &body) != nil || body.Message == "" {
		return e
	}
	e.Code, e.Message = body.Code, shorten(body.Message, 200)
	if places := places(body.Errors, "", nil); len(places) > 0 {
		e.Message += ": " + shorten(strings.Join(places, ", "), 400)
	}
	return e
}

// places lists which fields Discord found wrong and its names for the faults.
func places(raw json.RawMessage, at string, found []string) []string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return found
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if name != "_errors" {
			found = places(fields[name], at+"."+name, found)
			continue
		}
		var faults []struct {
			Code string `json:"code"`
		}
		if json.Unmarshal(fields[name], &faults) == nil && len(faults) > 0 {
			found = append(found, strings.TrimPrefix(at, ".")+" "+faults[0].Code)
		}
	}
	return found
}

func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
