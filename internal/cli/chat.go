package cli

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"amur/internal/text"
	"amur/rag"
)

// chatMemory is how many earlier messages a conversation remembers.
const chatMemory = 20

func newChat(a *app) *cobra.Command {
	var lang string
	cmd := &cobra.Command{
		Use:   "chat",
		Short: "Ask several questions in a row, with follow-ups",
		Long: `chat reads a question a line and answers it in the light of the ones before. The conversation is kept in memory
only. An empty line or end of input (Ctrl-D) ends it; /new forgets what was said so far.`,
		Example: `  amur chat
  printf 'How big is the trade?\nand in 2022?\n' | amur chat`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			l, err := parseLang(lang)
			if err != nil {
				return err
			}
			return a.chat(cmd.Context(), l)
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language to answer in where a question does not tell: en, ru, uk, zh, zh-Hant")
	return cmd
}

func (a *app) chat(ctx context.Context, lang text.Lang) error {
	p, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer a.close(p)
	prompt := func() {}
	if f, ok := a.streams.In.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		prompt = func() { _, _ = fmt.Fprint(a.streams.Err, "? ") }
		defer func() { _, _ = fmt.Fprintln(a.streams.Err) }() // leave the line of the last prompt
	}
	var history []rag.Turn
	prompt()
	for line, err := range a.lines(ctx) {
		if err != nil {
			return err
		}
		question := strings.TrimSpace(line.text)
		switch question {
		case "":
			return nil
		case "/new":
			history = nil
		default:
			ans, page, err := a.watch(ctx, p, rag.Question{Text: question, History: history, Lang: p.language(lang), Asker: terminalAsker})
			if err != nil {
				return err
			}
			page.blank()
			if err := page.flush(); err != nil {
				return err
			}
			history = append(history, rag.Turn{Role: "user", Text: question}, rag.Turn{Role: "assistant", Text: ans.Text})
			history = history[max(0, len(history)-chatMemory):]
		}
		prompt()
	}
	return nil
}
