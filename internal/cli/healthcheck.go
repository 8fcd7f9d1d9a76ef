package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"amur/internal/web"
)

// healthTime is how long a process that lives may take to say so.
const healthTime = 3 * time.Second

func newHealthcheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask the running amur whether it lives",
		Long: `healthcheck asks admin.listen whether the process lives: exit status 0 when it does, 1 when not. Whether Discord can be
reached makes no difference; /readyz of the same listener tells that.`,
		Example: "  amur healthcheck",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.healthcheck(cmd.Context()) },
	}
}

func (a *app) healthcheck(ctx context.Context) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	if cfg.Admin.Listen == "" {
		return hintError{errors.New("admin.listen is empty, so there is nobody to ask"), "set admin.listen, such as 127.0.0.1:9464"}
	}
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	if err := web.Healthy(ctx, cfg.Admin.Listen); err != nil {
		return hintError{fmt.Errorf("no sign of life: %w", err), "see that 'amur serve' runs, with the same admin.listen"}
	}
	return nil
}
