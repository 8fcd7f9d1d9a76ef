package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"amur/internal/store"
)

// subject is whom a request is about: a member everywhere, a member in one server, or a server.
type subject struct{ user, server string }

func newPrivacy(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "privacy",
		Short: "Export or erase what is kept of a member or a server",
		Long: `privacy serves the requests of those whose data is kept. --user is a member in all servers and direct messages, --server a whole
server, both together a member in one server. Both verbs work while amur runs.`,
		Example: `  amur privacy export --user 112233445566778899
  amur privacy erase --server 998877665544332211 --yes`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newPrivacyExport(a), newPrivacyErase(a))
	return cmd
}

func newPrivacyExport(a *app) *cobra.Command {
	var who subject
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Print what is kept, as JSON",
		Long: `export prints what is kept of a member or a server as one JSON object. Questions are kept without their authors, so that no
member's are among it.`,
		Example: `  amur privacy export --user 112233445566778899 > member.json
  amur privacy export --server 998877665544332211 > server.json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if who.user != "" && who.server != "" {
				return usageError{hintError{errors.New("--user and --server together"), "export the one or the other; a member's export names the servers"}}
			}
			return a.withSubject(cmd.Context(), who, a.export)
		},
	}
	who.flags(cmd)
	return cmd
}

func newPrivacyErase(a *app) *cobra.Command {
	var who subject
	var yes bool
	cmd := &cobra.Command{
		Use:   "erase",
		Short: "Erase what is kept, for good",
		Long: `erase takes away what is kept: of a member the votes, reports and drafts, and whose question an answer replied to; of a server
everything. Counters and blocks of a member stay until they lapse. Erasures are noted in a journal beside the state, so that a
backup does not bring the data back.`,
		Example: `  amur privacy erase --user 112233445566778899 --yes
  amur privacy erase --user 112233445566778899 --server 998877665544332211 --yes`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !yes {
				return usageError{hintError{errors.New("what is erased cannot be brought back"), "look at it with 'amur privacy export', then give --yes"}}
			}
			return a.withSubject(cmd.Context(), who, a.erase)
		},
	}
	who.flags(cmd)
	cmd.Flags().BoolVar(&yes, "yes", false, "do it without another question")
	return cmd
}

func (w *subject) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&w.user, "user", "", "`id` of the member")
	cmd.Flags().StringVar(&w.server, "server", "", "`id` of the server")
}

func (w subject) validate() error {
	if w == (subject{}) {
		return usageError{hintError{errors.New("whose data?"), "give --user ID, --server ID or both"}}
	}
	for _, id := range []string{w.user, w.server} {
		if id != "" && !isID(id) {
			return usageError{hintError{fmt.Errorf("%q is no id of Discord's", id), "with Discord's developer mode on, right-click the member or server and copy the id"}}
		}
	}
	return nil
}

// withSubject opens the state that is there and does something with the data of a subject.
func (a *app) withSubject(ctx context.Context, who subject, do func(context.Context, *store.Store, subject) error) error {
	if err := who.validate(); err != nil {
		return err
	}
	cfg, err := a.config()
	if err != nil {
		return err
	}
	s, err := openExisting(ctx, cfg.Store)
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, s, who), s.Close())
}

func (a *app) export(ctx context.Context, s *store.Store, who subject) error {
	if who.server != "" {
		export, err := s.ExportServer(ctx, store.Server(who.server))
		if err != nil {
			return err
		}
		return writeJSON(a.streams.Out, export)
	}
	export, err := s.ExportMember(ctx, store.Member(who.user))
	if err != nil {
		return err
	}
	return writeJSON(a.streams.Out, export)
}

func (a *app) erase(ctx context.Context, s *store.Store, who subject) error {
	switch {
	case who.user == "":
		if err := s.EraseServer(ctx, store.Server(who.server)); err != nil {
			return err
		}
		return a.print("erased: everything of server %s\n", who.server)
	case who.server == "":
		if err := s.EraseMember(ctx, store.Member(who.user)); err != nil {
			return err
		}
		return a.print("erased: votes, reports and drafts of member %s\n", who.user)
	}
	if err := s.EraseMemberIn(ctx, store.Server(who.server), store.Member(who.user)); err != nil {
		return err
	}
	return a.print("erased: votes, reports and drafts of member %s in server %s\n", who.user, who.server)
}
