package discord

import (
	"context"
	"errors"
)

type rest struct{}

// call is one request.
type call struct {
	method, route string
	ids           []string // fill the braces of the route
	body          any
	files         []File
	reason        string // for the audit log
	again bool
}

func (r *rest) do(ctx context.Context, c call, out any) error { return errors.ErrUnsupported }
