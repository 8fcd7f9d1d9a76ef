package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"amur/internal/eval"
	"amur/knowledge"
	"amur/rag/verify"
)

// evalArgs tells sets of questions from pairs: --attack takes none of the former.
func evalArgs(f evalFlags, args []string) error {
	switch {
	case f.attack && len(args) > 0:
		return usageError{hintError{errors.New("--attack asks no questions"), "name files of pairs with --pairs, or leave them out"}}
	case f.attack:
		return nil
	case len(f.pairs) > 0:
		return usageError{hintError{errors.New("--pairs goes with --attack"), "write amur eval --attack --pairs FILE"}}
	case len(args) == 0:
		return usageError{hintError{errors.New("no set of questions"), "name one or more YAML files"}}
	}
	return nil
}

// attack scores the check of claims: on pairs of the given files, or without any on those made from the documents.
func (a *app) attack(ctx context.Context, f evalFlags) error {
	var pairs []eval.Pair
	for _, name := range f.pairs {
		data, err := os.ReadFile(filepath.Clean(name))
		if err != nil {
			return fmt.Errorf("pairs: %w", err)
		}
		list, err := eval.ReadPairs(bytes.NewReader(data))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		pairs = append(pairs, list...)
	}
	if len(f.pairs) == 0 {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		base, _, err := a.base(ctx, cfg)
		if err != nil {
			return err
		}
		options := eval.CorruptOptions{Limit: f.limit}
		if cfg.Knowledge.UsesBuiltin() {
			if options.Facts, err = eval.ReadFacts(bytes.NewReader(knowledge.BuiltinFacts())); err != nil {
				return err
			}
		}
		if pairs, err = eval.Corrupt(base, options); err != nil {
			return err
		}
		if len(pairs) == 0 {
			return hintError{errors.New("no sentence of the documents can be corrupted"), "give --pairs, or documents in English, Russian or Chinese"}
		}
	}
	checker, err := verify.New(verify.Options{})
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
