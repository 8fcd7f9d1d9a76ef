// Package cli is amur's command line: one file a verb, and the wiring of the other packages. It decides where files
// live, what is printed and with which status a process ends; it knows no retrieval and no documents.
//
// Exit status: 0 done or answered, 1 something failed or was interrupted, 2 the command was used wrongly, 3 the question
// was refused.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Exit statuses of the process.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
	exitRefused = 3
)

// Streams are what a command reads and writes.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// errRefused ends a process whose question was refused: not a failure, nothing more is printed.
var errRefused = errors.New("refused")

// usageError is a command used wrongly.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// hintError is an error with a known next step.
type hintError struct {
	err  error
	hint string
}

func (e hintError) Error() string { return e.err.Error() }
func (e hintError) Unwrap() error { return e.err }

// Main runs one command and returns the exit status. environ is the process's environment as KEY=value pairs. It
// returns when the command is done or ctx is cancelled.
func Main(ctx context.Context, args []string, streams Streams, environ []string) int {
	return (&app{streams: streams, environ: environ}).main(ctx, args)
}

func (a *app) main(ctx context.Context, args []string) int {
	a.knows(nil)
	root := newRoot(a) //nolint:contextcheck // commands get it from ExecuteContext
	root.SetArgs(args)
	root.SetIn(a.streams.In)
	root.SetOut(a.streams.Out)
	root.SetErr(a.streams.Err)
	return a.report(ctx, root.ExecuteContext(ctx))
}

// report prints what went wrong, once, and chooses the status.
func (a *app) report(ctx context.Context, err error) int {
	w := a.streams.Err
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errRefused):
		return exitRefused
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		_, _ = fmt.Fprintln(w, "amur: stopped")
		return exitFailure
	}
	for line := range strings.Lines(strings.TrimRight(err.Error(), "\n")) {
		_, _ = fmt.Fprintln(w, "amur: error: "+clean(a.redactor.Load().text(strings.TrimRight(line, "\n"))))
	}
	if hint, ok := errors.AsType[hintError](err); ok {
		_, _ = fmt.Fprintln(w, "amur: hint: "+clean(a.redactor.Load().text(hint.hint)))
	}
	if _, ok := errors.AsType[usageError](err); ok {
		return exitUsage
	}
	return exitFailure
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "amur",
		Short: "Answers about China and Russia, every sentence cited",
		Long: `amur answers questions about relations between China and Russia from a set of documents and cites the section
behind every sentence. It needs no key, no account and no network; to be the bot in Discord, a token (amur serve).`,
		Example: `  amur ask "Are China and Russia allies?"
  amur chat
  amur docs trade#volume`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{hintError{fmt.Errorf("unknown command %q", args[0]), "'amur help' lists the commands; to ask something: amur ask \"…\""}}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{hintError{err, "see '" + cmd.CommandPath() + " --help'"}}
	})
	flags := root.PersistentFlags()
	flags.StringVar(&a.configFile, "config", "", "settings `file` (YAML); see 'amur config'")
	flags.StringVar(&a.knowledgeDir, "knowledge", "", "`folder` of documents to answer from instead of the built-in ones")
	root.AddCommand(
		newAsk(a), newChat(a), newDocs(a), newIndex(a), newEmbed(a), newEval(a), newCheck(a), newConfig(a), newVersion(a),
		newServe(a), newHealthcheck(a), newInvite(a), newBackup(a), newRestore(a), newPrivacy(a), newWhy(a),
	)
	return root
}

// noArgs is cobra.NoArgs with the status of wrong use.
func noArgs(cmd *cobra.Command, args []string) error {
	if err := cobra.NoArgs(cmd, args); err != nil {
		return usageError{hintError{err, "see '" + cmd.CommandPath() + " --help'"}}
	}
	return nil
}
