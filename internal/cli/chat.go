package cli

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"amur/rag"
)

// chatMemory is how many earlier messages a conversation remembers.
const chatMemory = 20

func newChat(a *app) *cobra.Command {
	var lang string
	cmd := &cobra.Command{
		Use:   "chat",
		Short: "Ask several questions in a row, with follow-ups",
		Long: "chat reads a question a line and answers it in the light of the ones before. The conversation is kept in memory\n" +
			"only. An empty line or end of input (Ctrl-D) ends it; /new forgets what was said so far.",
		Example: "  amur chat\n  printf 'How big is the trade?\\nand in 2022?\\n' | amur chat",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.chat(cmd.Context(), lang)
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language to answer in where a question does not tell: en, ru, uk, zh, zh-Hant")
	return cmd
}

func (a *app) chat(ctx context.Context, langFlag string) error {
	p, err := a.open(ctx)
	if err != nil {
		return err
	}
	lang, err := fallbackLanguage(langFlag, p.cfg)
	if err != nil {
		return err
	}
	prompt := func() {}
	if f, ok := a.streams.In.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		prompt = func() { _, _ = fmt.Fprint(a.streams.Err, "? ") }
	}
	lines := readLines(a.streams)
	var history []rag.Turn
	for {
		prompt()
		var l inputLine
		select {
		case <-ctx.Done():
			return ctx.Err()
		case l = <-lines:
		}
		question := strings.TrimSpace(l.text)
		switch {
		case l.err != nil:
			return fmt.Errorf("read standard input: %w", l.err)
		case l.end || question == "":
			return nil
		case question == "/new":
			history = nil
			continue
		}
		ans, err := p.answerer.Answer(ctx, rag.Question{Text: question, History: history, Lang: lang})
		if err != nil {
			return err
		}
		page := a.newPage()
		page.answer(ans, p.answerer.Index.Base())
		page.buffer.WriteString("\n")
		if err := page.flush(); err != nil {
			return err
		}
		history = append(history, rag.Turn{Role: "user", Text: question}, rag.Turn{Role: "assistant", Text: ans.Text})
		history = history[max(0, len(history)-chatMemory):]
	}
}

// inputLine is a line of standard input, or its end.
type inputLine struct {
	text string
	end  bool
	err  error
}

// readLines reads beside the conversation, so that an interrupt ends it while it waits for a line.
func readLines(s Streams) <-chan inputLine {
	out := make(chan inputLine)
	go func() {
		scanner := bufio.NewScanner(s.In)
		scanner.Buffer(nil, maxQuestion)
		for scanner.Scan() {
			out <- inputLine{text: scanner.Text()}
		}
		out <- inputLine{end: true, err: scanner.Err()}
	}()
	return out
}
