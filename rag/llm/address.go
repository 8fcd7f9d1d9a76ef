package llm

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// address is the base that paths are appended to. People write it with and without a slash at the end, with and without
// /v1, and copy it from examples together with the path of one call.
func address(base string) (string, error) {
	if strings.TrimSpace(base) == "" {
		return "", errors.New("set the server's address, such as http://localhost:11434/v1")
	}
	u, err := url.Parse(strings.TrimSpace(base))
	switch {
	case err != nil: // its text repeats the address, which may hold a password
		return "", errors.New("the server's address cannot be read: write it like http://localhost:11434/v1")
	case u.Scheme != "http" && u.Scheme != "https", u.Host == "":
		return "", errors.New("the server's address must begin with http:// or https:// and a host")
	case u.User != nil:
		return "", errors.New("the server's address holds a name or a password: give the key by itself")
	case u.RawQuery != "" || u.Fragment != "":
		return "", errors.New("the server's address may not have a ? or # part")
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	path = strings.TrimRight(strings.TrimSuffix(path, "/chat/completions"), "/")
	if path == "" {
		path = "/v1"
	}
	return u.Scheme + "://" + u.Host + path, nil
}

// headerName refuses what is no name of a header, and those that carry the request itself.
func headerName(name string) error {
	const characters = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz" // RFC 9110, section 5.6.2
	lower := strings.ToLower(name)
	if lower == "" || strings.Trim(lower, characters) != "" {
		return fmt.Errorf("%q is not a header's name", name)
	}
	switch lower {
	case "host", "content-length", "transfer-encoding", "connection", "content-type", "accept", "accept-encoding":
		return fmt.Errorf("header %s belongs to the connection and cannot be set", name)
	}
	return nil
}

// headerValue refuses a value that would end its line; the value may be secret and is not repeated.
func headerValue(what, value string) error {
	for _, r := range value {
		if r < ' ' || r > '~' {
			return fmt.Errorf("%s has a line break or a character that no header may have", what)
		}
	}
	return nil
}

// hideSecrets replaces the key and the values of headers, which servers repeat when they refuse them.
func hideSecrets(o Options) *strings.Replacer {
	var pairs []string
	for _, value := range append(slices.Sorted(maps.Values(o.Headers)), o.Key) {
		for _, s := range append([]string{value}, strings.Fields(value)...) { // "Bearer" and what follows it
			if len(s) >= 8 { // less would tear words apart, and is no secret
				pairs = append(pairs, s, "[key]", url.QueryEscape(s), "[key]")
			}
		}
	}
	return strings.NewReplacer(pairs...)
}
