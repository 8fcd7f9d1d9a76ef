package knowledge

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Problem is something wrong with a document: where, and what to do about it.
type Problem struct {
	File    string
	Line    int // from 1; 0 when it concerns no single line
	Message string
}

// String gives the problem in the form "file:line: message".
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// inOrder sorts problems by file, line and message.
func inOrder(problems []Problem) []Problem {
	slices.SortFunc(problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(problems)
}

// join makes one error of all problems, nil of none.
func join(problems []Problem) error {
	var errs []error
	for _, p := range inOrder(problems) {
		errs = append(errs, errors.New(p.String()))
	}
	return errors.Join(errs...)
}
