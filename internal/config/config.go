// Package config reads amur's settings: defaults, then a YAML file, then the environment. The command line's flags come
// last and are set by internal/cli on the Config that Load returned.
//
// # The shape
//
//	Default() ──► config.yaml ──► AMUR_SECTION_KEY ──► flags ──► Validate
//
// The struct Config is the one table of settings: a field's yaml tags give its key (answer.max_sentences), the key
// gives the name of its variable (AMUR_ANSWER_MAX_SENTENCES). A setting of type Secret is refused in the file and is
// read from AMUR_X, or from the file that AMUR_X_FILE names. A list is written in a variable with commas between, headers
// "Name: value", a line each.
//
// This is the only package that reads the environment. Other packages receive values, never a Config.
package config

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

// Config holds every setting. It is a plain value; its lists and maps are shared by copies and not to be changed.
type Config struct {
	Knowledge Knowledge `yaml:"knowledge"`
	Cache     Cache     `yaml:"cache"`
	Embedder  Embedder  `yaml:"embedder"`
	Answer    Answer    `yaml:"answer"`
	LLM       LLM       `yaml:"llm"`
	Discord   Discord   `yaml:"discord"`
	Servers   Servers   `yaml:"servers"`
	// DM says what is answered in direct messages: off, quotes or full.
	DM       string   `yaml:"dm"`
	Limits   Limits   `yaml:"limits"`
	Links    Links    `yaml:"links"`
	Operator Operator `yaml:"operator"`
	Admin    Admin    `yaml:"admin"`
	Store    Store    `yaml:"store"`
	Log      Log      `yaml:"log"`

	// File is the path of the file that was read, or empty when there was none.
	File string `yaml:"-"`

	// Warnings are what Load saw and did not refuse, such as a variable AMUR_… that names no setting; each is a sentence
	// for the operator.
	Warnings []string `yaml:"-"`
}

// Knowledge says which documents answers come from.
type Knowledge struct {
	// Dir is a folder of the operator's own documents, or empty.
	Dir string `yaml:"dir"`
	// Builtin keeps the built-in documents beside those of Dir.
	Builtin bool `yaml:"builtin"`
}

// UsesBuiltin reports whether the built-in documents are part of the base: they are, unless Dir replaces them.
func (k Knowledge) UsesBuiltin() bool { return k.Dir == "" || k.Builtin }

// Cache says where what can be made again is kept: the snapshot of the index and the compiled PDF reader.
type Cache struct {
	// Dir is a folder, or empty for the user's own cache folder.
	Dir string `yaml:"dir"`
}

// Path returns Dir or, when it is empty, the folder amur in the user's cache folder ($XDG_CACHE_HOME or ~/.cache on
// Linux). It does not create the folder. An error means that the environment names none; work in memory then.
func (c Cache) Path() (string, error) {
	if c.Dir != "" {
		return c.Dir, nil
	}
	base, err := os.UserCacheDir()
	if err != nil {
		return "", errors.New("no cache folder: set cache.dir or the variable HOME")
	}
	return filepath.Join(base, "amur"), nil
}

// Embedder says what turns text into vectors: the built-in model, another model file, or an OpenAI-compatible endpoint.
type Embedder struct {
	// Model is the path of a GGUF file, or empty for the built-in model.
	Model string `yaml:"model"`
	// BaseURL is the address of an OpenAI-compatible server, up to and without "/embeddings"; empty to embed here.
	BaseURL string `yaml:"base_url"`
	// Name is the model that the server at BaseURL is asked for.
	Name string `yaml:"name"`
	// APIKey is sent to the server at BaseURL as a bearer token.
	APIKey Secret `yaml:"api_key"`
}

// Answer shapes what is said.
type Answer struct {
	// MaxSentences is the most sentences that an answer quotes, 1 to 5; it has three, and more only where they fit nearly as well.
	MaxSentences int `yaml:"max_sentences"`
	// Language is that of the answer when the question's own is unknown or not spoken: en, ru, uk, zh or zh-Hant.
	Language string `yaml:"language"`
}

// Log shapes what is written to standard error.
type Log struct {
	// Level is the least that is written: debug, info, warn or error.
	Level string `yaml:"level"`
	// Format is text, for people, or json, for machines.
	Format string `yaml:"format"`
	// Content also writes what people ask and what is answered, which needs Level debug.
	Content bool `yaml:"content"`
}

// Default returns the settings that hold where neither file nor environment says otherwise.
func Default() Config {
	return Config{
		Answer: Answer{MaxSentences: 5, Language: "en"},
		LLM: LLM{
			ConnectTimeout: 5 * time.Second, FirstTokenTimeout: 20 * time.Second, Timeout: 60 * time.Second,
			Retries: 2, Concurrency: 4, Queue: 16, MaxTokens: 800, Rewrite: true,
		},
		Discord: Discord{Shards: 1},
		Servers: Servers{MaxRetentionDays: 90, MaxDailyPerMember: 200, MaxDailyPerServer: 5000, UseModel: true},
		DM:      "quotes",
		Limits: Limits{
			Workers: 8, Queue: 400, Cooldown: 5 * time.Second, PublicPerMinute: 4, MinMinutesOnServer: 10,
			DailyPerMember: 50, DailyPerServer: 1000,
		},
		Links: Links{Mode: "all"},
		Admin: Admin{Listen: "127.0.0.1:9464"},
		Log:   Log{Level: "info", Format: "text"},
	}
}
