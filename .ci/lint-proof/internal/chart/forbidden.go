package chart

import (
	"fmt"
	"log"
	"os"
	"time"
)

// Forbidden does what no package may do.
func Forbidden() {
	name := os.Getenv("NAME")   // want forbidigo
	_, _ = os.LookupEnv("NAME") // want forbidigo
	_ = os.Environ()            // want forbidigo
	_ = os.ExpandEnv("$NAME")   // want forbidigo
	_, _ = os.UserCacheDir()    // want forbidigo
	_, _ = os.UserConfigDir()   // want forbidigo
	_, _ = os.UserHomeDir()     // want forbidigo
	fmt.Println("name")         // want forbidigo
	print("name")               // want forbidigo
	time.Sleep(1)               // want forbidigo staticcheck
	if name == "" {
		panic("no name") // want forbidigo
	}
	if name == "a" {
		log.Fatal("name") // want forbidigo
	}
	os.Exit(1) // want forbidigo
}
