package cli

import (
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

type askFlags struct {
	json, jsonl, passages, explain bool
	lang                           string
}

func newAsk(a *app) *cobra.Command {
	var f askFlags
	cmd := &cobra.Command{
		Use:   "ask QUESTION",
		Short: "Answer one question",
		Long: `ask answers a question in its own language (English, Russian, Ukrainian, Chinese) with sentences of the documents
or, where a language model is set, with its sentences, each checked against the documents; each has the number of its citation. Or
it says that the documents do not answer, and what comes nearest.

The exit status is 0 for an answer and 3 for a refusal. With --jsonl it is 0 when every line was replied to.`,
		Example: `  amur ask "Are China and Russia allies?"
  amur ask --passages "Каков товарооборот Китая и России?"
  amur ask --json "中俄贸易额是多少？"
  amur ask --knowledge ./papers "What does the report say about gas?"
  echo '{"question": "How big is the trade?"}' | amur ask --jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error {
			lang, err := parseLang(f.lang)
			if err != nil {
				return err
			}
			question := strings.TrimSpace(strings.ToValidUTF8(strings.Join(args, " "), "\ufffd"))
			switch {
			case f.explain && (f.json || f.jsonl):
				return usageError{hintError{errors.New("--explain is for reading"), "leave it out: the JSON object holds the passages with their scores"}}
			case f.jsonl && len(args) > 0:
				return usageError{hintError{errors.New("--jsonl takes no question"), `it reads {"question": "…"} lines from standard input`}}
			case f.jsonl:
				return a.askLines(cmd.Context(), lang)
			case question == "":
				return usageError{hintError{errors.New("no question"), `write it in quotes: amur ask "Are China and Russia allies?"`}}
			}
			return a.askOne(cmd.Context(), question, lang, f)
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

func (a *app) askOne(ctx context.Context, question string, lang text.Lang, f askFlags) error {
	p, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer a.close(p)
	q := rag.Question{Text: question, Lang: p.language(lang), Asker: terminalAsker}
	var ans rag.Answer
	if f.json {
		if ans, err = p.answerer.Answer(ctx, q); err == nil {
			err = writeJSON(a.streams.Out, ans)
		}
	} else {
		ans, err = a.showAnswer(ctx, p, q, f)
	}
	if err == nil && ans.Outcome == rag.Refused {
		return errRefused
	}
	return err
}

func (a *app) showAnswer(ctx context.Context, p parts, q rag.Question, f askFlags) (rag.Answer, error) {
	ans, page, err := a.watch(ctx, p, q)
	if err != nil {
		return rag.Answer{}, err
	}
	if f.passages {
		page.passages(ans)
	}
	if f.explain {
		explanation, err := p.answerer.Explain(ctx, q)
		if err != nil {
			return rag.Answer{}, err
		}
		page.explanation(explanation)
	}
	return ans, page.flush()
}

// askLines answers a question a line, in order, with one set of parts. A line that is not a question ends it with an
// error naming the line; the answers before it are out.
func (a *app) askLines(ctx context.Context, lang text.Lang) error {
	p, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer a.close(p)
	for line, err := range a.lines(ctx) {
		if err != nil {
			return err
		}
		if strings.TrimSpace(line.text) == "" {
			continue
		}
		q, err := readQuestion(line.text)
		if err != nil {
			return hintError{
				fmt.Errorf("standard input line %d: %w", line.number, err),
				`write an object a line: {"question": "…", "history": [{"role": "user", "text": "…"}]}`,
			}
		}
		q.Lang, q.Asker = p.language(lang), terminalAsker
		ans, err := p.answerer.Answer(ctx, q)
		if err != nil {
			return fmt.Errorf("standard input line %d: %w", line.number, err)
		}
		if err := writeJSON(a.streams.Out, ans); err != nil {
			return err
		}
	}
	return nil
}

// readQuestion reads one object of --jsonl.
func readQuestion(line string) (rag.Question, error) {
	d := json.NewDecoder(strings.NewReader(line))
	var object struct {
		Question *string    `json:"question"`
		History  []rag.Turn `json:"history"`
	}
	if err := d.Decode(&object); err != nil {
		return rag.Question{}, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return rag.Question{}, errors.New("something follows the object")
	}
	if object.Question == nil {
		return rag.Question{}, errors.New(`"question" is missing`)
	}
	q := rag.Question{Text: *object.Question, History: object.History}
	for _, turn := range q.History {
		if turn.Role != "user" && turn.Role != "assistant" {
			return rag.Question{}, fmt.Errorf("role %q in the history: use user or assistant", turn.Role)
		}
	}
	return q, nil
}
