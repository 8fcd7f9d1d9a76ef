package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"amur/internal/config"
	"amur/knowledge"
	"amur/rag/llm"
)

// checkLLM tries the language model with a call of a few words, which is not counted in the budget.
func (a *app) checkLLM(ctx context.Context, cfg config.LLM, base *knowledge.Base, t *trials) {
	if !cfg.Enabled() {
		t.say("llm", "off: answers are quotations; set llm.base_url and llm.model to have them worded", nil)
		return
	}
	if cfg.Unpriced() {
		t.say("llm", "", hintError{errors.New(unpriced), "set llm.price.input, llm.price.output and llm.price.date (US dollars per million tokens, " +
			"0 for a model that is free), or limit llm.budget.tokens_per_day instead"})
		return
	}
	reply, err := tryLLM(ctx, cfg)
	if err == nil {
		err = unknownIDs(cfg.NeverFor, base)
	}
	if err != nil {
		t.say("llm", "", err)
		return
	}
	t.say("llm", fmt.Sprintf("%s at %s replied “%s”; %s", cfg.Model, cfg.BaseURL, strings.TrimSpace(reply), terms(cfg)), nil)
}

// terms says what limits hold and what is known of the price.
func terms(cfg config.LLM) string {
	var terms []string
	if b := cfg.Budget; b.TokensPerDay > 0 {
		terms = append(terms, fmt.Sprintf("%d tokens a day", b.TokensPerDay))
	}
	if b := cfg.Budget; b.TokensPerAsker > 0 {
		terms = append(terms, fmt.Sprintf("%d tokens a day for an asker", b.TokensPerAsker))
	}
	if b := cfg.Budget; b.USDPerDay > 0 {
		terms = append(terms, fmt.Sprintf("$%g a day", b.USDPerDay))
	}
	if len(terms) == 0 {
		terms = append(terms, "no daily limit")
	}
	if cfg.Price.Known() {
		return strings.Join(append(terms, "prices of "+cfg.Price.Date), ", ")
	}
	return strings.Join(append(terms, "prices not known"), ", ")
}

// replyLength is from when on a reply needs no more: a model that does not obey could go on for long.
const replyLength = 40

var errEnough = errors.New("enough")

// tryLLM returns the beginning of what the model replies.
func tryLLM(ctx context.Context, cfg config.LLM) (string, error) {
	cfg.Retries = 0
	client, err := newModel(cfg)
	if err != nil {
		return "", err
	}
	request := llm.Request{
		Messages:  []llm.Message{{Role: llm.RoleUser, Text: "Reply with one word: ready"}},
		MaxTokens: cfg.MaxTokens, // a model that reasons first needs them
	}
	var seen strings.Builder
	_, err = client.Chat(ctx, request, func(delta string) error {
		seen.WriteString(delta)
		if seen.Len() > replyLength {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return "", hintError{err, hintFor(ctx, err, cfg, client)}
	}
	reply := []rune(strings.ToValidUTF8(seen.String(), "\ufffd"))
	if len(reply) > replyLength {
		return string(reply[:replyLength]) + "…", nil
	}
	return string(reply), nil
}

// hintFor says what to do about a model that does not answer.
func hintFor(ctx context.Context, err error, cfg config.LLM, client *llm.Client) string {
	failure, ok := errors.AsType[*llm.Error](err)
	if !ok {
		return "see section llm of config.example.yaml"
	}
	switch failure.Kind {
	case llm.KindUnreachable:
		return "start the model server at " + cfg.BaseURL + ", or correct llm.base_url"
	case llm.KindTLS:
		return "the server needs a certificate that is valid for its name and that this machine trusts; where it speaks no TLS, llm.base_url begins with http://"
	case llm.KindConnectTimeout:
		return fmt.Sprintf("see that the machine of llm.base_url is on and that no firewall stands between; llm.connect_timeout is %s", cfg.ConnectTimeout)
	case llm.KindFirstToken, llm.KindStalled:
		return fmt.Sprintf("a model that is still being loaded is slow once: try again; else raise llm.first_token_timeout (%s) or choose a smaller model", cfg.FirstTokenTimeout)
	case llm.KindTimeout:
		return fmt.Sprintf("raise llm.timeout (%s) or choose a smaller model", cfg.Timeout)
	case llm.KindAuth:
		return "set AMUR_LLM_API_KEY, or AMUR_LLM_API_KEY_FILE, to a key that may use this model"
	case llm.KindQuota:
		return "add credit to the account that the key belongs to, or set another key"
	case llm.KindNoModel:
		return noModelHint(ctx, client)
	case llm.KindNoEndpoint:
		return "llm.base_url goes up to and without /chat/completions and mostly ends in /v1"
	case llm.KindRateLimited:
		return "wait and try again; where it stays so, lower llm.concurrency or ask the provider for a higher limit"
	case llm.KindGarbage:
		return "something else than a model server answers at llm.base_url: correct the address"
	case llm.KindEmpty:
		return "raise llm.max_tokens, or choose a model that answers without reasoning at length"
	case llm.KindTooLong:
		return "start the server with a larger context: amur needs some 4,000 tokens"
	}
	return "the log of the model server says more; amur answers in quotations until it works"
}

// noModelHint names some of the models that the server has.
func noModelHint(ctx context.Context, client *llm.Client) string {
	const few = 8
	names, err := client.Models(ctx)
	if err != nil || len(names) == 0 {
		return "set llm.model to the name that the server has for it"
	}
	offer := strings.Join(names[:min(few, len(names))], ", ")
	if len(names) > few {
		offer += fmt.Sprintf(" and %d more", len(names)-few)
	}
	return "set llm.model to one that the server has: " + offer
}

// unknownIDs refuses ids of llm.never_for that nothing has: a slip there would let a model word what it is not to.
func unknownIDs(ids []string, base *knowledge.Base) error {
	if base == nil {
		return nil // said before
	}
	known := func(id string) bool {
		return slices.ContainsFunc(base.Passages(), func(p knowledge.Passage) bool {
			return id == string(p.Document) || id == string(p.Section)
		})
	}
	for _, id := range ids {
		if !known(id) {
			return hintError{fmt.Errorf("llm.never_for: no document and no section is called %q", id), "'amur docs' lists them"}
		}
	}
	return nil
}
