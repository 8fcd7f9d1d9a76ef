//go:build ignore

// Pack writes opencc.gz, han_traditional.txt and han_simplified.txt from the
// dictionary folder of opencc-python-reimplemented:
//
//	go run pack.go DIR
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// table maps a word to the first of its conversions.
type table map[string]string

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run pack.go DIR")
	}
	if err := pack(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func pack(dir string) error {
	// Of the variants that Taiwan writes only 著 has to be undone before the
	// general tables; the others they know, and 么 would spoil 什么.
	reverse, err := read(dir, nil, "TWPhrasesRev.txt", "TWVariantsRevPhrases.txt")
	if err != nil {
		return err
	}
	reverse["著"] = "着"
	// OpenCC has 中俄關系 here; 關係 is right, as in its other entries.
	phrases := table{"中俄关系": "中俄關係"}
	var out bytes.Buffer
	for _, section := range []struct {
		name  string
		words table
		files []string
	}{
		{"s2t", phrases, []string{"STPhrases.txt", "STCharacters.txt"}},
		{"t2twp", nil, []string{"TWPhrases.txt"}},
		{"t2tw", nil, []string{"TWVariants.txt"}},
		{"tw2tp", reverse, nil},
		{"t2s", nil, []string{"TSPhrases.txt", "TSCharacters.txt"}},
	} {
		words, err := read(dir, section.words, section.files...)
		if err != nil {
			return err
		}
		fmt.Fprintf(&out, "# %s\n", section.name)
		for _, key := range slices.Sorted(maps.Keys(words)) {
			value := words[key]
			switch {
			case key == value && len(key) <= 4 || latin(key) != latin(value):
			case value == words.letterwise(key):
				fmt.Fprintf(&out, "%s\n", key)
			default:
				fmt.Fprintf(&out, "%s\t%s\n", key, value)
			}
		}
	}
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := os.WriteFile("opencc.gz", zipped.Bytes(), 0o644); err != nil {
		return err
	}
	return packForms(dir)
}

// read merges files into words; earlier files and entries win.
func read(dir string, words table, files ...string) (table, error) {
	if words == nil {
		words = table{}
	}
	for _, file := range files {
		f, err := os.Open(filepath.Join(dir, file))
		if err != nil {
			return nil, err
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			key, value, ok := strings.Cut(lines.Text(), "\t")
			if _, known := words[key]; ok && !known {
				words[key], _, _ = strings.Cut(value, " ")
			}
		}
	}
	return words, nil
}

// letterwise converts a word character by character.
func (t table) letterwise(word string) string {
	var b strings.Builder
	for _, r := range word {
		if v, ok := t[string(r)]; ok && word != string(r) {
			b.WriteString(v)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// latin returns the ASCII part of s, which a conversion must not touch.
func latin(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		return -1
	}, s)
}

// packForms writes the characters that only one written form has.
func packForms(dir string) error {
	all := func(file string) (map[string][]string, map[string]bool, error) {
		data, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			return nil, nil, err
		}
		to, values := map[string][]string{}, map[string]bool{}
		for line := range strings.Lines(string(data)) {
			key, value, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
			if !ok {
				continue
			}
			to[key] = strings.Fields(value)
			for _, v := range to[key] {
				values[v] = true
			}
		}
		return to, values, nil
	}
	ts, tsValues, err := all("TSCharacters.txt")
	if err != nil {
		return err
	}
	st, stValues, err := all("STCharacters.txt")
	if err != nil {
		return err
	}
	tw, twValues, err := all("TWVariants.txt")
	if err != nil {
		return err
	}
	for c := range tw {
		stValues[c] = true
	}
	maps.Copy(stValues, twValues)
	only := func(from map[string][]string, shared ...func(string) bool) string {
		var chars []string
		for c, values := range from {
			r := []rune(c)
			if len(r) != 1 || r[0] < 0x4e00 || r[0] > 0x9fff || slices.Contains(values, c) {
				continue
			}
			if !slices.ContainsFunc(shared, func(has func(string) bool) bool { return has(c) }) {
				chars = append(chars, c)
			}
		}
		slices.Sort(chars)
		return strings.Join(chars, "") + "\n"
	}
	in := func(m map[string]bool) func(string) bool { return func(c string) bool { return m[c] } }
	key := func(m map[string][]string) func(string) bool { return func(c string) bool { return m[c] != nil } }
	if err := os.WriteFile("han_traditional.txt", []byte(only(ts, key(st), in(tsValues))), 0o644); err != nil {
		return err
	}
	return os.WriteFile("han_simplified.txt", []byte(only(st, key(ts), in(stValues))), 0o644)
}
