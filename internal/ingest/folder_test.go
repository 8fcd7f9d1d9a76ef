package ingest_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/ingest"
	"amur/knowledge"
)

const ferries = "The ferries carry nine tenths of the trade between the two towns.\n"

// write puts files into a new folder; names may hold folders.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// ids lists the ids of documents.
func ids(docs []knowledge.Document) []knowledge.DocumentID {
	var out []knowledge.DocumentID
	for _, d := range docs {
		out = append(out, d.ID)
	}
	return out
}

func TestFolder(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"b.md":               "# Ties\n\n" + ferries,
		"a.txt":              ferries,
		"A.html":             "<h1>Ties</h1><p>" + ferries,
		"Переправы/Паром.md": "# Паром\n\n" + "Паром ходит через реку каждый час.\n",
		"sub/b.md":           ferries,
		"sub-b.txt":          ferries,
		"empty.txt":          "",
		"office.docx":        "PK",
		"big.txt":            strings.Repeat(ferries, 200),
		".hidden.md":         ferries,
		".git/config.md":     ferries,
	})
	docs, skipped, err := ingest.Folder(t.Context(), dir, ingest.Options{MaxBytes: 4096, Taken: []knowledge.DocumentID{"b"}})
	if err != nil {
		t.Fatalf("Folder = %v", err)
	}
	want := []knowledge.DocumentID{"a", "a-2", "b-2", "sub-b", "sub-b-2", "переправы-паром"}
	if diff := cmp.Diff(want, ids(docs)); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	var lines []string
	for _, s := range skipped {
		lines = append(lines, s.String())
	}
	if diff := cmp.Diff([]string{
		"big.txt: the file has 0.0 MB, the limit is 0.0 MB: split it, or raise the limit",
		"empty.txt: " + ingest.ErrEmpty.Error(),
		"office.docx: " + ingest.ErrFormat.Error(),
	}, lines); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	for _, d := range docs {
		checkLaws(t, d)
	}
	if _, err := knowledge.New(docs); err != nil {
		t.Errorf("knowledge.New = %v", err)
	}
}

func TestFolderLinks(t *testing.T) {
	t.Parallel()
	outside := write(t, map[string]string{"secret.txt": ferries, "in/secret.txt": ferries})
	dir := write(t, map[string]string{"..data/mounted.txt": ferries, "sub/x.txt": ferries})
	for name, target := range map[string]string{
		"mounted.txt":  "..data/mounted.txt", // as a mounted volume of a cluster has it
		"out.txt":      filepath.Join(outside, "secret.txt"),
		"outdir":       outside,
		"circle.txt":   "circle.txt",
		"nowhere.txt":  "gone.txt",
		"folder.txt":   "sub",
		"sub/back.txt": "../../" + filepath.Base(outside) + "/secret.txt",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	docs, skipped, err := ingest.Folder(t.Context(), dir, ingest.Options{})
	if err != nil {
		t.Fatalf("Folder = %v", err)
	}
	if diff := cmp.Diff([]knowledge.DocumentID{"mounted", "sub-x"}, ids(docs)); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	var paths []string
	for _, s := range skipped {
		paths = append(paths, s.Path)
		if !strings.Contains(s.Err.Error(), "link") {
			t.Errorf("%s: %v, want a message about the link", s.Path, s.Err)
		}
	}
	want := []string{"circle.txt", "folder.txt", "nowhere.txt", "out.txt", "outdir", "sub/back.txt"}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
}

func TestFolderPassesOverPipes(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"a.txt": ferries})
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.txt"), 0o600); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	docs, skipped, err := ingest.Folder(t.Context(), dir, ingest.Options{})
	if err != nil || len(docs) != 1 || len(skipped) != 1 || !strings.Contains(skipped[0].Err.Error(), "not a regular file") {
		t.Errorf("Folder = %d documents, %v, %v; want one document and the pipe skipped", len(docs), skipped, err)
	}
}

func TestFolderUnreadable(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"a.txt": ferries, "b.txt": ferries})
	path := filepath.Join(dir, "b.txt")
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Open(path); err == nil {
		f.Close()
		againAsNobody(t)
		return
	}
	docs, skipped, err := ingest.Folder(t.Context(), dir, ingest.Options{})
	if err != nil || len(docs) != 1 || len(skipped) != 1 || !errors.Is(skipped[0].Err, syscall.EACCES) {
		t.Errorf("Folder = %d documents, %v, %v; want one document and b.txt skipped", len(docs), skipped, err)
	}
}

// againAsNobody runs the test in a process of a user who may not read everything, as the superuser may.
func againAsNobody(t *testing.T) {
	t.Helper()
	const nobody = 65534
	if os.Geteuid() == nobody {
		t.Fatal("a user without rights reads a file without permissions")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	copied := filepath.Join(dir, "test")
	if err := errors.Join(os.WriteFile(copied, program, 0o755), os.Chmod(dir, 0o777), os.Chmod(filepath.Dir(dir), 0o755)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), copied, "-test.v", "-test.run=^"+t.Name()+"$")
	cmd.Dir = dir
	cmd.Env = []string{"TMPDIR=" + dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("as a user without rights: %v\n%s", err, out)
	}
}

func TestFolderErrors(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"a.txt": ferries})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		name, dir string
		ctx       context.Context
		want      string
	}{
		{"no folder", filepath.Join(dir, "gone"), t.Context(), "no such file"},
		{"a file", filepath.Join(dir, "a.txt"), t.Context(), "not a directory"},
		{"ended", dir, ended, "canceled"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			docs, skipped, err := ingest.Folder(tt.ctx, tt.dir, ingest.Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), tt.dir) || docs != nil || skipped != nil {
				t.Errorf("Folder = %v, %v, %v; want nothing and %v", docs, skipped, err, tt.want)
			}
		})
	}
}

func TestOwnFrontMatter(t *testing.T) {
	t.Parallel()
	own := `---
id: rivers
lang: en
title: Rivers
updated: 2024-05-03
sources:
  harbour-2021: {title: Harbour book, publisher: Harbour, url: "https://harbour.example", published: 2021, kind: research}
---

## Who owns the ferries? {#owners}

The ferries belong to forty families.[^harbour-2021]

[^harbour-2021]: harbour-2021
`
	dir := write(t, map[string]string{
		"rivers.txt": ferries,
		"x.md":       own,
		"y.md":       strings.Replace(own, "families.[^harbour-2021]", "families.", 1),
		"z.md":       "---\ntitle: [\n---\n\n" + ferries,
	})
	docs, skipped, err := ingest.Folder(t.Context(), dir, ingest.Options{})
	if err != nil {
		t.Fatalf("Folder = %v", err)
	}
	if diff := cmp.Diff([]knowledge.DocumentID{"rivers-2", "rivers"}, ids(docs)); diff != "" {
		t.Fatalf("documents (-want +got):\n%s", diff)
	}
	if got := docs[1].Sections[0].ID; got != "rivers#owners" {
		t.Errorf("section = %q, want rivers#owners", got)
	}
	if len(skipped) != 2 || skipped[0].Path != "y.md" || skipped[1].Path != "z.md" || !strings.Contains(skipped[1].Err.Error(), "front matter") {
		t.Errorf("skipped = %v, want y.md by the rules of amur's own documents and z.md for its front matter", skipped)
	}
}
