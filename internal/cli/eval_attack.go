package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"amur/internal/config"
	"amur/internal/eval"
	"amur/knowledge"
	"amur/rag"
)

// evalArgs tells sets of questions from pairs: --attack takes none of the former.
func evalArgs(f evalFlags, args []string) error {
	switch {
	case f.attack && len(args)+len(f.set)+len(f.mode) > 0:
		return usageError{hintError{errors.New("--attack asks no questions"), "leave out files, --set and --mode; --pairs names files of pairs"}}
	case f.attack:
		return nil
	case len(f.pairs) > 0:
		return usageError{hintError{errors.New("--pairs goes with --attack"), "write amur eval --attack --pairs FILE"}}
	case f.set != "" && len(args) > 0:
		return usageError{hintError{errors.New("--set takes a part of the questions that travel with amur"), "leave it or the files out"}}
	case f.mode != "" && f.mode != string(rag.ModeQuotes) && f.mode != string(rag.ModeModel):
		return usageError{hintError{fmt.Errorf("unknown mode %q", f.mode), "use quotes or model"}}
	}
	return nil
}

// attack scores the check of claims: on pairs of the given files, or without any on those made from the documents, beside
// the paraphrases of the built-in ones.
func (a *app) attack(ctx context.Context, f evalFlags) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	var pairs []eval.Pair
	if len(f.pairs) > 0 {
		pairs, err = readPairs(f.pairs)
	} else {
		pairs, err = a.corrupt(ctx, cfg, f.limit)
	}
	if err != nil {
		return err
	}
	e, err := a.embedder(cfg)
	if err != nil {
		return err
	}
	checker, err := newChecker(e)
	if err != nil {
		return err
	}
	progress, finish := a.progress("checking")
	report, err := eval.Attack(ctx, pairs, checker, eval.AttackOptions{Progress: progress})
	finish()
	if err != nil {
		return err
	}
	switch {
	case f.json:
		err = writeJSON(a.streams.Out, report)
	case f.fails:
		err = eval.WriteAttackFails(a.streams.Out, report.Fails())
	default:
		err = report.WriteTable(a.streams.Out)
	}
	if err != nil {
		return err
	}
	return missed(report.Check(f.gates))
}

// readPairs reads files of pairs, in their order.
func readPairs(files []string) ([]eval.Pair, error) {
	var pairs []eval.Pair
	for _, name := range files {
		data, err := os.ReadFile(filepath.Clean(name))
		if err != nil {
			return nil, fmt.Errorf("pairs: %w", err)
		}
		list, err := eval.ReadPairs(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		pairs = append(pairs, list...)
	}
	return pairs, nil
}

// corrupt makes pairs from the documents of the settings.
func (a *app) corrupt(ctx context.Context, cfg config.Config, limit int) ([]eval.Pair, error) {
	base, _, err := a.base(ctx, cfg)
	if err != nil {
		return nil, err
	}
	options := eval.CorruptOptions{Limit: limit}
	var paraphrases []eval.Pair
	if cfg.Knowledge.UsesBuiltin() {
		if options.Facts, err = eval.ReadFacts(bytes.NewReader(knowledge.BuiltinFacts())); err != nil {
			return nil, err
		}
		if paraphrases, err = eval.Paraphrases(); err != nil {
			return nil, err
		}
	}
	pairs, err := eval.Corrupt(base, options)
	if err != nil {
		return nil, err
	}
	if len(pairs) == 0 {
		return nil, hintError{
			errors.New("no sentence of the documents can be changed"),
			"claims are made of whole sentences in English, Russian or Chinese; give other documents, or pairs with --pairs",
		}
	}
	return append(pairs, paraphrases...), nil
}

// missed turns what a report's check of its gates found into the error of the verb.
func missed(misses []eval.Miss, err error) error {
	if err != nil {
		return usageError{err}
	}
	if len(misses) == 0 {
		return nil
	}
	lines := make([]string, len(misses))
	for i, m := range misses {
		lines[i] = "bar missed: " + m.String()
	}
	return errors.New(strings.Join(lines, "\n"))
}
