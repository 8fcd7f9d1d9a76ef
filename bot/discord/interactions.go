package discord

import "context"

// Respond answers an interaction for the first time and returns the id of the message that it made ("" where it made none).
// It must reach Discord within 3 s of the event, so it never waits longer than that.
func (c *Client) Respond(ctx context.Context, i Interaction, r Response) (MessageID, error) {
	return "", nil
}

// EditReply makes the first reply into b, up to 15 minutes after the interaction.
func (c *Client) EditReply(ctx context.Context, i Interaction, b Body) (Message, error) {
	return Message{}, nil
}

// DeleteReply takes the first reply away.
func (c *Client) DeleteReply(ctx context.Context, i Interaction) error { return nil }

// FollowUp posts a further reply. It must not follow a RespondDefer directly: Discord would make it the first reply.
func (c *Client) FollowUp(ctx context.Context, i Interaction, b Body) (Message, error) {
	return Message{}, nil
}

// EditFollowUp makes a further reply into b.
func (c *Client) EditFollowUp(ctx context.Context, i Interaction, id MessageID, b Body) (Message, error) {
	return Message{}, nil
}

// DeleteFollowUp takes a further reply away.
func (c *Client) DeleteFollowUp(ctx context.Context, i Interaction, id MessageID) error { return nil }
