package discord

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"
)

// firstReply is how long Discord waits for the first reply to an interaction.
const firstReply = 3 * time.Second

// responseJSON is a first reply on the wire.
type responseJSON struct {
	Type ResponseKind `json:"type"`
	Data any          `json:"data,omitempty"`
}

type choicesJSON struct {
	Choices []choiceJSON `json:"choices"` // [] where there are none: without the field the client shows a fault
}

type choiceJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type deferJSON struct {
	Flags int `json:"flags,omitempty"`
}

// Respond answers an interaction for the first time and returns the id of the message that it made or changed ("" where there
// is none). It must reach Discord within 3 s of the event, so it never waits longer than that.
func (c *Client) Respond(ctx context.Context, i Interaction, r Response) (MessageID, error) {
	if err := r.check(); err != nil {
		return "", err
	}
	body, err := firstJSON(r)
	if err != nil {
		return "", err
	}
	left := firstReply
	if !i.Received.IsZero() {
		left = min(max(firstReply-c.o.Now().Sub(i.Received), firstReply/6), firstReply)
	}
	inTime, cancel := context.WithTimeout(ctx, left)
	defer cancel()
	var out struct {
		Interaction struct {
			Message MessageID `json:"response_message_id"`
		} `json:"interaction"`
		Resource struct {
			Message struct {
				ID MessageID `json:"id"`
			} `json:"message"`
		} `json:"resource"`
	}
	err = c.rest.do(inTime, call{
		method: http.MethodPost, route: callbackRoute, ids: []string{string(i.ID), i.Token}, query: url.Values{"with_response": {"true"}},
		body: body, files: r.Body.Files, again: true, within: firstReply, attempt: firstReply / 2,
	}, &out)
	switch {
	case errors.Is(err, errRepeated):
		return c.original(ctx, i, r.Kind), nil
	case err != nil:
		return "", err
	}
	c.rest.limits.revive(c.webhook(http.MethodPatch, i, "").major())
	if out.Resource.Message.ID != "" {
		return out.Resource.Message.ID, nil
	}
	return out.Interaction.Message, nil
}

// original finds the message of a first reply that came through, but whose answer was lost; "" where that is in vain.
func (c *Client) original(ctx context.Context, i Interaction, kind ResponseKind) MessageID {
	if kind == RespondChoices || kind == RespondModal {
		return ""
	}
	request := c.webhook(http.MethodGet, i, "@original")
	request.within, request.attempt = firstReply, firstReply
	m, err := c.message(ctx, request)
	if err != nil {
		return ""
	}
	return m.ID
}

func firstJSON(r Response) (responseJSON, error) {
	out := responseJSON{Type: r.Kind}
	switch r.Kind {
	case RespondMessage:
		m, err := newReply(r.Body)
		if err != nil {
			return responseJSON{}, err
		}
		out.Data = m
	case RespondUpdate:
		m, err := changedMessage(r.Body)
		if err != nil {
			return responseJSON{}, err
		}
		out.Data = m
	case RespondDefer:
		if r.Body.Private {
			out.Data = deferJSON{Flags: flagPrivate}
		}
	case RespondChoices:
		choices := choicesJSON{Choices: make([]choiceJSON, 0, len(r.Choices))}
		for _, c := range r.Choices {
			choices.Choices = append(choices.Choices, choiceJSON(c))
		}
		out.Data = choices
	case RespondModal:
		out.Data = newModal(r.Modal)
	}
	return out, nil
}

// EditReply makes the first reply into b, up to 15 minutes after the interaction. Of a pressed component that was answered
// with RespondAck or RespondUpdate, the first reply is the message that carries the component.
func (c *Client) EditReply(ctx context.Context, i Interaction, b Body) (Message, error) {
	return c.editWebhook(ctx, i, "@original", b)
}

// DeleteReply takes the first reply away.
func (c *Client) DeleteReply(ctx context.Context, i Interaction) error {
	return c.rest.do(ctx, c.webhook(http.MethodDelete, i, "@original"), nil)
}

// FollowUp posts a further reply. It must not follow a RespondDefer directly: Discord would make it the first reply. It is not
// repeated when its outcome is unknown, because it could come twice.
func (c *Client) FollowUp(ctx context.Context, i Interaction, b Body) (Message, error) {
	body, err := newReply(b)
	if err != nil {
		return Message{}, err
	}
	request := c.webhook(http.MethodPost, i, "")
	request.query = url.Values{"wait": {"true"}}
	request.body, request.files = body, b.Files
	return c.message(ctx, request)
}

// EditFollowUp makes a further reply into b.
func (c *Client) EditFollowUp(ctx context.Context, i Interaction, id MessageID, b Body) (Message, error) {
	return c.editWebhook(ctx, i, id, b)
}

// DeleteFollowUp takes a further reply away.
func (c *Client) DeleteFollowUp(ctx context.Context, i Interaction, id MessageID) error {
	return c.rest.do(ctx, c.webhook(http.MethodDelete, i, id), nil)
}

func (c *Client) editWebhook(ctx context.Context, i Interaction, id MessageID, b Body) (Message, error) {
	body, err := changedMessage(b)
	if err != nil {
		return Message{}, err
	}
	request := c.webhook(http.MethodPatch, i, id)
	request.body, request.files = body, b.Files
	return c.message(ctx, request)
}

func (c *Client) webhook(method string, i Interaction, id MessageID) call {
	out := call{method: method, route: webhookRoute, ids: []string{string(c.app.ID), i.Token}}
	switch id {
	case "":
	case "@original":
		out.route += "/messages/@original"
	default:
		out.route += "/messages/{message}"
		out.ids = append(out.ids, string(id))
	}
	return out
}
