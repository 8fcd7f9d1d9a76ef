//go:build !race

package cli_test

// raceDetector tells whether the binary is built with the race detector, as this test is.
const raceDetector = false

// wholeDay is the day that is played where nothing slows the process down.
func wholeDay() daySize {
	if inShort() {
		return daySize{servers: 5, members: 200, early: 300, late: 600, flood: 60}
	}
	return daySize{servers: 40, members: 2000, early: 1000, late: 10_000, flood: 400}
}
