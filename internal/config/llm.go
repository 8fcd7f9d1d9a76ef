package config

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode"
)

// LLM says which language model words the answers, how patiently it is asked, and what that may cost. Without BaseURL
// there is none, and answers are quotations.
type LLM struct {
	// BaseURL is the address of an OpenAI-compatible server, up to and without "/chat/completions"; a slash at its end
	// makes no difference.
	BaseURL string `yaml:"base_url"`
	// Model is the name that the server at BaseURL has for the model.
	Model string `yaml:"model"`
	// APIKey is sent to the server at BaseURL as a bearer token.
	APIKey Secret `yaml:"api_key"`
	// Headers are sent with each request; their values are treated as secrets.
	Headers Headers `yaml:"headers"`

	// ConnectTimeout is for reaching the server, FirstTokenTimeout for its first word, Timeout for the whole answer.
	ConnectTimeout    time.Duration `yaml:"connect_timeout"`
	FirstTokenTimeout time.Duration `yaml:"first_token_timeout"`
	Timeout           time.Duration `yaml:"timeout"`
	// Retries is how often a call is tried again that the server was too busy for.
	Retries int `yaml:"retries"`
	// Concurrency is how many calls go on at once, and Queue how many more may wait.
	Concurrency int `yaml:"concurrency"`
	Queue       int `yaml:"queue"`

	// MaxTokens is the length of an answer that the model may write.
	MaxTokens int `yaml:"max_tokens"`
	// Rewrite lets the model make a follow-up whole before it is looked up.
	Rewrite bool `yaml:"rewrite"`
	// NeverFor are ids of documents ("taiwan") or sections ("taiwan#status") that are always quoted.
	NeverFor []string `yaml:"never_for"`

	Price  Price  `yaml:"price"`
	Budget Budget `yaml:"budget"`
}

// Price is what a million tokens cost, in US dollars. Nil means unknown, which is not the same as free.
type Price struct {
	Input  *float64 `yaml:"input"`
	Output *float64 `yaml:"output"`
	// Date is the day that the prices were looked up: 2026-01-31.
	Date string `yaml:"date"`
}

// Budget is what the model may use on one day (UTC); 0 means no limit.
type Budget struct {
	TokensPerDay   int64   `yaml:"tokens_per_day"`
	TokensPerAsker int64   `yaml:"tokens_per_asker"`
	USDPerDay      float64 `yaml:"usd_per_day"`
	// Share is the part of a day's tokens and money, 0 to 1, that one asker or one server may take.
	Share float64 `yaml:"share"`
}

// Headers are HTTP headers by name.
type Headers map[string]Secret

// Enabled reports whether there is a model.
func (l LLM) Enabled() bool { return l.BaseURL != "" }

// Unpriced reports that money is limited but the prices are not known, so that the limit cannot be kept: the model must
// not be asked.
func (l LLM) Unpriced() bool { return l.Budget.USDPerDay > 0 && !l.Price.Known() }

// Known reports whether there are prices, be it 0.
func (p Price) Known() bool { return p.Input != nil && p.Output != nil }

func (l LLM) validate() error {
	return errors.Join(
		l.validateServer(),
		l.Headers.validate(),
		shortest("llm.connect_timeout", l.ConnectTimeout), shortest("llm.first_token_timeout", l.FirstTokenTimeout),
		shortest("llm.timeout", l.Timeout),
		between("llm.retries", l.Retries, 0, 10),
		between("llm.concurrency", l.Concurrency, 1, 1000),
		between("llm.queue", l.Queue, 0, 10_000),
		between("llm.max_tokens", l.MaxTokens, 16, 100_000),
		l.validateNeverFor(),
		l.Price.validate(),
		l.Budget.validate(),
	)
}

func (l LLM) validateServer() error {
	switch {
	case l.BaseURL == "" && (l.Model != "" || l.APIKey.IsSet()):
		return errors.New("llm.base_url is empty, but llm.model or AMUR_LLM_API_KEY is set: " +
			"set the address of the model server, such as http://127.0.0.1:11434/v1, or unset the others to answer in quotations")
	case l.BaseURL == "":
		return nil
	}
	if err := address("llm.base_url", l.BaseURL, "AMUR_LLM_API_KEY"); err != nil {
		return err
	}
	if strings.TrimSpace(l.Model) == "" {
		return errors.New("llm.model is empty: name the model that the server at llm.base_url is to use")
	}
	return nil
}

// validate repeats no value.
func (h Headers) validate() error {
	const allowed = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz" // RFC 9110, section 5.6.2
	seen := map[string]bool{}
	for _, name := range h.names() {
		lower := strings.ToLower(name)
		switch {
		case lower == "" || strings.Trim(lower, allowed) != "":
			return fmt.Errorf("llm.headers: %q is no name of a header", name)
		case lower == "authorization":
			return errors.New("llm.headers: leave Authorization out and put the key into AMUR_LLM_API_KEY or AMUR_LLM_API_KEY_FILE")
		case seen[lower]:
			return fmt.Errorf("llm.headers: %s is there twice: keep one", name)
		case strings.ContainsFunc(h[name].Reveal(), unicode.IsControl):
			return fmt.Errorf("llm.headers: %s must be one line of plain text", name)
		}
		seen[lower] = true
	}
	return nil
}

// validateNeverFor looks at the form alone: which documents there are is not known here.
func (l LLM) validateNeverFor() error {
	for _, id := range l.NeverFor {
		document, section, both := strings.Cut(id, "#")
		bad := strings.ContainsFunc(id, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) })
		if bad || document == "" || both && section == "" || strings.Contains(section, "#") {
			return fmt.Errorf("llm.never_for: %q is no id: write that of a document, such as taiwan, or of a section, such as taiwan#status", id)
		}
	}
	return nil
}

func (p Price) validate() error {
	for i, price := range []*float64{p.Input, p.Output} {
		if price != nil && !amount(*price, 1e6) {
			return fmt.Errorf("llm.price.%s is no price: write US dollars per million tokens, such as 0.15, or 0 for a model that is free",
				[]string{"input", "output"}[i])
		}
	}
	switch {
	case p.Input == nil && p.Output == nil && p.Date == "":
		return nil
	case !p.Known():
		return errors.New("llm.price needs both input and output: set what a million tokens of each cost, 0 for free")
	case p.Date == "":
		return errors.New("llm.price.date is empty: prices change, so write the day that you looked them up, such as 2026-01-31")
	}
	if _, err := time.Parse(time.DateOnly, p.Date); err != nil {
		return fmt.Errorf("llm.price.date is %q: write a day such as 2026-01-31", p.Date)
	}
	return nil
}

func (b Budget) validate() error {
	var errs []error
	for _, tokens := range []struct {
		key   string
		value int64
	}{{"llm.budget.tokens_per_day", b.TokensPerDay}, {"llm.budget.tokens_per_asker", b.TokensPerAsker}} {
		if tokens.value < 0 {
			errs = append(errs, fmt.Errorf("%s is %d: write how many tokens, or 0 for no limit", tokens.key, tokens.value))
		}
	}
	if !amount(b.USDPerDay, 1e6) {
		errs = append(errs, errors.New("llm.budget.usd_per_day is no sum: write US dollars such as 2.50, at most a million, or 0 for no limit"))
	}
	if !amount(b.Share, 1) {
		errs = append(errs, errors.New("llm.budget.share is no part of a whole: write 0.25 for a quarter, or 0 for no limit"))
	}
	return errors.Join(errs...)
}

// advice returns what is allowed and unwise, a sentence each.
func (l LLM) advice() []string {
	u, err := url.Parse(l.BaseURL)
	if err == nil && u.Scheme == "http" && (l.APIKey.IsSet() || len(l.Headers) > 0) && !isNear(u.Hostname()) {
		return []string{"llm.base_url begins with http:// and leads out of this network: the key, the questions and the answers can be read on the way; use https://"}
	}
	return nil
}

// isNear reports whether a host is this machine or its own network, as far as its name tells.
func isNear(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, ending := range []string{".localhost", ".local", ".internal"} {
		if strings.HasSuffix(host, ending) {
			return true
		}
	}
	return !strings.Contains(host, ".") // localhost, or a service beside this one, such as ollama
}

// amount reports whether n is a number from 0 to most.
func amount(n, most float64) bool { return !math.IsNaN(n) && n >= 0 && n <= most }

func shortest(key string, d time.Duration) error {
	if d < time.Millisecond || d > time.Hour {
		return fmt.Errorf("%s is %s: choose 1ms to 1h", key, d)
	}
	return nil
}
