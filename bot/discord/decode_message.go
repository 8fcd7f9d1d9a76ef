package discord

type rawMessage struct{}

func (rawMessage) message() Message { return Message{} }
