package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"amur/knowledge"
)

// DefaultMaxBytes is the size up to which files are read unless Options says otherwise.
const DefaultMaxBytes = 20 << 20

// Options are the choices of the operator. The zero value works.
type Options struct {
	MaxBytes int64                  // size of the largest file that is read, in bytes; 0 means DefaultMaxBytes
	CacheDir string                 // folder for the PDF engine's compiled code; empty keeps it in memory
	Taken    []knowledge.DocumentID // ids of documents that will stand beside these
	Progress func(done, all int)    // told after each file; may be nil
}

// Skipped is a file that could not be read, with the reason and what to do about it. Path is relative to the folder.
type Skipped struct {
	Path string
	Err  error
}

// String names the file and the reason on one line.
func (s Skipped) String() string {
	return s.Path + ": " + strings.ReplaceAll(s.Err.Error(), "\n", "; ")
}

// Folder reads all documents of a folder and the folders in it, in the order of their paths. Names that begin with a dot
// are passed over. Links are followed to files within the folder, never out of it and never to folders. A file that cannot
// be read is in skipped and does not stop the others; err says that the folder itself cannot be read, or that ctx ended.
func Folder(ctx context.Context, dir string, opts Options) (docs []knowledge.Document, skipped []Skipped, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("open folder of documents %q: %w", dir, err)
	}
	defer root.Close()
	paths, skipped, err := list(root)
	if err != nil {
		return nil, nil, fmt.Errorf("list folder of documents %q: %w", dir, err)
	}
	engine := pdfEngine{cacheDir: opts.CacheDir}
	defer engine.close(ctx)
	taken := names{}
	for _, id := range opts.Taken {
		taken[string(id)]++
	}
	contents := make([]content, len(paths))
	for i, name := range paths {
		if err := ctx.Err(); err != nil {
			return nil, nil, fmt.Errorf("read folder of documents %q: %w", dir, err)
		}
		data, err := load(root, name, opts.MaxBytes)
		if err == nil {
			contents[i], err = read(ctx, name, data, &engine)
		}
		if err != nil {
			skipped = append(skipped, Skipped{Path: name, Err: err})
			paths[i] = ""
		} else if own := contents[i].own; own != nil {
			taken[string(own.ID)]++
		}
		if opts.Progress != nil {
			opts.Progress(i+1, len(paths))
		}
	}
	for i, name := range paths {
		switch {
		case name == "":
		case contents[i].own != nil:
			docs = append(docs, *contents[i].own)
		default:
			docs = append(docs, document(contents[i].page, name, taken))
		}
		contents[i] = content{}
	}
	slices.SortFunc(skipped, func(a, b Skipped) int { return strings.Compare(a.Path, b.Path) })
	return docs, skipped, nil
}

// list names the files of a folder, sorted, and those that are no files.
func list(root *os.Root) (paths []string, skipped []Skipped, err error) {
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case name != "." && strings.HasPrefix(path.Base(name), "."):
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case err != nil && name == ".":
			return err
		case err != nil:
			skipped = append(skipped, Skipped{Path: name, Err: access(err)})
			return fs.SkipDir
		case !entry.IsDir():
			paths = append(paths, name)
		}
		return nil
	})
	return paths, skipped, err
}

// load reads a file of the folder.
func load(root *os.Root, name string, limit int64) ([]byte, error) {
	if limit <= 0 {
		limit = DefaultMaxBytes
	}
	info, err := root.Stat(name) // before opening: opening a pipe would wait for its writer
	switch link, linkErr := root.Lstat(name); {
	case err != nil && linkErr == nil && link.Mode()&fs.ModeSymlink != 0:
		return nil, fmt.Errorf("the link leads out of the folder, in a circle or nowhere (%w): put the file itself into the folder", cause(err))
	case err != nil:
		return nil, access(err)
	case info.IsDir():
		return nil, errors.New("links to folders are not followed: put the folder itself here")
	case !info.Mode().IsRegular():
		return nil, errors.New("not a regular file: remove it from the folder")
	case info.Size() > limit:
		return nil, tooBig(info.Size(), limit)
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, access(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, access(err)
	}
	if int64(len(data)) > limit {
		return nil, tooBig(int64(len(data)), limit)
	}
	return data, nil
}

// tooBig says by how much a file passes the limit.
func tooBig(size, limit int64) error {
	const mega = 1 << 20
	return fmt.Errorf("the file has %.1f MB, the limit is %.1f MB: split it, or raise the limit", float64(size)/mega, float64(limit)/mega)
}

// access says what to do about a file that the system does not let amur read.
func access(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w: give the user that runs amur the right to read it", cause(err))
	}
	return fmt.Errorf("read: %w", cause(err))
}

// cause is an error without the path, which the message names already.
func cause(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}
