package config_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/config"
)

// FuzzLoad holds that any file and variable give either a valid Config or an error and nothing, and that what Dump
// writes is read back as the same settings.
func FuzzLoad(f *testing.F) {
	text, err := os.ReadFile(example)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text, "AMUR_ANSWER_MAX_SENTENCES=4")
	f.Add([]byte("answer: {max_sentences: 2}\nlog:\n"), "AMUR_KNOWLEDGE_DIR=C:\\папка \"x\"\t\u0085\u2028")
	f.Add([]byte("knowledge:\n  dir: |\n    a\n    b\n"), "AMUR_LOG_LEVEL=warn")
	f.Add([]byte("log:\n"), "AMUR_KNOWLEDGE_DIR=caf\xe9")
	f.Add([]byte("llm: {base_url: http://h, model: m, timeout: 90s, never_for: [a, b#c], headers: {X-A: b}}"), "AMUR_LLM_API_KEY=k")
	f.Add([]byte("llm:\n  price: {input: 0.15, output: 0, date: 2026-01-31}\n  budget: {share: .5}\n"), "AMUR_LLM_NEVER_FOR=a, b")
	f.Add([]byte("llm:\n  price:\n    input: 1e-7\n"), "AMUR_LLM_HEADERS=X-A: b\nX-C: d")
	f.Add([]byte("dm: off\nservers: {allow: [112233445566778899, '1122334455667788990']}\nlinks: {deny: [a.example]}\n"), "AMUR_DISCORD_TOKEN=t")
	f.Add([]byte("limits: {cooldown: 0s}\nadmin: {listen: \"[::1]:0\"}\noperator: {contact: a@b.example}\n"), "AMUR_SERVERS_DENY=112233445566778899")
	f.Add([]byte("? [a]\n: &x !!map {<<: *x}\n--- \n"), "AMUR_X")
	f.Fuzz(func(t *testing.T, file []byte, variable string) {
		if bytes.ContainsRune([]byte(variable), 0) {
			return // no process can have such a variable
		}
		got, err := config.Load(write(t, "amur.yaml", string(file)), []string{variable})
		if err != nil {
			if diff := cmp.Diff(config.Config{}, got); diff != "" {
				t.Fatalf("half a result beside %v:\n%s", err, diff)
			}
			return
		}
		if err := got.Validate(); err != nil {
			t.Fatalf("Load gave what Validate refuses: %v", err)
		}
		var dump bytes.Buffer
		if err := got.Dump(&dump); err != nil {
			t.Fatal(err)
		}
		again, err := config.Load(write(t, "dump.yaml", dump.String()), nil)
		if err != nil {
			t.Fatalf("read back the dump: %v\n%s", err, dump.String())
		}
		again.File, again.Warnings = got.File, got.Warnings
		again.Embedder.APIKey, again.LLM.APIKey, again.LLM.Headers = got.Embedder.APIKey, got.LLM.APIKey, got.LLM.Headers
		again.Discord.Token, again.Store.Key = got.Discord.Token, got.Store.Key
		if diff := cmp.Diff(got, again); diff != "" {
			t.Fatalf("read back the dump (-first +second):\n%s\n%s", diff, dump.String())
		}
	})
}
