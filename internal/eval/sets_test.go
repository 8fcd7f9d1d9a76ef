package eval_test

import (
	"strings"
	"testing"

	"amur/internal/eval"
)

func TestSet(t *testing.T) {
	t.Parallel()
	count := func(name string) int {
		set, err := eval.Set(name)
		if err != nil {
			t.Fatal(err)
		}
		return len(set)
	}
	all, dev, further := count(eval.SetAll), count(eval.SetDev), count(eval.SetFurther)
	if dev == 0 || further == 0 || all != dev+further {
		t.Errorf("%d questions in all, %d and %d in the parts", all, dev, further)
	}
	positions, err := eval.Set(string(eval.Positions))
	if err != nil || len(positions) == 0 || len(positions) == all {
		t.Fatalf("%d questions of one kind, %v", len(positions), err)
	}
	for _, q := range positions {
		if q.Kind != eval.Positions {
			t.Errorf("%s is of kind %s", q.ID, q.Kind)
		}
	}
	if _, err := eval.Set("dev4"); err == nil || !strings.Contains(err.Error(), "positions") {
		t.Errorf("Set(dev4): %v, want the names there are", err)
	}
}

// Ids name questions across all files: a report could not tell two of one name apart.
func TestSetIDs(t *testing.T) {
	t.Parallel()
	set, err := eval.Set(eval.SetAll)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, q := range set {
		if seen[q.ID] {
			t.Errorf("%s is there twice", q.ID)
		}
		seen[q.ID] = true
	}
}
