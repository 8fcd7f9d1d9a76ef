package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"amur/knowledge"
)

// TestBuiltinVectorsAreCurrent makes the vectors of the built-in documents again; those in the repository must be the
// same bytes.
func TestBuiltinVectorsAreCurrent(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("embedding takes long with the race detector")
	}
	const remedy = "run: go run . index --builtin knowledge/vectors.bin"
	if len(knowledge.BuiltinVectors()) == 0 {
		t.Skip("knowledge/vectors.bin is empty; " + remedy)
	}
	name := filepath.Join(t.TempDir(), "vectors.bin")
	if code, _, stderr := run(t, nil, "index", "--builtin", name); code != 0 {
		t.Fatalf("status %d, want 0\n%s", code, stderr)
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, knowledge.BuiltinVectors()) {
		t.Error("knowledge/vectors.bin is not of these documents; " + remedy)
	}
}
