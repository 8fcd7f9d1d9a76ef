// Command summary judges what go test -json wrote: it prints the packages' closing lines, the output of tests that
// failed or were skipped, and "N passed, N failed, N skipped". It fails when a package or a test failed, when none
// ran, and, with CI=true, when one was skipped.
//
//	go run .ci/summary.go FILE
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

type event struct {
	Action, Package, ImportPath, Test, Output string
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	var closing, failures, skips strings.Builder
	counts := map[string]int{}
	said := map[[2]string]string{} // what a test, or with no name a package, has printed
	broken := false
	in := bufio.NewScanner(file)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		var e event
		if err := json.Unmarshal(in.Bytes(), &e); err != nil {
			fmt.Println(in.Text())
			broken = true
			continue
		}
		key := [2]string{e.Package + e.ImportPath, e.Test}
		switch e.Action {
		case "output", "build-output":
			said[key] += e.Output
			if e.Test == "" && (strings.HasPrefix(e.Output, "ok ") || strings.HasPrefix(e.Output, "FAIL\t")) {
				closing.WriteString(e.Output)
			}
		case "pass", "fail", "skip":
			if e.Test != "" {
				counts[e.Action]++
			}
			if e.Action == "fail" {
				broken = true
				failures.WriteString(said[key])
			} else if e.Action == "skip" && e.Test != "" {
				skips.WriteString(said[key])
			}
			delete(said, key)
		case "build-fail":
			broken = true
			failures.WriteString(said[key])
		}
	}
	if in.Err() != nil {
		fmt.Println(in.Err())
		broken = true
	}
	fmt.Print(failures.String(), skips.String(), closing.String())
	fmt.Printf("tests: %d passed, %d failed, %d skipped\n", counts["pass"], counts["fail"], counts["skip"])
	if broken || counts["pass"] == 0 || (counts["skip"] > 0 && os.Getenv("CI") == "true") {
		os.Exit(1)
	}
}
