package config

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Validate returns every setting that cannot be used, joined in the order of the struct, each with what to do. It
// looks at nothing outside c: whether a folder exists is for the one who opens it to say.
func (c Config) Validate() error {
	return errors.Join(
		c.Embedder.validate(),
		between("answer.max_sentences", c.Answer.MaxSentences, 1, 5),
		oneOf("answer.language", c.Answer.Language, "en", "ru", "uk", "zh", "zh-Hant"),
		c.LLM.validate(),
		c.Discord.validate(),
		c.Servers.validate(),
		oneOf("dm", c.DM, "off", "quotes", "full"),
		c.Limits.validate(),
		c.Links.validate(),
		c.Operator.validate(),
		c.Admin.validate(),
		c.Store.validate(),
		oneOf("log.level", c.Log.Level, "debug", "info", "warn", "error"),
		oneOf("log.format", c.Log.Format, "text", "json"),
		c.Log.validateContent(),
	)
}

func (l Log) validateContent() error {
	if l.Content && l.Level != "debug" {
		return fmt.Errorf("log.content is true, but log.level is %q: what people write is only logged while looking for a fault, at level debug", l.Level)
	}
	return nil
}

func (e Embedder) validate() error {
	if e.BaseURL == "" {
		if e.Name != "" || e.APIKey.IsSet() {
			return errors.New("embedder.base_url is empty, but embedder.name or AMUR_EMBEDDER_API_KEY is set: " +
				"set the address of the embeddings server, or unset the others to embed here")
		}
		return nil
	}
	if e.Model != "" {
		return errors.New("both embedder.model and embedder.base_url are set: keep the file or the server")
	}
	if e.Name == "" {
		return errors.New("embedder.name is empty: name the model that the server at embedder.base_url is to use")
	}
	return address("embedder.base_url", e.BaseURL, "AMUR_EMBEDDER_API_KEY")
}

// address refuses what is no address of a server. It does not repeat it, because it may hold a password.
func address(key, base, secret string) error {
	u, err := url.Parse(base)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return fmt.Errorf("%s is not an address such as https://api.example.com/v1", key)
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%s holds a user, a query or a fragment: leave them out and put the key into %s", key, secret)
	}
	return nil
}

func between(key string, n, low, high int) error {
	if n < low || n > high {
		return fmt.Errorf("%s is %d: choose %d to %d", key, n, low, high)
	}
	return nil
}

func oneOf(key, value string, allowed ...string) error {
	if !slices.Contains(allowed, value) {
		return fmt.Errorf("%s is %q: choose one of %s", key, value, strings.Join(allowed, ", "))
	}
	return nil
}
