// Command amur stands for the real one: nothing in this file is an offence.
package main

import (
	"os"

	"amur/internal/cli"
	"amur/internal/config"
)

func main() { os.Exit(cli.Main(config.Environ())) }
