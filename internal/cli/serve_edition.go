package cli

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"amur/bot"
	"amur/internal/config"
	"amur/rag/factcheck"
)

// edition reads the documents and makes what answers from them.
func (s *service) edition(ctx context.Context, cfg config.Config) (*bot.Edition, error) {
	m, err := s.app.read(ctx, cfg)
	if err != nil {
		return nil, err
	}
	p, err := s.app.prepare(ctx, cfg, m.base, m.embedder)
	if err != nil {
		return nil, err
	}
	if p.unsaved != nil {
		s.log.WarnContext(ctx, "index not saved, it is built anew at each start: set cache.dir to a folder that can be written", "err", p.unsaved)
	}
	answerer, err := newAnswerer(cfg, m, p.index)
	if err != nil {
		return nil, err
	}
	claims, err := newChecker(m.embedder)
	if err != nil {
		return nil, err
	}
	checker, err := factcheck.New(answerer, claims)
	if err != nil {
		return nil, err
	}
	if answerer.Model, err = s.app.worder(cfg, m.base, claims); err != nil {
		return nil, err
	}
	if answerer.Model != nil {
		answerer.Model.Budget = budget{s.state.Budget(limits(cfg.LLM.Budget), nil), s.app.warn}
	}
	return &bot.Edition{Name: edition(m.base), Base: m.base, Answerer: answerer, Checker: checker, Claims: claims, Embedder: m.embedder}, nil
}

// watchChanges reads documents and settings anew on SIGHUP, and when their files have changed and then stayed as they are for a look.
func (s *service) watchChanges(ctx context.Context, cfg config.Config) {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	look := time.NewTicker(cmp.Or(s.app.lookEvery, 15*time.Second))
	defer look.Stop()
	loaded, before := stamp(cfg), stamp(cfg)
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangup:
		case <-look.C:
			now := stamp(cfg)
			settled := now == before
			before = now
			if now == loaded || !settled {
				continue
			}
		}
		if next, err := s.reload(ctx); err != nil {
			s.log.ErrorContext(ctx, "not reloaded: everything stays as it was", "err", err)
		} else {
			cfg = next
		}
		loaded = stamp(cfg)
		before = loaded
	}
}

// reload takes over new settings and documents: both, or on an error neither.
func (s *service) reload(ctx context.Context) (config.Config, error) {
	cfg, err := s.app.config()
	if err != nil {
		return config.Config{}, err
	}
	edition, err := s.edition(ctx, cfg)
	if err != nil {
		return config.Config{}, err
	}
	s.live.Load().bot.Obey(policy(cfg))
	s.loaded(edition)
	if err := s.live.Load().bot.Reload(ctx, edition); err != nil {
		s.log.ErrorContext(ctx, "reloaded, but not all pins were looked at", "err", err)
	}
	s.log.InfoContext(ctx, "reloaded", "edition", edition.Name, "passages", len(edition.Base.Passages()))
	return cfg, nil
}

// stamp names the state of the settings file and of the folder of documents: names, sizes and times. What cannot be read is
// part of the name; that it cannot be read is for the reload to say.
func stamp(cfg config.Config) string {
	h := sha256.New()
	note := func(path string, info fs.FileInfo, err error) {
		if err != nil {
			_, _ = fmt.Fprintf(h, "%q %v\n", path, err)
			return
		}
		_, _ = fmt.Fprintf(h, "%q %d %d\n", path, info.Size(), info.ModTime().UnixNano())
	}
	if cfg.File != "" {
		info, err := os.Stat(cfg.File)
		note(cfg.File, info, err)
	}
	if cfg.Knowledge.Dir != "" {
		_ = filepath.WalkDir(cfg.Knowledge.Dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				note(path, nil, err)
				return nil
			}
			info, err := d.Info()
			note(path, info, err)
			return nil
		})
	}
	return hex.EncodeToString(h.Sum(nil))
}
