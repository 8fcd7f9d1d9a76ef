package cli_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// imageUser is who the image runs as.
const imageUser = 65532

// maxBinary is what the binary may weigh: an image of 95 MB, less some 3 MB for the base and the licences.
const maxBinary = 92_000_000

// bareRoot is a folder that holds nothing but what the image would hold: no shell, no /tmp, no /proc, no /dev.
type bareRoot struct{ root, data string }

// newBareRoot builds the binary as the Dockerfile does and puts it into a bare root.
func newBareRoot(t *testing.T) bareRoot {
	t.Helper()
	if testing.Short() {
		t.Skip("the image's binary is another than the one that is tested for races")
	}
	if os.Getuid() != 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("a bare root takes root's rights, which CI has to give")
		}
		t.Skip("a bare root takes root's rights: run this test as root")
	}
	dir := t.TempDir()
	b := bareRoot{filepath.Join(dir, "root"), newVolume(t)}
	for _, folder := range []string{b.root, filepath.Join(b.root, "data"), filepath.Join(b.root, "etc/ssl/certs")} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(b.root, "etc/passwd"), "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n")
	if certificates, err := os.ReadFile("/etc/ssl/certs/ca-certificates.crt"); err == nil {
		write(t, filepath.Join(b.root, "etc/ssl/certs/ca-certificates.crt"), string(certificates))
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(b.root, "amur"), ".")
	build.Dir = "../.."
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return b
}

// newVolume makes an empty folder of the image's user.
func newVolume(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chown(dir, imageUser, imageUser); err != nil {
		t.Fatal(err)
	}
	return dir
}

// command runs amur in the root as the image's user, with the image's variables and more: the root is read-only but for /data,
// and mounts are seen by nobody else.
func (b bareRoot) command(t *testing.T, environ []string, args ...string) *exec.Cmd {
	t.Helper()
	const script = `set -e
mount --bind "$1" "$1"
mount --bind "$2" "$1/data"
mount -o remount,bind,ro "$1"
shift 2
exec env -i "$@"`
	unshare, err := exec.LookPath("unshare")
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"--mount", "sh", "-c", script, "sh", b.root, b.data}
	words = append(words, imageEnviron(t)...)
	words = append(words, environ...)
	words = append(words, unshare, "--root", b.root, "--wd", "/data", "--setgid", "65532", "--setuid", "65532", "/amur")
	cmd := exec.CommandContext(t.Context(), unshare, append(words, args...)...)
	cmd.Dir = "/"
	return cmd
}

// run returns the exit status and what was printed.
func (b bareRoot) run(t *testing.T, environ []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := b.command(t, environ, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			t.Fatal(err)
		}
		code = exit.ExitCode()
	}
	return code, out.String(), errs.String()
}

// TestBareRoot holds that the binary needs nothing that the image does not hold, and no right to write but in /data.
func TestBareRoot(t *testing.T) {
	t.Parallel()
	b := newBareRoot(t)
	info, err := os.Stat(filepath.Join(b.root, "amur"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > maxBinary {
		t.Errorf("the binary has %d bytes, at most %d fit an image of 95 MB", info.Size(), maxBinary)
	}
	t.Logf("binary: %.1f MB", float64(info.Size())/1e6)

	// A folder of one's own documents beside the state: its index is kept.
	write(t, filepath.Join(b.data, "rail.md"), "# Crossings\n\nFreight trains between China and Russia use three crossings.\n")
	if err := os.Chmod(filepath.Join(b.data, "rail.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		environ []string
		args    []string
		code    int
		want    string
	}{
		{"ask", nil, []string{"ask", "Are China and Russia allies?"}, 0, "not formal allies"},
		{"ask of a folder", []string{"AMUR_KNOWLEDGE_DIR=/data"}, []string{"ask", "How many crossings do freight trains use?"}, 0, "three crossings"},
		{"check", nil, []string{"check"}, 0, "ok    cache"},
		{"version", nil, []string{"version"}, 0, "amur "},
		{"invite", nil, []string{"invite", "--client-id", "112233445566778899"}, 0, "client_id=112233445566778899"},
		{"serve without a token", nil, []string{"serve"}, 2, "AMUR_DISCORD_TOKEN"},
		{"healthcheck of nobody", []string{"AMUR_ADMIN_LISTEN=127.0.0.1:9"}, []string{"healthcheck"}, 1, "no sign of life"},
		{"outside of the volume", []string{"AMUR_CACHE_DIR=/cache"}, []string{"check"}, 1, "read-only file system"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { // one after the other: they share the volume
			code, stdout, stderr := b.run(t, tt.environ, tt.args...)
			if code != tt.code || !strings.Contains(stdout+stderr, tt.want) {
				t.Errorf("status %d, want %d with %q in\n%s%s", code, tt.code, tt.want, stdout, stderr)
			}
		})
	}
	found, err := filepath.Glob(filepath.Join(b.data, "cache", "*"))
	if err != nil || len(found) == 0 {
		t.Errorf("no index is kept in /data/cache: %q, %v", found, err)
	}
	t.Run("serve", bareRoot{b.root, newVolume(t)}.lives)
}
