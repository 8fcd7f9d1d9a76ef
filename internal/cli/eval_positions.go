package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"amur/internal/config"
	"amur/internal/eval"
	"amur/knowledge"
	"amur/rag"
)

func noModel() error {
	return usageError{hintError{
		errors.New("there is no language model to word answers"),
		"set llm.base_url and llm.model, or AMUR_LLM_BASE_URL and AMUR_LLM_MODEL",
	}}
}

// plainly puts every question to the model, whatever the program takes it for.
type plainly struct{ answerer *rag.Answerer }

func (p plainly) Answer(ctx context.Context, q rag.Question) (rag.Answer, error) {
	return p.answerer.AnswerPlainly(ctx, q)
}

// mirror measures how alike the model answers questions with their sides swapped, and keeps the score by topic.
func (a *app) mirror(ctx context.Context, p parts, questions []eval.Question, f evalFlags) error {
	p.answerer.Model.NeverFor = nil // what is not worded cannot be measured
	progress, finish := a.progress("asking")
	report, err := eval.Mirror(ctx, questions, plainly{p.answerer}, eval.Options{Workers: 1, Progress: progress})
	finish()
	if errors.Is(err, eval.ErrNoModel) {
		return hintError{err, "'amur check' says what is wrong with it"}
	}
	if err != nil {
		return err
	}
	if err := saveMirror(p.cfg, newMirrorScore(p, report)); err != nil {
		a.warn(fmt.Sprintf("the score is not kept for 'amur check': %v", err))
	}
	switch {
	case f.json:
		err = writeJSON(a.streams.Out, report)
	case f.fails:
		err = report.WriteFails(a.streams.Out)
	default:
		err = report.WriteTable(a.streams.Out)
	}
	if err != nil {
		return err
	}
	return missed(report.Check(f.gates))
}

// mirrorScore is what is kept of the measurement: which model it is of, when, and how many pairs of each topic passed.
type mirrorScore struct {
	Model  string                                `json:"model"`
	Date   string                                `json:"date"` // YYYY-MM-DD, UTC
	Topics map[knowledge.DocumentID]mirrorCounts `json:"topics"`
}

type mirrorCounts struct {
	Passed int `json:"passed"`
	Pairs  int `json:"pairs"`
}

func newMirrorScore(p parts, report eval.MirrorReport) mirrorScore {
	s := mirrorScore{
		Model: p.cfg.LLM.Model, Date: time.Now().UTC().Format(time.DateOnly),
		Topics: map[knowledge.DocumentID]mirrorCounts{},
	}
	for topic, rate := range report.Topics() {
		s.Topics[topic] = mirrorCounts{rate.Passed, rate.Total}
	}
	return s
}

func mirrorPath(cfg config.Config) (string, error) {
	dir, err := cfg.Cache.Path()
	return filepath.Join(dir, "positions.json"), err
}

func saveMirror(cfg config.Config, s mirrorScore) error {
	path, err := mirrorPath(cfg)
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(path, append(data, '\n'))
}

// readMirror reads the score that is kept; false when there is none for the model of the settings.
func readMirror(cfg config.Config) (mirrorScore, bool, error) {
	path, err := mirrorPath(cfg)
	if err != nil {
		return mirrorScore{}, false, nil //nolint:nilerr // nothing is kept without a cache folder
	}
	data, err := os.ReadFile(filepath.Clean(path))
	if errors.Is(err, fs.ErrNotExist) {
		return mirrorScore{}, false, nil
	}
	if err != nil {
		return mirrorScore{}, false, err
	}
	var s mirrorScore
	if err := json.Unmarshal(data, &s); err != nil {
		return mirrorScore{}, false, fmt.Errorf("%s: %w", path, err)
	}
	return s, s.Model == cfg.LLM.Model, nil
}
