package cli_test

import (
	"os"
	"testing"
)

// inShort tells whether what takes minutes is tried in short: outside CI, so that everybody's tests end soon, and with -short.
func inShort() bool { return testing.Short() || os.Getenv("CI") != "true" }
