package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"amur/internal/store"
)

func newWhy(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "why INCIDENT",
		Short: "Show what is known of a failure by the code that it was shown with",
		Long: `why shows the server, channel, time, outcome and passages behind a code that a member was shown when something broke. It
shows no text: none is kept. The log has a line with the same code and the error.`,
		Example: "  amur why A7F3",
		Args:    oneArg("the code"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.why(cmd.Context(), args[0]) },
	}
}

func (a *app) why(ctx context.Context, incident string) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	s, err := openExisting(ctx, cfg.Store)
	if err != nil {
		return err
	}
	answers, err := s.AnswersOfIncident(ctx, strings.ToUpper(incident))
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	if len(answers) == 0 {
		return hintError{
			fmt.Errorf("nothing is known of incident %q", incident),
			fmt.Sprintf("records are kept for %d days; the log may have a line with the code", int(store.AnswersKept.Hours())/24),
		}
	}
	page := a.newPage()
	for i, answer := range answers {
		if i > 0 {
			page.blank()
		}
		page.incident(answer)
	}
	return page.flush()
}

// incident prints the record of an answer.
func (p *page) incident(answer store.Answer) {
	field := func(name, value string) {
		p.paragraph(fmt.Sprintf("%-9s ", name), strings.Repeat(" ", 10), cmp.Or(value, "-"), plain)
	}
	place := string(answer.Server)
	if place == "" {
		place = "direct messages"
	}
	field("time", answer.Created.UTC().Format(time.RFC3339))
	field("server", place)
	field("channel", string(answer.Channel))
	field("outcome", answer.Outcome)
	field("mode", answer.Mode)
	field("language", answer.Language)
	field("edition", answer.Edition)
	for _, passage := range answer.Passages {
		field("passage", fmt.Sprintf("%s (%s), bytes %d to %d", passage.Passage, passage.Section, passage.Start, passage.End))
	}
}
