package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"amur/internal/config"
	"amur/knowledge"
	"amur/rag"
)

// index returns the index of base: from its snapshot where that is whole and fresh, else built and saved. Where the
// snapshot cannot be kept, the index lives in memory and a warning says so.
func (a *app) index(ctx context.Context, cfg config.Config, base *knowledge.Base, e rag.Embedder, progress func(done, total int)) (*rag.Index, error) {
	path, pathErr := snapshotPath(cfg, e.Model())
	vectors := a.builtinVectors(cfg, e.Model())
	if pathErr == nil {
		data, err := os.ReadFile(path)
		switch {
		case err == nil:
			index, err := rag.ReadSnapshot(ctx, data, base, e.Model())
			if err == nil {
				return index, nil
			}
			if ctx.Err() != nil {
				return nil, err
			}
			vectors = a.reuse(path, data, vectors, e.Model(), err)
		case !errors.Is(err, fs.ErrNotExist):
			a.warn(fmt.Sprintf("cannot read the saved index: %v; building it in memory", err))
		}
	}
	index, err := rag.Build(ctx, base, e, rag.BuildOptions{Vectors: vectors, Progress: progress})
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	if pathErr == nil {
		pathErr = saveSnapshot(path, index)
	}
	if pathErr != nil {
		a.warn(fmt.Sprintf("the index is not saved: %v; it is built anew each time. Set cache.dir to a folder that can be written", pathErr))
	}
	return index, nil
}

// reuse takes what is still good of a snapshot that cannot be used as it is.
func (a *app) reuse(path string, data []byte, vectors *rag.Vectors, model string, why error) *rag.Vectors {
	if errors.Is(why, rag.ErrDamaged) {
		a.warn(fmt.Sprintf("%s is damaged; building the index again", slashed(path)))
		return vectors
	}
	old, err := rag.SnapshotVectors(data)
	if err != nil || old.Model() != model {
		return vectors
	}
	old.Merge(vectors)
	return old
}

// builtinVectors returns the vectors that come with the built-in documents, or none for another model.
func (a *app) builtinVectors(cfg config.Config, model string) *rag.Vectors {
	v, err := rag.ReadVectors(knowledge.BuiltinVectors())
	if err != nil || v.Model() != model {
		return rag.NewVectors(model)
	}
	return v
}

// snapshotPath names the snapshot of a base and a model, so that several bases of one machine keep out of each other's
// way.
func snapshotPath(cfg config.Config, model string) (string, error) {
	dir, err := cfg.Cache.Path()
	if err != nil {
		return "", err
	}
	folder := ""
	if cfg.Knowledge.Dir != "" {
		if folder, err = filepath.Abs(cfg.Knowledge.Dir); err != nil {
			return "", err
		}
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%t\x00%s", folder, cfg.Knowledge.UsesBuiltin(), model))
	return filepath.Join(dir, "index-"+hex.EncodeToString(sum[:6])+".amur"), nil
}

// saveSnapshot writes the index beside path and renames it into place, so that at every moment the file is either the
// old one or the new one, whole, whatever else writes or dies at the time.
func saveSnapshot(path string, index *rag.Index) error {
	var b bytes.Buffer
	if err := index.WriteSnapshot(&b); err != nil {
		return err
	}
	return writeWhole(path, b.Bytes())
}

// writeWhole replaces the file at path with data, or leaves it as it was.
func writeWhole(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
