package rag

import "amur/internal/text"

// offTopicBank returns questions about other subjects, by language.
func offTopicBank() (map[text.Lang][]string, error) { return map[text.Lang][]string{}, nil }
