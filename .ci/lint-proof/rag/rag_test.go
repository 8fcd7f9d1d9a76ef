package rag_test

import (
	_ "github.com/stretchr/testify" // want depguard

	_ "amur/internal/eval"
	_ "amur/rag"
)
