package config

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Operator says who runs this bot, for /help and /privacy.
type Operator struct {
	// Name is a person or an organisation.
	Name string `yaml:"name"`
	// Contact is where people can turn to, such as an e-mail address or an invitation to a server.
	Contact string `yaml:"contact"`
	// TermsURL is the address of the terms of use.
	TermsURL string `yaml:"terms_url"`
}

// Admin says where the process tells how it does.
type Admin struct {
	// Listen is host:port for /healthz, /readyz and /metrics, or empty for none.
	Listen string `yaml:"listen"`
}

func (o Operator) validate() error {
	for _, line := range []struct {
		key, value string
		most       int
	}{{"operator.name", o.Name, 100}, {"operator.contact", o.Contact, 200}, {"operator.terms_url", o.TermsURL, 400}} {
		if utf8.RuneCountInString(line.value) > line.most || strings.ContainsFunc(line.value, unicode.IsControl) {
			return fmt.Errorf("%s must be one line of at most %d characters", line.key, line.most)
		}
	}
	if o.TermsURL == "" {
		return nil
	}
	if u, err := url.Parse(o.TermsURL); err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return fmt.Errorf("operator.terms_url is %q: write an address such as https://example.com/terms", o.TermsURL)
	}
	return nil
}

func (a Admin) validate() error {
	if a.Listen == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(a.Listen)
	_, portErr := strconv.ParseUint(port, 10, 16)
	if err != nil || portErr != nil || strings.ContainsFunc(host, unicode.IsSpace) {
		return fmt.Errorf("admin.listen is %q: write host:port such as 127.0.0.1:9464, or leave it empty for none", a.Listen)
	}
	return nil
}
