package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"amur/knowledge"
)

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version of the program and of the built-in documents",
		Example: "  amur version",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			base, err := knowledge.Builtin()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.streams.Out, "amur %s (%s %s/%s)\ndocuments: edition %s\n",
				programVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH, edition(base))
			return err
		},
	}
}

// programVersion is the module's version, else the commit that was built.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (version == "" || version == "(devel)") {
			version = s.Value[:min(12, len(s.Value))]
		}
	}
	return version
}
