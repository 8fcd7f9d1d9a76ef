package rag_test

import (
	_ "github.com/stretchr/testify" // want depguard

	_ "amur/internal/eval" // want depguard
	_ "amur/rag"
)
