package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"amur/internal/config"
	"amur/knowledge"
	"amur/rag"
)

// prepared is an index that is ready to be searched.
type prepared struct {
	index    *rag.Index
	embedded int   // how many passages had to be embedded for it
	unsaved  error // why it is only in memory; nil when it is saved
}

// prepare returns the index of base: the one that comes with the built-in documents, or from its snapshot where that is
// whole and fresh, else built and saved.
func (a *app) prepare(ctx context.Context, cfg config.Config, base *knowledge.Base, e rag.Embedder) (prepared, error) {
	if index, err := rag.ReadSnapshot(ctx, knowledge.BuiltinVectors(), base, e.Model()); err == nil {
		return prepared{index: index}, nil
	}
	path, unsaved := snapshotPath(cfg, e.Model())
	var vectors *rag.Vectors
	if unsaved == nil {
		index, old, err := a.load(ctx, path, base, e.Model())
		if index != nil || err != nil {
			return prepared{index: index}, err
		}
		vectors = old
	}
	p, err := a.build(ctx, base, e, vectors)
	if err != nil {
		return prepared{}, err
	}
	if unsaved == nil {
		unsaved = saveSnapshot(path, p.index)
	}
	p.unsaved = unsaved
	return p, nil
}

// load reads the snapshot at path. Where it is of no use as it stands there is no index, but the vectors that are still
// good, if any. A file that cannot be read counts as none: saving the new one tells what is wrong with the place.
func (a *app) load(ctx context.Context, path string, base *knowledge.Base, model string) (*rag.Index, *rag.Vectors, error) {
	data, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return nil, nil, nil //nolint:nilerr // see above
	}
	index, err := rag.ReadSnapshot(ctx, data, base, model)
	switch {
	case err == nil:
		return index, nil, nil
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case errors.Is(err, rag.ErrDamaged):
		a.warn(fmt.Sprintf("the saved index %s is damaged; building it again", path))
		return nil, nil, nil
	}
	return nil, oldVectors(data), nil
}

// oldVectors takes out of a snapshot what can be used again, whatever documents it was made of; nil where that is
// nothing.
func oldVectors(snapshot []byte) *rag.Vectors {
	v, err := rag.SnapshotVectors(snapshot)
	if err != nil {
		return nil
	}
	return v
}

// build makes an index in memory. It embeds what neither known nor the vectors of the built-in documents hold.
func (a *app) build(ctx context.Context, base *knowledge.Base, e rag.Embedder, known *rag.Vectors) (prepared, error) {
	vectors := rag.NewVectors(e.Model())
	vectors.Merge(known)
	vectors.Merge(oldVectors(knowledge.BuiltinVectors()))
	var p prepared
	step, finish := a.progress("embedding")
	index, err := rag.Build(ctx, base, e, rag.BuildOptions{Vectors: vectors, Progress: func(done, total int) {
		p.embedded = total
		step(done, total)
	}})
	finish()
	if err != nil {
		return prepared{}, fmt.Errorf("index the documents: %w", err)
	}
	p.index = index
	return p, nil
}

// snapshotPath names the snapshot of a folder and a model, so that several folders on one machine keep out of each
// other's way.
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

func saveSnapshot(path string, index *rag.Index) error {
	var b bytes.Buffer
	if err := index.WriteSnapshot(&b); err != nil {
		return err
	}
	return writeWhole(path, b.Bytes())
}
