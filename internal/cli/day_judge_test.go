package cli_test

import (
	"slices"
	"time"
)

// judge holds what must be true at the end of the day.
func (d *day) judge() {
	d.Helper()
	d.inTime()
	for _, v := range d.fake.Violations() {
		d.Errorf("a rule of Discord was broken: %v", v)
	}
	for _, r := range d.fake.Records() {
		if r.Pings.Any() {
			d.Errorf("%s pings: %s", r.Route, r.Body)
		}
	}
}

// inTime holds that everything got a first reply in time, and a final one.
func (d *day) inTime() {
	d.Helper()
	const limit = 3 * time.Second
	var took []time.Duration
	for _, a := range d.acts {
		o := a.handle.Now()
		took = append(took, o.FirstAfter)
		switch {
		case a.handle.Err() != nil:
		case o.Answer == 0:
			d.Errorf("%s: %s got no reply", a.server, a.what)
		case o.FirstAfter > limit:
			d.Errorf("%s: %s got its first reply after %v", a.server, a.what, o.FirstAfter)
		case !d.words.final(o):
			d.Errorf("%s: %s got no final reply: %s", a.server, a.what, o.Message().Text())
		}
	}
	slices.Sort(took)
	if len(took) > 0 {
		d.Logf("%d interactions; first reply: median %v, p95 %v, at most %v", len(took), took[len(took)/2], took[len(took)*95/100], took[len(took)-1])
	}
}
