package discordtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Client drives a fake in another process, which was started with [Serve]. It is safe for concurrent use.
type Client struct {
	URL string // as [Serve] gave it
}

// Call asks a control route: the argument and the answer are those of the method of [Server] that the route is named
// after. A nil argument is none, a nil answer is thrown away.
func (c Client) Call(ctx context.Context, name string, in, out any) error {
	if in == nil {
		in = nothing{}
	}
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("control %s: %w", name, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+"/control/"+name, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("control %s: %w", name, err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("control %s: %w", name, err)
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("control %s: %w", name, err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("control %s: %s", name, bytes.TrimSpace(data))
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("control %s: %w", name, err)
	}
	return nil
}

// AddGuild is [Server.AddGuild].
func (c Client) AddGuild(ctx context.Context, g Guild) (Guild, error) {
	err := c.Call(ctx, "guild", g, &g)
	return g, err
}

// AddChannel is [Server.AddChannel].
func (c Client) AddChannel(ctx context.Context, channel Channel) (Channel, error) {
	err := c.Call(ctx, "channel", channel, &channel)
	return channel, err
}

// AddMember is [Server.AddMember].
func (c Client) AddMember(ctx context.Context, guild ID, m Member) (Member, error) {
	err := c.Call(ctx, "member", controlMember{guild, m}, &m)
	return m, err
}

// SetRole is [Server.SetRole].
func (c Client) SetRole(ctx context.Context, guild ID, r Role) (Role, error) {
	err := c.Call(ctx, "role", controlRole{guild, r}, &r)
	return r, err
}

// Do is [Server.Do].
func (c Client) Do(ctx context.Context, a Action) (Done, error) {
	var done Done
	err := c.Call(ctx, "do", a, &done)
	return done, err
}

// WaitUntil is [Interaction.WaitUntil], of the interaction of that id.
func (c Client) WaitUntil(ctx context.Context, interaction ID, wanted func(Outcome) bool) (Outcome, error) {
	seen := 0
	for {
		var o Outcome
		if err := c.Call(ctx, "outcome", controlOutcome{interaction, seen}, &o); err != nil {
			return Outcome{}, err
		}
		if wanted(o) {
			return o, nil
		}
		seen = o.Changes
	}
}

// WaitReplies is [Said.WaitUntil], of a message that a person posted.
func (c Client) WaitReplies(ctx context.Context, channel, message ID, wanted func([]Message) bool) ([]Message, error) {
	known := 0
	for {
		var r replies
		if err := c.Call(ctx, "replies", controlReplies{channel, message, known}, &r); err != nil {
			return nil, err
		}
		if wanted(r.Messages) {
			return r.Messages, nil
		}
		known = r.Known
	}
}

// Messages is [Server.Messages].
func (c Client) Messages(ctx context.Context, channel ID) ([]Message, error) {
	var list []Message
	err := c.Call(ctx, "messages", channel, &list)
	return list, err
}

// Records is [Server.RecordsAfter].
func (c Client) Records(ctx context.Context, after int) ([]Record, error) {
	var list []Record
	err := c.Call(ctx, "records", after, &list)
	return list, err
}

// Violations is [Server.Violations].
func (c Client) Violations(ctx context.Context) ([]Violation, error) {
	var list []Violation
	err := c.Call(ctx, "violations", nil, &list)
	return list, err
}

// Stats is [Server.Stats].
func (c Client) Stats(ctx context.Context) (Stats, error) {
	var stats Stats
	err := c.Call(ctx, "stats", nil, &stats)
	return stats, err
}

// Fault is [Server.Fault].
func (c Client) Fault(ctx context.Context, f Fault) error { return c.Call(ctx, "fault", f, nil) }

// Script is [Server.Script].
func (c Client) Script(ctx context.Context, scripts ...Script) error {
	return c.Call(ctx, "script", scripts, nil)
}
