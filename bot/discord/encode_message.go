package discord

func newMessage(b Body) (any, error)     { return nil, nil }
func changedMessage(b Body) (any, error) { return nil, nil }
