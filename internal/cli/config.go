package cli

import "github.com/spf13/cobra"

func newConfig(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "Print the settings in force, secrets hidden",
		Long: `config prints the settings that hold after defaults, the file (--config, AMUR_CONFIG or config.yaml in the working
folder), the environment and flags. config.example.yaml explains each.`,
		Example: `  amur config
  AMUR_ANSWER_MAX_SENTENCES=4 amur config --config amur.yaml`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			cfg, err := a.config()
			if err != nil {
				return err
			}
			return cfg.Dump(a.streams.Out)
		},
	}
}
