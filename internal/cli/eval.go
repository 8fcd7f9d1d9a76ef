package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"amur/internal/eval"
	"amur/knowledge"
	"amur/rag"
)

type evalFlags struct {
	json, fails, ceiling bool
	attack               bool
	gates                []eval.Gate
	sources              []string
	pairs                []string
	limit                int
	set, mode            string
}

// gateFlag reads one of the flags that set bars. Both flags add to one list, so that bars are reported in the order in
// which they were given.
type gateFlag struct {
	gates *[]eval.Gate
	bound eval.Bound
}

func (f gateFlag) String() string { return "" }
func (f gateFlag) Type() string   { return "name=value" }

func (f gateFlag) Set(s string) error {
	g, err := eval.ParseGate(s, f.bound)
	if err != nil {
		return err
	}
	*f.gates = append(*f.gates, g)
	return nil
}

func newEval(a *app) *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "eval [FILE...]",
		Short: "Score the answers to sets of questions",
		Long: `eval asks every question of the given sets and scores retrieval, answers, citations, refusals and tact, by kind and
by language, with the counts. With --min and --max it fails (exit status 1) when a rate misses its bar. Without files it
asks those that travel with amur; --set takes a part of them: dev, further, or a kind such as positions.

Answers are quotations, which come out the same each time. With --mode model the language model of the settings words
them, and the report says what the check did to its sentences and what it took. With a model set, --set positions puts
questions with their sides swapped to it, and keeps by topic how alike it answers them, for 'amur check'.

With --attack it scores the check of claims instead: it changes sentences of the documents by rule (a number, a date, a
name, a "not") and counts how many of the changed ones are caught, and how many true ones are wrongly dropped.`,
		Example: `  amur eval
  amur eval internal/eval/testdata/dev2.yaml
  amur eval --mode model --set dev --min model.precision.after=1
  amur eval --set positions --fails
  amur eval --fails dev.yaml dev2.yaml dev3.yaml
  amur eval --min answer.pass.en=0.82 --max refusal.false=0.08 dev2.yaml
  amur eval --sources cfr-2024 dev2.yaml
  amur eval --attack --min attack.number=0.95
  amur eval --attack --fails --pairs internal/eval/testdata/pairs-dev.yaml`,
		Args: func(_ *cobra.Command, args []string) error { return evalArgs(f, args) },
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.attack {
				return a.attack(cmd.Context(), f)
			}
			questions, err := readQuestions(args, f.set)
			if err != nil {
				return err
			}
			return a.eval(cmd.Context(), questions, f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.json, "json", false, "print the report as JSON")
	flags.BoolVar(&f.fails, "fails", false, "list the questions that failed, with the answers and why")
	flags.BoolVar(&f.ceiling, "ceiling", false, "list the questions that even the sentences of the gold facts do not answer")
	flags.Var(gateFlag{&f.gates, eval.AtLeast}, "min", "fail when this rate is lower; may be given several times")
	flags.Var(gateFlag{&f.gates, eval.AtMost}, "max", "fail when this rate is higher; may be given several times")
	flags.StringSliceVar(&f.sources, "sources", nil, "use only sentences that rest on these `sources`, such as cfr-2024")
	flags.BoolVar(&f.attack, "attack", false, "score the check of claims on sentences of the documents that were changed by rule")
	flags.StringSliceVar(&f.pairs, "pairs", nil, "with --attack, score these `files` of claims and passages instead")
	flags.StringVar(&f.set, "set", "", "without files, the `name` of what to ask: all, dev, further, or a kind of question")
	flags.StringVar(&f.mode, "mode", "", "who words the answers: quotes or model (default quotes)")
	flags.IntVar(&f.limit, "limit", 24, "with --attack, make at most this many pairs of each kind and pair of languages; 0 means all")
	return cmd
}

// readQuestions reads the questions of files, or without any those of a set that travels with amur.
func readQuestions(files []string, set string) ([]eval.Question, error) {
	if len(files) == 0 {
		questions, err := eval.Set(cmp.Or(set, eval.SetAll))
		if err != nil {
			return nil, usageError{err}
		}
		return questions, nil
	}
	var questions []eval.Question
	for _, name := range files {
		data, err := os.ReadFile(filepath.Clean(name))
		if err != nil {
			return nil, fmt.Errorf("set of questions: %w", err)
		}
		set, err := eval.Read(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		questions = append(questions, set...)
	}
	return questions, nil
}

func (a *app) eval(ctx context.Context, questions []eval.Question, f evalFlags) error {
	p, err := a.openRestricted(ctx, f.sources)
	if err != nil {
		return err
	}
	defer a.close(p)
	if p.answerer.Model != nil {
		p.answerer.Model.Log = nil // the report says why answers fall back
	}
	if f.set == string(eval.Positions) && f.mode != string(rag.ModeQuotes) && p.answerer.Model != nil {
		return a.mirror(ctx, p, questions, f)
	}
	base := p.answerer.Index().Base()
	options := eval.Options{Workers: 1, Section: base.Section}
	switch {
	case f.mode != string(rag.ModeModel):
		p.answerer.Model = nil
	case p.answerer.Model == nil:
		return noModel()
	default:
		options.Checker = p.answerer.Model.Checker
	}
	if p.cfg.Knowledge.UsesBuiltin() {
		facts, err := eval.ReadFacts(bytes.NewReader(knowledge.BuiltinFacts()))
		if err != nil {
			return err
		}
		options.Gold = facts.Gold(base.Section, nil)
	}
	progress, finish := a.progress("asking")
	options.Progress = progress
	report, err := eval.Run(ctx, questions, p.answerer, options)
	finish()
	if err != nil {
		return err
	}
	return a.printReport(report, f)
}

func (a *app) printReport(report eval.Report, f evalFlags) error {
	var err error
	switch {
	case f.json:
		err = writeJSON(a.streams.Out, report)
	case f.fails:
		err = eval.WriteFails(a.streams.Out, report.Fails())
	case f.ceiling:
		err = eval.WriteFails(a.streams.Out, report.CeilingFails())
	default:
		err = report.WriteTable(a.streams.Out)
	}
	if err != nil {
		return err
	}
	return missed(report.Check(f.gates))
}

// openRestricted is open over the part of the base that rests on the given sources; no sources mean all of it. The
// index of a part is not saved, so that it does not take the place of the whole.
func (a *app) openRestricted(ctx context.Context, sources []string) (parts, error) {
	if len(sources) == 0 {
		return a.open(ctx)
	}
	cfg, err := a.config()
	if err != nil {
		return parts{}, err
	}
	m, err := a.read(ctx, cfg)
	if err != nil {
		return parts{}, err
	}
	keys := make([]knowledge.SourceKey, len(sources))
	for i, s := range sources {
		keys[i] = knowledge.SourceKey(s)
	}
	base, err := m.base.Only(keys...)
	if err != nil {
		return parts{}, usageError{hintError{err, "documents name their sources' ids in their front matter; leave --sources out to use all"}}
	}
	var known *rag.Vectors
	if path, err := snapshotPath(cfg, m.embedder.Model()); err == nil {
		if data, err := os.ReadFile(filepath.Clean(path)); err == nil {
			known = oldVectors(data)
		}
	}
	p, err := a.build(ctx, base, m.embedder, known)
	if err != nil {
		return parts{}, err
	}
	return a.newParts(ctx, cfg, m, p.index)
}
