// Command amur answers questions about relations between China and Russia and cites every sentence of its answers.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"amur/internal/cli"
	"amur/internal/config"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once
	code := cli.Main(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, config.Environ())
	stop()
	os.Exit(code)
}
