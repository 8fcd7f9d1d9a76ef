package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"amur/internal/config"
	"amur/internal/store"
)

func newBackup(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the state, while amur runs",
		Long: `backup writes the state of one moment to a new file, whole or not at all, while amur runs. Texts stay encrypted in it:
keep the key (AMUR_STORE_KEY, or the file "key" beside the state) as well, in another place.`,
		Example: `  amur backup amur-2026-01-31.db
  docker compose exec amur /amur backup /data/amur-2026-01-31.db`,
		Args: oneArg("the file to write"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.backup(cmd.Context(), args[0]) },
	}
}

func (a *app) backup(ctx context.Context, file string) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	s, err := openExisting(ctx, cfg.Store)
	if err != nil {
		return err
	}
	err = s.Backup(ctx, file)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	return a.print("state copied to %s\n%s\n", file, keepKey(cfg.Store))
}

func keepKey(cfg config.Store) string {
	if cfg.Key.IsSet() {
		return "its texts are readable only with AMUR_STORE_KEY: keep that in another place"
	}
	path, err := cfg.KeyFile()
	if err != nil {
		path = "the file key"
	}
	return "its texts are readable only with the key in " + path + ": keep a copy of that in another place"
}

func newRestore(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the state, while amur is stopped",
		Long: `restore puts a backup in the place of the state. The state that was there is kept under another name, which is printed.
What was erased since the backup was made is erased again: for that, leave the file with the ending .erased beside the state,
and take it along to another machine.`,
		Example: `  amur restore amur-2026-01-31.db
  docker compose stop amur && docker compose run --rm amur restore /data/amur-2026-01-31.db`,
		Args: oneArg("the file to read"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.restore(cmd.Context(), args[0]) },
	}
}

func (a *app) restore(ctx context.Context, file string) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	path, err := cfg.Store.File()
	if err != nil {
		return err
	}
	kept, err := store.Restore(ctx, file, path)
	switch {
	case errors.Is(err, store.ErrInUse):
		return hintError{err, "stop amur, restore, and start it again"}
	case errors.Is(err, fs.ErrNotExist):
		return hintError{err, "name the file that 'amur backup' has written"}
	case err != nil:
		return err
	}
	if kept != "" {
		if err := a.print("the state that was there is kept as %s\n", kept); err != nil {
			return err
		}
	}
	s, err := openState(ctx, cfg.Store) // erases again what was erased since
	if err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	return a.print("state restored to %s\n", path)
}

// print writes to standard output; texts pass through clean.
func (a *app) print(format string, texts ...string) error {
	args := make([]any, len(texts))
	for i, t := range texts {
		args[i] = clean(t)
	}
	_, err := fmt.Fprintf(a.streams.Out, format, args...)
	return err
}

// oneArg takes exactly one argument and says what it is when it is missing.
func oneArg(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usageError{hintError{fmt.Errorf("name %s", what), "see '" + cmd.CommandPath() + " --help'"}}
		}
		return nil
	}
}
