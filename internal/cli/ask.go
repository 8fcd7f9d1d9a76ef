package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"amur/internal/text"
	"amur/rag"
)

// maxQuestion is the longest line of --jsonl, in bytes.
const maxQuestion = 1 << 20

type askFlags struct {
	json, jsonl, passages, explain bool
	lang                           string
}

func newAsk(a *app) *cobra.Command {
	var f askFlags
	cmd := &cobra.Command{
		Use:   "ask QUESTION",
		Short: "Answer one question",
		Long: "ask answers a question in its own language (English, Russian, Ukrainian, Chinese) with numbered citations, or says\n" +
			"that the documents do not answer it (exit status 3).",
		Example: "  amur ask \"Are China and Russia allies?\"\n" +
			"  amur ask --passages \"Каков товарооборот Китая и России?\"\n" +
			"  amur ask --json \"中俄贸易额是多少？\"\n" +
			"  amur ask --knowledge ./papers \"What does the report say about gas?\"\n" +
			"  amur ask --jsonl < questions.jsonl > answers.jsonl",
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.jsonl {
				if len(args) > 0 {
					return usageError{hintError{errors.New("--jsonl takes no question"), "it reads {\"question\": \"…\"} lines from standard input"}}
				}
				return a.askLines(cmd.Context(), f)
			}
			question := strings.TrimSpace(strings.Join(args, " "))
			if question == "" {
				return usageError{hintError{errors.New("no question"), "write it in quotes: amur ask \"Are China and Russia allies?\""}}
			}
			return a.askOne(cmd.Context(), question, f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.json, "json", false, "print the answer as one JSON object")
	flags.BoolVar(&f.jsonl, "jsonl", false, "read one JSON question a line from standard input, print one JSON answer a line")
	flags.StringVar(&f.lang, "lang", "", "language to answer in where the question does not tell: en, ru, uk, zh, zh-Hant")
	flags.BoolVar(&f.passages, "passages", false, "show the passages that were found")
	flags.BoolVar(&f.explain, "explain", false, "show the candidates with their scores and why the question was answered or refused")
	return cmd
}

func (a *app) askOne(ctx context.Context, question string, f askFlags) error {
	p, err := a.open(ctx)
	if err != nil {
		return err
	}
	lang, err := fallbackLanguage(f.lang, p.cfg)
	if err != nil {
		return err
	}
	q := rag.Question{Text: question, Lang: lang}
	ans, err := p.answerer.Answer(ctx, q)
	if err != nil {
		return err
	}
	if f.json {
		err = writeJSON(a.streams.Out, ans)
	} else {
		page := a.newPage()
		page.answer(ans, p.answerer.Index.Base())
		if f.passages {
			page.passages(ans)
		}
		if f.explain {
			explanation, explainErr := p.answerer.Explain(ctx, q)
			if explainErr != nil {
				return explainErr
			}
			page.explanation(explanation)
		}
		err = page.flush()
	}
	if err == nil && ans.Outcome == rag.Refused {
		return errRefused
	}
	return err
}

// askLines answers a question a line, in order, with one set of parts. A line that is not a question ends it with an
// error naming the line; the answers before it are out.
func (a *app) askLines(ctx context.Context, f askFlags) error {
	p, err := a.open(ctx)
	if err != nil {
		return err
	}
	lang, err := fallbackLanguage(f.lang, p.cfg)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(a.streams.In)
	lines.Buffer(nil, maxQuestion)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		q, err := readQuestion(lines.Bytes(), lang)
		if err != nil {
			return hintError{fmt.Errorf("standard input line %d: %w", n, err), `write {"question": "…", "history": [{"role": "user", "text": "…"}]}, an object a line`}
		}
		ans, err := p.answerer.Answer(ctx, q)
		if err != nil {
			return fmt.Errorf("standard input line %d: %w", n, err)
		}
		if err := writeJSON(a.streams.Out, ans); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read standard input: %w", err)
	}
	return nil
}

func readQuestion(line []byte, lang text.Lang) (rag.Question, error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	q := rag.Question{Lang: lang}
	if err := d.Decode(&q); err != nil {
		return rag.Question{}, err
	}
	if strings.TrimSpace(q.Text) == "" {
		return rag.Question{}, errors.New("the question is empty")
	}
	for _, turn := range q.History {
		if turn.Role != "user" && turn.Role != "assistant" {
			return rag.Question{}, fmt.Errorf("role %q: use user or assistant", turn.Role)
		}
	}
	return q, nil
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
