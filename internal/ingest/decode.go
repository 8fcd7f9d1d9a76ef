package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	uni "golang.org/x/text/encoding/unicode"
)

// Reasons for which bytes are not text. They wrap no other error; the message says what to do.
var (
	ErrBinary   = errors.New("the file is not text: amur reads " + formats)
	ErrEncoding = errors.New("the encoding is not recognised: save the file as UTF-8")
	ErrEmpty    = errors.New("the file holds no text")
)

// sampleBytes is how much of a file the guesses about its encoding look at.
const sampleBytes = 64 << 10

// decode turns a file's bytes into UTF-8 with line feeds. The order of trust: a byte order mark, zero bytes (UTF-16
// without a mark, or no text), valid UTF-8, the encoding that the file itself declares, statistics of the bytes.
func decode(data []byte, declared string) (string, error) {
	enc, body, err := encodingOf(data, declared)
	if err != nil {
		return "", err
	}
	text := string(body)
	if enc != nil {
		decoded, err := enc.NewDecoder().Bytes(body)
		if err != nil {
			return "", fmt.Errorf("%w (%w)", ErrEncoding, err)
		}
		text = string(decoded)
	}
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	if !plausible(text) {
		return "", ErrBinary
	}
	return clean(text), nil
}

// encodingOf names the encoding of data, nil for UTF-8, and returns data without its byte order mark.
func encodingOf(data []byte, declared string) (encoding.Encoding, []byte, error) {
	little := uni.UTF16(uni.LittleEndian, uni.IgnoreBOM)
	big := uni.UTF16(uni.BigEndian, uni.IgnoreBOM)
	for _, mark := range []struct {
		bytes string
		enc   encoding.Encoding
	}{{"\xEF\xBB\xBF", nil}, {"\xFF\xFE", little}, {"\xFE\xFF", big}} {
		if rest, ok := bytes.CutPrefix(data, []byte(mark.bytes)); ok {
			return mark.enc, rest, nil
		}
	}
	sample := data[:min(len(data), sampleBytes)]
	if bytes.IndexByte(sample, 0) >= 0 {
		if enc := wide(sample, little, big); enc != nil {
			return enc, data, nil
		}
		return nil, nil, ErrBinary
	}
	if mostlyUTF8(data) {
		return nil, data, nil
	}
	if enc, err := htmlindex.Get(declared); err == nil && enc != uni.UTF8 {
		return enc, data, nil
	}
	if enc := guess(sample); enc != nil {
		return enc, data, nil
	}
	if enc := wide(sample, little, big); enc != nil { // UTF-16 of Chinese alone may have no zero byte
		return enc, data, nil
	}
	return nil, nil, ErrEncoding
}

// wide tells UTF-16 from binary data, and its two orders of bytes from each other: in the wrong order, and of binary data,
// hardly a letter is one that people write often. It returns nil for what is not UTF-16.
func wide(sample []byte, orders ...encoding.Encoding) encoding.Encoding {
	for _, enc := range orders {
		text, err := enc.NewDecoder().Bytes(sample[:len(sample)&^1])
		if err == nil && plausible(string(text)) && mostlyCommon(string(text)) {
			return enc
		}
	}
	return nil
}

// mostlyUTF8 accepts a few broken bytes, as a page cut in the middle of a letter has them: at most one to twenty
// letters of more than one byte.
func mostlyUTF8(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	var good, bad int
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return bad*20 <= good
}

// guess asks the statistics of the bytes. GB2312 is read by its superset GB18030, the ISO alphabets of western Europe by
// Windows-1252, whose curly quotes they lack.
func guess(sample []byte) encoding.Encoding {
	found := chardet.Detect(sample)
	if found.Confidence < 0.5 {
		return nil
	}
	name := strings.ToLower(found.Encoding)
	switch name {
	case "gb2312", "gbk":
		name = "gb18030"
	case "iso-8859-1", "iso-8859-9":
		name = "windows-1252"
	case "maccyrillic":
		name = "x-mac-cyrillic"
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	return enc
}

// plausible reports whether text reads as text: hardly any control characters, broken letters and unassigned code points.
func plausible(text string) bool {
	var odd, all int
	for _, r := range text {
		all++
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\f' || r == '\v':
		case r == utf8.RuneError, unicode.Is(unicode.Co, r), unicode.IsControl(r), !unicode.IsPrint(r) && !unicode.In(r, unicode.Z, unicode.Cf):
			odd++
		}
	}
	return odd*50 <= all
}

// mostlyCommon reports whether nine tenths of text are letters and signs of Latin, Cyrillic or Chinese.
func mostlyCommon(text string) bool {
	var common, all int
	for _, r := range text {
		all++
		if r < 0x0500 || r >= 0x2000 && r < 0x2070 || r >= 0x3000 && r < 0x3040 || r >= 0x4E00 && r < 0xA000 || r >= 0xFF00 && r < 0xFF60 {
			common++
		}
	}
	return all > 0 && common*10 >= all*9
}

// clean gives every line one kind of end and drops what no reader sees: control characters and invisible marks.
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(text)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r == '\u00AD', r == '\uFEFF', r == '\u200B', r == '\u2060':
			return -1
		}
		return r
	}, text)
}
