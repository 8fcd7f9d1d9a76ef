package llm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
)

// Bounds of a list of models: OpenRouter's, the longest known, has some hundreds in half a megabyte.
const (
	modelsBytes = 4 << 20
	modelsCount = 2000
)

// Models lists the names of the models that the server offers, in alphabetical order, as the server spells them but for
// control characters. Not every server has such a list.
func (c *Client) Models(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.options.FirstTokenTimeout, errFirstToken)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/models", nil)
	if err != nil {
		return nil, &Error{Kind: KindRejected, Err: c.clean(err)}
	}
	if c.options.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.options.Key)
	}
	for name, value := range c.options.Headers {
		req.Header.Set(name, value)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		e := failure(ctx, err)
		e.Err = c.clean(e.Err)
		return nil, e
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, refusal(resp.StatusCode, "")
	}
	var list struct {
		Data []struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, modelsBytes)).Decode(&list); err != nil || len(list.Data) > modelsCount {
		return nil, &Error{Kind: KindGarbage, Err: errors.New("the list of models is not the JSON that was expected")}
	}
	var names []string
	for _, m := range list.Data {
		if name := oneLine(m.ID); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}
