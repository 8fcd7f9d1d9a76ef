package habits // want testpackage

import (
	"context"
	"os"
	"testing"
)

func TestUnhelped(t *testing.T) {
	t.Parallel()
	_ = context.Background()     // want usetesting
	_, _ = os.MkdirTemp("", "x") // want usetesting
	_ = os.TempDir()             // want usetesting
}
