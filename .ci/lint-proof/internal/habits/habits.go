// Package habits breaks one habit a function.
package habits

import (
	"context"
	"crypto/md5" // want gosec
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"
)

// Mistake is a sentinel with the wrong name.
var Mistake = errors.New("mistake") // want errname gochecknoglobals staticcheck

var table = map[string]int{"a": 1} // want gochecknoglobals

func init() { table["b"] = 2 } // want gochecknoinits

// It is not named at the start of this comment. // want godoclint
func Undocumented() error { return Mistake }

// Wrap hides the chain.
func Wrap(err error) error {
	if err == io.EOF { // want errorlint
		return nil
	}
	return fmt.Errorf("wrap: %v", err) // want errorlint
}

// Leak keeps a response open.
func Leak(c *http.Client) (int, error) {
	resp, err := c.Get("http://127.0.0.1") // want bodyclose
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// Detach loses its context.
func Detach(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return detached() // want contextcheck
}

func detached() error { return after(context.Background()) }

func after(ctx context.Context) error { return ctx.Err() }

// Old is written as it was before ranges over numbers.
func Old(n int) (sum int) {
	for i := 0; i < n; i++ { // want modernize
		sum += i
	}
	return sum
}

// Logged is told to the wrong logger in the wrong words.
func Logged(l *slog.Logger, name string) {
	slog.Info("said")                // want sloglint
	l.Info("told " + name)           // want sloglint
	l.Info("Told")                   // want sloglint
	l.Info("told", "userName", name) // want sloglint
}

// Excused has nothing to excuse.
func Excused() string {
	return "" //nolint:gosec // want nolintlint
}

// Weak is easily forged.
func Weak(b []byte) [16]byte {
	return md5.Sum(b) // want gosec
}

// Careless ignores an error.
func Careless(name string) {
	os.Remove(name)
	os.Rename(name, name+".old") // want errcheck
}

// Loose is gofmt's but not gofumpt's.
func Loose() os.FileMode {
	return 0644 // want gofumpt
}

// Mismatched does not match its verbs.
func Mismatched() error {
	return fmt.Errorf("%d", "one") // want govet staticcheck
}

// Idle assigns for nothing.
func Idle(s string) string {
	t := s // want ineffassign
	t = strings.ToUpper(s)
	return t
}

func unused() {} // want unused

// Odd compares in an odd way.
func Odd(err error) bool {
	return errors.Is(err, io.EOF) == true // want staticcheck
}
