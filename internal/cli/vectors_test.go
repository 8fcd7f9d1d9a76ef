package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/cpu"

	"amur/knowledge"
)

// TestBuiltinIndexIsCurrent makes the index of the built-in documents again from what the binary carries: nothing may be
// missing from that, and it must be the same bytes. Other arithmetic than that of the machines it is made on (see
// package encoder) differs in last digits, so there the bytes are not compared.
func TestBuiltinIndexIsCurrent(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("embedding takes long with the race detector")
	}
	const remedy = "run: go run . index --builtin knowledge/vectors.bin"
	name := filepath.Join(t.TempDir(), "vectors.bin")
	code, stdout, stderr := run(t, nil, "index", "--builtin", name)
	if code != 0 || !strings.Contains(stdout, ", 0 embedded now") {
		t.Fatalf("knowledge/vectors.bin is not of these documents; %s\nstatus %d\n%s%s", remedy, code, stdout, stderr)
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	sameArithmetic := cpu.X86.HasAVX2 && cpu.X86.HasFMA
	if sameArithmetic && !bytes.Equal(got, knowledge.BuiltinVectors()) {
		t.Error("knowledge/vectors.bin is not what is made of these documents now; " + remedy)
	}
}
