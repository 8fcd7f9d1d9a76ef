package eval

import (
	"encoding/json"
	"slices"
	"time"

	"amur/internal/text"
	"amur/rag/verify"
)

// AttackReport is a scored set of pairs. It is immutable.
type AttackReport struct {
	Results []AttackResult // in the order of the pairs
	rates   rates
	fired   map[PairKind]map[verify.Kind]int // "" counts the claims that were kept
}

// Names of rates: "attack" counts all corrupted claims and "attack.negation" those of a kind; "paraphrase.dropped" and the
// like count supported ones. Behind them a language, as in "attack.negation.ru", is that of claim and passage; ".cross"
// is for claims in another language than their passage, and "attack.negation.cross.ru" for such claims in Russian.
const (
	mAttack       = "attack"
	suffixCross   = "cross"
	suffixDropped = "dropped"
)

// AttackMetrics lists the rates in the order of the table.
func AttackMetrics() []Metric {
	metrics := []Metric{{mAttack, "corrupted claims caught, of all kinds", high}}
	for _, k := range corruptedKinds() {
		metrics = append(metrics, Metric{k.metric(), "those of kind " + string(k), high})
	}
	for _, k := range supportedKinds() {
		metrics = append(metrics, Metric{k.metric(), "supported claims wrongly dropped: " + string(k), low})
	}
	return metrics
}

func (k PairKind) metric() string {
	if k.supported() {
		return string(k) + "." + suffixDropped
	}
	return mAttack + "." + string(k)
}

func newAttackReport(results []AttackResult) AttackReport {
	r := AttackReport{Results: results, rates: rates{}, fired: map[PairKind]map[verify.Kind]int{}}
	for _, result := range results {
		p := result.Pair
		names := []string{p.Kind.metric()}
		if !p.Kind.supported() {
			names = append(names, mAttack)
		}
		suffixes := []string{"", "." + string(p.ClaimLang)}
		if p.across() {
			suffixes = []string{"", "." + suffixCross, "." + suffixCross + "." + string(p.ClaimLang)}
		}
		for _, name := range names {
			for _, suffix := range suffixes {
				rate := r.rates[name+suffix]
				rate.Total++
				if !result.Verdict.OK {
					rate.Passed++ // caught, or wrongly dropped
				}
				r.rates[name+suffix] = rate
			}
		}
		if r.fired[p.Kind] == nil {
			r.fired[p.Kind] = map[verify.Kind]int{}
		}
		r.fired[p.Kind][result.Verdict.Reason.Kind]++
	}
	return r
}

// Rate gives a rate by its full name, such as "attack.number.ru"; false when no pair counts for it.
func (r AttackReport) Rate(name string) (Rate, bool) { return r.rates.rate(name) }

// Names lists the rates for which a pair counts, sorted.
func (r AttackReport) Names() []string { return r.rates.names() }

// Check compares the report with the gates, as [Report.Check] does.
func (r AttackReport) Check(gates []Gate) ([]Miss, error) {
	return r.rates.check(gates, AttackMetrics(), "pair")
}

// Latency says how long checks took: the middle one, the one that 95 of 100 do not exceed, and the longest.
type Latency struct {
	Claims        int
	P50, P95, Max time.Duration
}

// Latency is over the claims in the language of their passage, or over those in another one.
func (r AttackReport) Latency(across bool) Latency {
	var took []time.Duration
	for _, result := range r.Results {
		if result.Pair.across() == across {
			took = append(took, result.Took)
		}
	}
	if len(took) == 0 {
		return Latency{}
	}
	slices.Sort(took)
	at := func(percent int) time.Duration { return took[(len(took)-1)*percent/100] }
	return Latency{len(took), at(50), at(95), took[len(took)-1]}
}

// AttackFail is a pair with the wrong verdict.
type AttackFail struct {
	Pair
	Reason  verify.Kind `json:"reason,omitempty"` // the check that dropped a supported claim
	Detail  string      `json:"detail,omitempty"`
	Support float64     `json:"support"`
}

// Fails lists the wrong verdicts, in the order of the pairs.
func (r AttackReport) Fails() []AttackFail {
	fails := []AttackFail{}
	for _, result := range r.Results {
		if !result.Passed() {
			v := result.Verdict
			fails = append(fails, AttackFail{result.Pair, v.Reason.Kind, v.Reason.Detail, v.Support})
		}
	}
	return fails
}

type jsonAttack struct {
	Pairs   int                              `json:"pairs"`
	Rates   map[string]jsonRate              `json:"rates"`
	Fired   map[PairKind]map[verify.Kind]int `json:"fired"`
	Latency map[string]map[string]float64    `json:"latency_ms"`
	Fails   []AttackFail                     `json:"fails"`
}

// MarshalJSON gives the number of pairs, every rate by name with its counts, which check dropped how many claims of each
// kind ("kept" for those that none did), the latency in milliseconds, and the wrong verdicts.
func (r AttackReport) MarshalJSON() ([]byte, error) {
	out := jsonAttack{
		Pairs: len(r.Results), Rates: r.rates.json(), Fired: map[PairKind]map[verify.Kind]int{},
		Latency: map[string]map[string]float64{}, Fails: r.Fails(),
	}
	for kind, fired := range r.fired {
		out.Fired[kind] = map[verify.Kind]int{}
		for reason, n := range fired {
			if reason == "" {
				reason = "kept"
			}
			out.Fired[kind][reason] = n
		}
	}
	for name, across := range map[string]bool{"same": false, suffixCross: true} {
		if l := r.Latency(across); l.Claims > 0 {
			ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
			out.Latency[name] = map[string]float64{"claims": float64(l.Claims), "p50": ms(l.P50), "p95": ms(l.P95), "max": ms(l.Max)}
		}
	}
	return json.Marshal(out)
}

// attackColumns are the ends of names that the table shows, in order.
func attackColumns() []string {
	var columns []string
	for _, l := range storedLanguages() {
		columns = append(columns, string(l))
	}
	columns = append(columns, suffixCross)
	for _, l := range []text.Lang{text.EN, text.RU, text.UK, text.ZH} {
		columns = append(columns, suffixCross+"."+string(l))
	}
	return columns
}
