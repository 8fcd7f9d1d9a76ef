package llm_test

import (
	_ "amur/internal/modeltest"
	_ "amur/rag/llm"
)
