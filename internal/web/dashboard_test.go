package web_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestDashboardIsWhole holds that each panel has a title, a place of its own and a figure.
func TestDashboardIsWhole(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../docs/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	type place struct{ X, Y, W, H int }
	var dashboard struct {
		Title  string
		Panels []struct {
			ID      int
			Title   string
			GridPos place
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(data, &dashboard); err != nil {
		t.Fatal(err)
	}
	if dashboard.Title != "amur" || len(dashboard.Panels) == 0 {
		t.Fatalf("dashboard %q with %d panels", dashboard.Title, len(dashboard.Panels))
	}
	for i, p := range dashboard.Panels {
		if p.Title == "" || len(p.Targets) == 0 || p.Targets[0].Expr == "" || p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("panel %d is not whole: %+v", p.ID, p)
		}
		for _, other := range dashboard.Panels[:i] {
			a, b := p.GridPos, other.GridPos
			if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Errorf("panels %q and %q lie over each other", p.Title, other.Title)
			}
		}
	}
}

// TestAlertsSayWhatToDo holds that each alert has a condition, what is wrong and what to do about it.
func TestAlertsSayWhatToDo(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../docs/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr, For string
				Annotations      struct{ Summary, Action string }
			}
		}
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	old := false
	for _, group := range file.Groups {
		for _, r := range group.Rules {
			if r.Alert == "" || r.Expr == "" || r.For == "" || r.Annotations.Summary == "" || r.Annotations.Action == "" {
				t.Errorf("alert %q is not whole: %+v", r.Alert, r)
			}
			old = old || strings.Contains(r.Expr, "amur_knowledge_newest_age_days > 120")
		}
	}
	if !old {
		t.Error("no alert for documents whose newest date is 120 days ago")
	}
}
