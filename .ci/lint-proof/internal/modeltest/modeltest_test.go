package modeltest_test

import (
	_ "amur/internal/modeltest"
	_ "amur/internal/text" // want depguard
)
