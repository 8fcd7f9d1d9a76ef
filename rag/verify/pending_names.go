package verify

import "amur/internal/text"

type namer struct{}

func (n *namer) find(string, text.Lang) []mention { return nil }

func (n *namer) same(a, b mention) bool { return a.key == b.key }
