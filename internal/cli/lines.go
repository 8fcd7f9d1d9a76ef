package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
)

// maxLine is the longest line of standard input, in bytes.
const maxLine = 1 << 20

// inputLine is a line of standard input: its number, from 1, and its text without the line's end.
type inputLine struct {
	number int
	text   string
}

// lines yields the lines of standard input, then an error where there is one, as its last pair. It reads beside the
// loop's body, so that an interrupt ends a loop that waits for somebody to type.
func (a *app) lines(ctx context.Context) iter.Seq2[inputLine, error] {
	type read struct {
		line inputLine
		err  error
	}
	return func(yield func(inputLine, error) bool) {
		reading, stop := context.WithCancel(ctx)
		defer stop()
		reads := make(chan read)
		send := func(r read) bool {
			select {
			case reads <- r:
				return true
			case <-reading.Done():
				return false
			}
		}
		go func() {
			defer close(reads)
			scanner := bufio.NewScanner(a.streams.In)
			scanner.Buffer(nil, maxLine)
			number := 0
			for scanner.Scan() {
				number++
				line := strings.ToValidUTF8(scanner.Text(), "\ufffd")
				if number == 1 {
					line = strings.TrimPrefix(line, "\ufeff")
				}
				if !send(read{line: inputLine{number, line}}) {
					return
				}
			}
			if err := scanner.Err(); err != nil {
				if errors.Is(err, bufio.ErrTooLong) {
					err = fmt.Errorf("longer than %d MiB", maxLine>>20)
				}
				send(read{err: fmt.Errorf("standard input line %d: %w", number+1, err)})
			}
		}()
		for {
			select {
			case <-ctx.Done():
				yield(inputLine{}, ctx.Err())
				return
			case r, more := <-reads:
				switch {
				case !more && ctx.Err() != nil:
					yield(inputLine{}, ctx.Err())
					return
				case !more, !yield(r.line, r.err), r.err != nil:
					return
				}
			}
		}
	}
}
