package cli_test

import (
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"amur/internal/config"
)

// instruction is a line of a Dockerfile: "ENV", "HOME=/data …".
type instruction struct{ name, rest string }

// dockerfile returns the instructions from each FROM on, the ones before it first; lines that go on are joined.
func dockerfile(t testing.TB) [][]instruction {
	t.Helper()
	data, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	stages := [][]instruction{nil}
	for line := range strings.Lines(strings.ReplaceAll(string(data), "\\\n", " ")) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch name {
		case "", "#":
			continue
		case "FROM":
			stages = append(stages, nil)
		}
		last := len(stages) - 1
		stages[last] = append(stages[last], instruction{name, strings.TrimSpace(rest)})
	}
	return stages
}

// final returns what follows the name in the last stage, in order.
func final(t testing.TB, name string) []string {
	t.Helper()
	stages := dockerfile(t)
	var found []string
	for _, i := range stages[len(stages)-1] {
		if i.name == name {
			found = append(found, i.rest)
		}
	}
	return found
}

// imageEnviron are the variables that the image sets.
func imageEnviron(t testing.TB) []string {
	t.Helper()
	return strings.Fields(strings.Join(final(t, "ENV"), " "))
}

func TestDockerfile(t *testing.T) {
	t.Parallel()
	want := map[string][]string{
		"USER":       {"65532:65532"},
		"VOLUME":     {"/data"},
		"WORKDIR":    {"/data"},
		"STOPSIGNAL": {"SIGTERM"},
		"ENTRYPOINT": {`["/amur"]`},
		"CMD":        {`["serve"]`},
		"RUN":        nil, // there is no shell
		"ADD":        nil,
		"FROM":       {"${BASE}"},
	}
	for name, rest := range want {
		if diff := cmp.Diff(rest, final(t, name)); diff != "" {
			t.Errorf("%s of the image (-want +got):\n%s", name, diff)
		}
	}
	if health := final(t, "HEALTHCHECK"); len(health) != 1 || !strings.HasSuffix(health[0], `CMD ["/amur", "healthcheck"]`) {
		t.Errorf("HEALTHCHECK %q", health)
	}
	stages := dockerfile(t)
	if len(stages) != 3 {
		t.Fatalf("%d stages, want 2", len(stages)-1)
	}
	images := 0
	for _, i := range stages[0] {
		if i.name != "ARG" {
			continue
		}
		images++
		if _, image, _ := strings.Cut(i.rest, "="); !fixed(image) {
			t.Errorf("image %q has no tag, or one that moves with every release", image)
		}
	}
	if images != 2 {
		t.Errorf("%d images, want 2", images)
	}
	build := ""
	for _, i := range stages[1] {
		build += i.name + " " + i.rest + "\n"
	}
	for _, part := range []string{"CGO_ENABLED=0", "-trimpath", `-ldflags="-s -w"`} {
		if !strings.Contains(build, part) {
			t.Errorf("the build lacks %s:\n%s", part, build)
		}
	}
}

// fixed reports whether an image is named with a tag that is not latest, or with a digest.
func fixed(image string) bool {
	name, _, digest := strings.Cut(image, "@sha256:")
	_, tag, tagged := strings.Cut(path.Base(name), ":")
	return digest || tagged && tag != "" && tag != "latest"
}

// TestImageGoVersion holds that the image is built with the Go that go.mod asks for.
func TestImageGoVersion(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	language := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(data))
	if language == nil {
		t.Fatal("go.mod names no version of Go")
	}
	if first := dockerfile(t)[0][0]; !strings.HasPrefix(first.rest, "GO=golang:"+language[1]+".") {
		t.Errorf("ARG %s, want Go %s", first.rest, language[1])
	}
}

// TestImageWritesToItsVolume holds that everything that is written by default lies in the one place that can be.
func TestImageWritesToItsVolume(t *testing.T) {
	t.Parallel()
	cfg, err := config.Load(configFile(t, ""), imageEnviron(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(cfg.Warnings) > 0 {
		t.Errorf("the image's variables are warned of: %q", cfg.Warnings)
	}
	cache, err := cfg.Cache.Path()
	if err != nil {
		t.Fatal(err)
	}
	state, err := cfg.Store.File()
	if err != nil {
		t.Fatal(err)
	}
	key, err := cfg.Store.KeyFile()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"/data/cache", "/data/amur.db", "/data/key"}, []string{cache, state, key}); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	if environ := imageEnviron(t); !slices.Contains(environ, "HOME=/data") || !slices.Contains(environ, "TMPDIR=/data") {
		t.Errorf("ENV %q: want HOME and TMPDIR in /data", environ)
	}
}

type compose struct {
	Services map[string]struct {
		Image       string            `yaml:"image"`
		User        string            `yaml:"user"`
		ReadOnly    bool              `yaml:"read_only"`
		Privileged  bool              `yaml:"privileged"`
		CapAdd      []string          `yaml:"cap_add"`
		CapDrop     []string          `yaml:"cap_drop"`
		SecurityOpt []string          `yaml:"security_opt"`
		Environment map[string]string `yaml:"environment"`
		Secrets     []string          `yaml:"secrets"`
		Volumes     []string          `yaml:"volumes"`
		Ports       []string          `yaml:"ports"`
		Profiles    []string          `yaml:"profiles"`
		Grace       string            `yaml:"stop_grace_period"`
		Network     string            `yaml:"network_mode"`
	} `yaml:"services"`
}

func TestCompose(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c compose
	if err := yaml.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	for name, s := range c.Services {
		if !fixed(s.Image) || s.Privileged || s.Network != "" || len(s.CapAdd) > 0 || !slices.Equal(s.CapDrop, []string{"ALL"}) ||
			!slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("service %s may do more than it must: %+v", name, s)
		}
		for _, port := range s.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("service %s: port %s is open to others", name, port)
			}
		}
	}
	amur, ok := c.Services["amur"]
	if !ok || amur.User != "65532:65532" || !amur.ReadOnly || amur.Grace != "35s" || len(amur.Profiles) > 0 {
		t.Errorf("service amur: user %q, read-only %t, grace %q, profiles %q", amur.User, amur.ReadOnly, amur.Grace, amur.Profiles)
	}
	if diff := cmp.Diff([]string{"data:/data"}, amur.Volumes); diff != "" {
		t.Errorf("volumes (-want +got):\n%s", diff)
	}
	if model := c.Services["model"]; len(c.Services) != 2 || len(model.Profiles) == 0 {
		t.Errorf("%d services; the model starts unasked: %t", len(c.Services), len(model.Profiles) == 0)
	}
	if _, inTheOpen := amur.Environment["AMUR_DISCORD_TOKEN"]; inTheOpen {
		t.Error("the token stands in the environment, where docker inspect shows it")
	}
	var environ []string
	for name, value := range amur.Environment {
		if secret, ok := strings.CutPrefix(value, "/run/secrets/"); ok {
			if !slices.Contains(amur.Secrets, secret) {
				t.Errorf("%s names the secret %s, which the service does not have", name, secret)
			}
			continue
		}
		if !strings.HasPrefix(value, "${") {
			environ = append(environ, name+"="+value)
			continue
		}
		environ = append(environ, name+"=") // from .env; empty is as good as none
	}
	cfg, err := config.Load(configFile(t, ""), environ)
	if err != nil || len(cfg.Warnings) > 0 {
		t.Errorf("the service's variables: %v, warnings %q", err, cfg.Warnings)
	}
}

// TestDockerignore holds that nothing of one machine goes to the build, and everything that git tracks, without which the
// version would be "dirty".
func TestDockerignore(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../.dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	var patterns []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			patterns = append(patterns, line)
		}
	}
	for _, private := range []string{"config.yaml", "secrets", ".env", "**/*.db"} {
		if !slices.Contains(patterns, private) {
			t.Errorf(".dockerignore lacks %s", private)
		}
	}
	cmd := exec.CommandContext(t.Context(), "git", "ls-files", "-z")
	cmd.Dir = "../.."
	files, err := cmd.Output()
	if err != nil {
		t.Skipf("git does not list the files: %v", err)
	}
	for file := range strings.SplitSeq(strings.TrimRight(string(files), "\x00"), "\x00") {
		top, _, _ := strings.Cut(file, "/")
		for _, p := range patterns {
			deep, anywhere := strings.CutPrefix(p, "**/")
			ignored, _ := path.Match(deep, path.Base(file))
			if !anywhere {
				ignored, _ = path.Match(p, top)
			}
			if ignored {
				t.Errorf(".dockerignore keeps %s from the build by %s", file, p)
			}
		}
	}
}
