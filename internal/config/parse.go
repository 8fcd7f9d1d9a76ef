package config

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

func parseDuration(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("%q is no duration: write a duration such as 60s", text)
	}
	return d, nil
}

// formatDuration writes a duration as people do: 60s, 5m, 1h30m; time's own is 1m0s, 5m0s, 1h30m0s.
func formatDuration(d time.Duration) string {
	if d > 0 && d < 2*time.Minute && d%time.Second == 0 {
		return strconv.Itoa(int(d/time.Second)) + "s"
	}
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

func parseFloat(text string) (float64, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, fmt.Errorf("%q is no number: write one such as 0.5", text)
	}
	return n, nil
}

func formatFloat(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// parseList reads a list as a variable holds it: with commas between.
func parseList(text string) []string {
	var list []string
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}

// parseHeaders reads headers as a variable or its file holds them: "Name: value", a line each. Errors repeat nothing,
// because a value may be secret.
func parseHeaders(text string) (Headers, error) {
	headers := Headers{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if _, twice := headers[name]; !ok || name == "" || value == "" || twice {
			return nil, fmt.Errorf("line %d is no header, or one that was there before: write Name: value, a line each", number)
		}
		headers[name] = NewSecret(value)
	}
	if len(headers) == 0 {
		return nil, errors.New("no header: write Name: value, a line each")
	}
	return headers, nil
}

// names returns the names in order.
func (h Headers) names() []string { return slices.Sorted(maps.Keys(h)) }
