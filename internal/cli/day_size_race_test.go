//go:build race

package cli_test

// raceDetector tells whether the binary is built with the race detector, as this test is.
const raceDetector = true

// wholeDay is a smaller one: the race detector makes everything slow.
func wholeDay() daySize {
	return daySize{servers: 5, members: 200, early: 300, late: 600, flood: 60}
}
