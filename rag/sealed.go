package rag

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
)

// A sealed file is a body that begins with a magic word, followed by the SHA-256 of that body: a file cut short or
// altered anywhere is noticed before a byte of it is used.

func writeSealed(w io.Writer, body []byte) error {
	sum := sha256.Sum256(body)
	if _, err := w.Write(body); err != nil {
		return err
	}
	_, err := w.Write(sum[:])
	return err
}

func openSealed(data []byte, magic string) ([]byte, error) {
	if len(data) < len(magic)+sha256.Size || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("not a %s file: %w", magic, ErrDamaged)
	}
	body, seal := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], seal) {
		return nil, fmt.Errorf("%s file does not match its checksum: %w", magic, ErrDamaged)
	}
	return body[len(magic):], nil
}

func writeString(b *bytes.Buffer, s string) {
	b.Write(binary.AppendUvarint(nil, uint64(len(s))))
	b.WriteString(s)
}

// decoder reads varints and strings; after the first that does not fit, failed is set and it returns zero values.
type decoder struct {
	rest   []byte
	failed bool
}

// count reads a number between 0 and limit.
func (d *decoder) count(limit int) int {
	n, size := binary.Uvarint(d.rest)
	if d.failed || size <= 0 || n > uint64(limit) {
		d.failed = true
		return 0
	}
	d.rest = d.rest[size:]
	return int(n)
}

func (d *decoder) str() string { return string(d.take(d.count(len(d.rest)))) }

// take reads n bytes; the caller must not change them.
func (d *decoder) take(n int) []byte {
	if d.failed || n > len(d.rest) {
		d.failed = true
		return nil
	}
	out := d.rest[:n]
	d.rest = d.rest[n:]
	return out
}
