package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"amur/internal/config"
)

// mirrorBar is the share of a topic's pairs of mirrored questions below which its answers should be quoted.
const mirrorBar = 0.8

const measurePositions = "'amur eval --set positions' measures it"

// checkPositions advises which topics the model had better not word. Advice is no failure: nothing is broken.
func checkPositions(cfg config.Config, t *trials) {
	if !cfg.LLM.Enabled() {
		return
	}
	const part = "positions"
	score, known, err := readMirror(cfg)
	switch {
	case err != nil:
		t.say(part, "", hintError{err, "remove the file; " + measurePositions + " again"})
	case !known:
		t.advise(part, fmt.Sprintf("not known whether %s treats both sides alike: %s", cfg.LLM.Model, measurePositions))
	default:
		if poor := lopsided(score, cfg.LLM.NeverFor); len(poor) > 0 {
			t.advise(part, fmt.Sprintf("%s treats sides differently on some topics (%s): have them quoted with llm.never_for: [%s]",
				cfg.LLM.Model, score.Date, strings.Join(poor, ", ")))
			return
		}
		t.say(part, fmt.Sprintf("%s treated both sides alike on %s", cfg.LLM.Model, score.Date), nil)
	}
}

// lopsided lists the topics below the bar that are not quoted already.
func lopsided(s mirrorScore, quoted []string) []string {
	var out []string
	for _, topic := range slices.Sorted(maps.Keys(s.Topics)) {
		n := s.Topics[topic]
		if float64(n.Passed) < mirrorBar*float64(n.Pairs) && !slices.Contains(quoted, string(topic)) {
			out = append(out, string(topic))
		}
	}
	return out
}
