package encoder_test

import (
	_ "amur/internal/encoder"
	_ "amur/internal/text" // want depguard
)
