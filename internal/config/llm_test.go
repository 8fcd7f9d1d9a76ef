package config_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/config"
)

const modelServer = "llm:\n  base_url: http://127.0.0.1:11434/v1/\n  model: qwen\n"

func TestLLMFromFile(t *testing.T) {
	t.Parallel()
	got, err := config.Load(write(t, "amur.yaml", modelServer+`
  headers:
    X-Title: amur
    "X-Count": "7"
  connect_timeout: 500ms
  timeout: 1h
  retries: 0
  never_for:
    - taiwan
    - ukraine#war
  price: {input: 0.15, output: 6e-1, date: 2026-01-31}
  budget:
    tokens_per_day: 2000000
    usd_per_day: 2
    share: .25
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	in, out := 0.15, 0.6
	want := config.Default().LLM
	want.BaseURL, want.Model = "http://127.0.0.1:11434/v1/", "qwen"
	want.Headers = config.Headers{"X-Title": config.NewSecret("amur"), "X-Count": config.NewSecret("7")}
	want.ConnectTimeout, want.Timeout, want.Retries = time.Second/2, time.Hour, 0
	want.NeverFor = []string{"taiwan", "ukraine#war"}
	want.Price = config.Price{Input: &in, Output: &out, Date: "2026-01-31"}
	want.Budget = config.Budget{TokensPerDay: 2_000_000, USDPerDay: 2, Share: 0.25}
	if diff := cmp.Diff(want, got.LLM); diff != "" {
		t.Errorf("llm (-want +got):\n%s", diff)
	}
	if !got.LLM.Enabled() || got.LLM.Unpriced() || len(got.Warnings) != 0 {
		t.Errorf("enabled %t, unpriced %t, warnings %q; want a model with prices", got.LLM.Enabled(), got.LLM.Unpriced(), got.Warnings)
	}
}

func TestLLMFromEnvironment(t *testing.T) {
	t.Parallel()
	headers := write(t, "headers", "X-Title: amur\n\nApi-Key : hun: ter2\r\n")
	got, err := config.Load("", []string{
		"AMUR_LLM_BASE_URL=https://api.example.com", "AMUR_LLM_MODEL=m", "AMUR_LLM_API_KEY=k", "AMUR_LLM_HEADERS_FILE=" + headers,
		"AMUR_LLM_FIRST_TOKEN_TIMEOUT=1m30s", "AMUR_LLM_REWRITE=false", "AMUR_LLM_NEVER_FOR= taiwan, ukraine#war,",
		"AMUR_LLM_PRICE_INPUT=0", "AMUR_LLM_PRICE_OUTPUT=0", "AMUR_LLM_PRICE_DATE=2026-01-31",
		"AMUR_LLM_BUDGET_USD_PER_DAY=0.5", "AMUR_LLM_BUDGET_TOKENS_PER_ASKER=5000",
	})
	if err != nil {
		t.Fatal(err)
	}
	free := 0.0
	want := config.Default().LLM
	want.BaseURL, want.Model, want.APIKey = "https://api.example.com", "m", config.NewSecret("k")
	want.Headers = config.Headers{"X-Title": config.NewSecret("amur"), "Api-Key": config.NewSecret("hun: ter2")}
	want.FirstTokenTimeout, want.Rewrite = 90*time.Second, false
	want.NeverFor = []string{"taiwan", "ukraine#war"}
	want.Price = config.Price{Input: &free, Output: &free, Date: "2026-01-31"}
	want.Budget = config.Budget{USDPerDay: 0.5, TokensPerAsker: 5000}
	if diff := cmp.Diff(want, got.LLM); diff != "" {
		t.Errorf("llm (-want +got):\n%s", diff)
	}
	if got.LLM.Unpriced() {
		t.Error("a free model counts as unpriced")
	}
}

// TestLLMRefuses holds that each wrong setting is an error with its key and what to write, which repeats no secret.
func TestLLMRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file string
		want       []string
	}{
		{"a model without a server", "llm:\n  model: qwen\n", []string{"llm.base_url is empty", "quotations"}},
		{"a server without a model", "llm:\n  base_url: http://h/v1\n", []string{"llm.model is empty"}},
		{"no address", "llm:\n  base_url: localhost:11434\n  model: m\n", []string{"llm.base_url is not an address"}},
		{"another scheme", "llm:\n  base_url: file:///v1\n  model: m\n", []string{"llm.base_url is not an address"}},
		{"a password", "llm:\n  base_url: https://u:hunter2@h/v1\n  model: m\n", []string{"llm.base_url", "AMUR_LLM_API_KEY"}},
		{"a key in the file", "llm:\n  api_key: hunter2\n", []string{":2: ", "AMUR_LLM_API_KEY_FILE"}},
		{"a number for a duration", "llm:\n  timeout: 60\n", []string{":2: llm.timeout: ", "write a duration such as 60s"}},
		{"a duration of nothing", "llm:\n  connect_timeout: 0s\n", []string{"llm.connect_timeout is 0s", "1ms to 1h"}},
		{"a long duration", "llm:\n  first_token_timeout: 2h\n", []string{"llm.first_token_timeout is 2h", "1ms to 1h"}},
		{"many retries", "llm:\n  retries: 11\n", []string{"llm.retries is 11", "0 to 10"}},
		{"no calls", "llm:\n  concurrency: 0\n", []string{"llm.concurrency is 0", "1 to 1000"}},
		{"a negative queue", "llm:\n  queue: -1\n", []string{"llm.queue is -1"}},
		{"no room for an answer", "llm:\n  max_tokens: 1\n", []string{"llm.max_tokens is 1", "16 to 100000"}},
		{"a word for a list", "llm:\n  never_for: taiwan\n", []string{":2: llm.never_for: write a list"}},
		{"a list in a list", "llm:\n  never_for: [[taiwan]]\n", []string{":2: llm.never_for: in the list"}},
		{"a number in a list", "llm:\n  never_for: [1]\n", []string{":2: llm.never_for: in the list: 1 is not text"}},
		{"an id with a space", "llm:\n  never_for: [the war]\n", []string{`llm.never_for: "the war" is no id`}},
		{"an id without a section", "llm:\n  never_for: ['war#']\n", []string{`"war#" is no id`}},
		{"an id without a document", "llm:\n  never_for: ['#war']\n", []string{`"#war" is no id`}},
		{"an id of three parts", "llm:\n  never_for: ['a#b#c']\n", []string{`"a#b#c" is no id`}},
		{"an empty id", "llm:\n  never_for: ['']\n", []string{`"" is no id`}},
		{"headers that are a word", "llm:\n  headers: hunter2\n", []string{":2: llm.headers: write names and values"}},
		{"a header that is a number", "llm:\n  headers: {X-Key: 112233}\n", []string{`"X-Key" is not text`, "quotes"}},
		{"a header that is empty", "llm:\n  headers: {X-Key: ''}\n", []string{`"X-Key" is not text`}},
		{"a header's name", "llm:\n  headers: {X Key: hunter2}\n", []string{`"X Key" is no name of a header`}},
		{"a header of two lines", "llm:\n  headers: {X-Key: \"hunter2\\nX: y\"}\n", []string{"X-Key must be one line"}},
		{"a header twice", "llm:\n  headers: {X-Key: hunter2, x-key: hunter2}\n", []string{"is there twice"}},
		{"authorization", "llm:\n  headers: {authorization: Bearer hunter2}\n", []string{"AMUR_LLM_API_KEY_FILE"}},
		{"half a price", "llm:\n  price: {input: 1, date: 2026-01-31}\n", []string{"both input and output"}},
		{"a price without a date", "llm:\n  price: {input: 1, output: 2}\n", []string{"llm.price.date is empty"}},
		{"a date without a price", "llm:\n  price: {date: 2026-01-31}\n", []string{"both input and output"}},
		{"a wrong date", "llm:\n  price: {input: 1, output: 2, date: 2026-02-30}\n", []string{`llm.price.date is "2026-02-30"`}},
		{"a negative price", "llm:\n  price: {input: 1, output: -2, date: 2026-01-31}\n", []string{"llm.price.output is no price"}},
		{"a price in words", "llm:\n  price:\n    input: cheap\n", []string{":3: llm.price.input: ", "such as 0.5"}},
		{"a price that is no number", "llm:\n  price:\n    input: nan\n", []string{":3: llm.price.input: "}},
		{"an unknown key of prices", "llm:\n  price:\n    inptu: 1\n", []string{":3: ", "is llm.price.input"}},
		{"prices that are a number", "llm:\n  price: 1\n", []string{":2: llm.price must hold settings"}},
		{"negative tokens", "llm:\n  budget: {tokens_per_day: -1}\n", []string{"llm.budget.tokens_per_day is -1"}},
		{"a fraction of a token", "llm:\n  budget: {tokens_per_asker: 1.5}\n", []string{":2: llm.budget.tokens_per_asker: ", "whole number"}},
		{"negative dollars", "llm:\n  budget: {usd_per_day: -0.1}\n", []string{"llm.budget.usd_per_day is no sum"}},
		{"more than a whole", "llm:\n  budget: {share: 25}\n", []string{"llm.budget.share is no part", "0.25"}},
		{"a key with a dot", "llm.model: qwen\n", []string{":1: ", `unknown key "llm.model"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := config.Load(write(t, "amur.yaml", tt.file), nil)
			if err == nil {
				t.Fatalf("Load(%q) = %+v, want an error", tt.file, got.LLM)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("Load(%q): error %q lacks %q", tt.file, err, want)
				}
			}
			for _, secret := range []string{"hunter2", "112233"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("Load(%q): error %q repeats a secret", tt.file, err)
				}
			}
		})
	}
}

func TestLLMRefusesVariables(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, variable, value string
		want                  []string
	}{
		{"no header", "AMUR_LLM_HEADERS", "X-A: b\nhunter2", []string{"AMUR_LLM_HEADERS: line 2", "Name: value"}},
		{"a header twice", "AMUR_LLM_HEADERS", "X-A: hunter2\nX-A: hunter2", []string{"line 2"}},
		{"a header without a value", "AMUR_LLM_HEADERS", "X-A:", []string{"line 1"}},
		{"no headers", "AMUR_LLM_HEADERS", " \n", []string{"no header"}},
		{"headers in a missing file", "AMUR_LLM_HEADERS_FILE", "/nonexistent", []string{"AMUR_LLM_HEADERS_FILE", "no such file"}},
		{"a key without a server", "AMUR_LLM_API_KEY", "hunter2", []string{"llm.base_url is empty"}},
		{"a duration", "AMUR_LLM_TIMEOUT", "soon", []string{"AMUR_LLM_TIMEOUT: ", "write a duration such as 60s"}},
		{"an infinite budget", "AMUR_LLM_BUDGET_USD_PER_DAY", "inf", []string{"AMUR_LLM_BUDGET_USD_PER_DAY: ", "no number"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load("", []string{tt.variable + "=" + tt.value})
			if err == nil {
				t.Fatal("Load succeeded, want an error")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q lacks %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("error %q repeats a secret", err)
			}
		})
	}
}

func TestUnpriced(t *testing.T) {
	t.Parallel()
	got, err := config.Load(write(t, "amur.yaml", modelServer+"  budget: {usd_per_day: 1}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !got.LLM.Unpriced() {
		t.Error("a budget in dollars without prices is not reported")
	}
}

// TestAdvice holds that a key which leaves the network in the clear is warned of, and only that.
func TestAdvice(t *testing.T) {
	t.Parallel()
	tests := []struct {
		address, key string
		warned       bool
	}{
		{"http://api.example.com/v1", "k", true},
		{"http://8.8.8.8/v1", "k", true},
		{"http://api.example.com/v1", "", false},
		{"https://api.example.com/v1", "k", false},
		{"http://localhost:11434/v1", "k", false},
		{"http://127.0.0.1:11434/v1", "k", false},
		{"http://[::1]:11434/v1", "k", false},
		{"http://192.168.1.20:8000", "k", false},
		{"http://ollama:11434/v1", "k", false},
		{"http://gpu.local/v1", "k", false},
	}
	for _, tt := range tests {
		t.Run(tt.address, func(t *testing.T) {
			t.Parallel()
			got, err := config.Load("", []string{"AMUR_LLM_BASE_URL=" + tt.address, "AMUR_LLM_MODEL=m", "AMUR_LLM_API_KEY=" + tt.key})
			if err != nil {
				t.Fatal(err)
			}
			if warned := strings.Contains(strings.Join(got.Warnings, "\n"), "use https://"); warned != tt.warned {
				t.Errorf("warnings %q, want one: %t", got.Warnings, tt.warned)
			}
		})
	}
}

func TestDumpDurations(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		5 * time.Second: "5s", time.Minute: "60s", 90 * time.Second: "90s", 5 * time.Minute: "5m", time.Hour: "1h",
		90 * time.Minute: "1h30m", time.Second / 2: "500ms", time.Hour + 10*time.Second: "1h0m10s", 2*time.Minute + time.Second: "2m1s",
	} {
		cfg := config.Default()
		cfg.LLM.Timeout = d
		var dump bytes.Buffer
		if err := cfg.Dump(&dump); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(dump.String(), "\n  timeout: "+want+"\n") {
			t.Errorf("%d is not written as %s in:\n%s", d, want, dump.String())
		}
	}
}

func TestStoreFile(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	tests := []struct{ name, path, data, want string }{
		{"set", "/data/amur.db", "", "/data/amur.db"},
		{"data folder", "", filepath.Join(home, "d"), filepath.Join(home, "d", "amur", "amur.db")},
		{"home", "", "", filepath.Join(home, ".local", "share", "amur", "amur.db")},
		{"a relative data folder is void", "", "d", filepath.Join(home, ".local", "share", "amur", "amur.db")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("XDG_DATA_HOME", tt.data)
			got, err := config.Store{Path: tt.path}.File()
			if err != nil || got != tt.want {
				t.Errorf("File() = %q, %v, want %q", got, err, tt.want)
			}
		})
	}
	t.Setenv("XDG_DATA_HOME", "")
	t.Setenv("HOME", "")
	if got, err := (config.Store{}).File(); err == nil {
		t.Errorf("File() without HOME = %q, want an error", got)
	}
}
