package bot_test

import (
	"flag"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the files of testdata/render anew")
	flag.Parse()
	os.Exit(m.Run())
}
