package cli

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// longWork is from when on work is shown: what is done sooner would only flicker.
const longWork = time.Second / 2

// progress returns a bar for long work on a terminal, with rate and time left, and what takes it away; elsewhere nothing
// is drawn.
func (a *app) progress(what string) (step func(done, total int), finish func()) {
	f, ok := a.streams.Err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(int, int) {}, func() {}
	}
	start := time.Now()
	var bar *progressbar.ProgressBar
	step = func(done, total int) {
		if bar == nil {
			if time.Since(start) < longWork {
				return
			}
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what),
				progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("texts"),
				progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
		}
		_ = bar.Set(done)
	}
	return step, func() {
		if bar != nil {
			_ = bar.Clear()
		}
	}
}

// spinner shows on a terminal that something is going on and what; elsewhere nothing is drawn. say changes the words, and
// stop takes it away until the next.
func (a *app) spinner() (say func(what string), stop func()) {
	f, ok := a.streams.Err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(string) {}, func() {}
	}
	var bar *progressbar.ProgressBar
	stop = func() {
		if bar != nil {
			_ = bar.Finish()
			bar = nil
		}
	}
	say = func(what string) {
		stop()
		bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what),
			progressbar.OptionSetSpinnerChangeInterval(longWork/4), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetElapsedTime(true))
		_ = bar.RenderBlank() // from now on it draws itself
	}
	return say, stop
}
