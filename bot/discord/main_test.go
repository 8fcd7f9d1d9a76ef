package discord_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets many tests run at once: nearly all the time they wait for discordgo, which takes a second to close a connection.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		os.Exit(1)
	}
	os.Exit(m.Run())
}
