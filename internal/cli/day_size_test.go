//go:build !race

package cli_test

// raceDetector tells whether the binary is built with the race detector, as this test is.
const raceDetector = false

// wholeDay is the day that is played where nothing slows the process down.
func wholeDay() daySize {
	return daySize{servers: 40, members: 2000, early: 1000, late: 10_000, flood: 400}
}
