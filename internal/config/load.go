package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

const (
	defaultFile  = "config.yaml"
	fileVariable = "AMUR_CONFIG"

	// maxFile is the most bytes of a configuration file or a secret's file; a real one holds a few thousand.
	maxFile = 32 << 10
)

// Environ returns the environment of this process as NAME=value, for Load and NoColor.
func Environ() []string { return os.Environ() }

// NoColor reports whether environ asks for output without colour (https://no-color.org: NO_COLOR set and not empty).
func NoColor(environ []string) bool { return variables(environ)["NO_COLOR"] != "" }

// Load returns the defaults, overlaid by the YAML file at path, overlaid by environ (NAME=value, as os.Environ gives
// it; the last of equal names counts, an empty value is as good as none). An empty path stands for the file that
// AMUR_CONFIG names, else for config.yaml in the working directory, if there is one.
//
// The result has passed Validate. An error tells the operator the file and line or the variable, and what to do; it
// wraps fs.ErrNotExist when a file that was asked for is not there. It never repeats a secret.
func Load(path string, environ []string) (Config, error) {
	vars := variables(environ)
	cfg := Default()
	data, path, err := readFile(path, vars[fileVariable])
	if err != nil {
		return Config{}, err
	}
	cfg.File = path
	if err := applyYAML(&cfg, path, data); err != nil {
		return Config{}, err
	}
	if err := applyEnviron(&cfg, vars); err != nil {
		return Config{}, err
	}
	if err := cfg.Validate(); err != nil {
		return Config{}, err
	}
	cfg.Warnings = append(cfg.Warnings, cfg.LLM.advice()...)
	cfg.Warnings = append(cfg.Warnings, cfg.Discord.advice()...)
	return cfg, nil
}

// readFile returns the configuration's bytes and the path that they came from. Only the default file may be missing.
func readFile(path, fromVariable string) ([]byte, string, error) {
	if path == "" {
		path = fromVariable
	}
	optional := path == ""
	if optional {
		path = defaultFile
	}
	data, err := readSmall(path)
	if optional && errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("read configuration: %w", err)
	}
	return data, path, nil
}

// readSmall reads a whole file of at most maxFile bytes.
func readSmall(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("%s is larger than %d KiB: name the right file", path, maxFile>>10)
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

func variables(environ []string) map[string]string {
	vars := make(map[string]string, len(environ))
	for _, entry := range environ {
		if name, value, ok := strings.Cut(entry, "="); ok {
			vars[name] = value
		}
	}
	return vars
}
