package rag_test

import (
	"bytes"
	"encoding/binary"
	"flag"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"amur/internal/encoder"
	"amur/rag"
)

// train makes the weights anew: go test ./rag -run TestHunchWeights -train
var train = flag.Bool("train", false, "train the router's second opinion with the messages in testdata/route") //nolint:gochecknoglobals // a flag

// example is a message as a vector, and which outcome it has.
type example struct {
	vector  []float32
	outcome int
}

func examples(t *testing.T, e *encoder.Encoder, of messages) []example {
	t.Helper()
	var out []example
	for _, class := range slices.Sorted(maps.Keys(of)) {
		outcome := slices.Index(rag.HunchOutcomes(), wanted()[class])
		for _, lang := range slices.Sorted(maps.Keys(of[class])) {
			vectors, err := e.EmbedQueries(t.Context(), of[class][lang])
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range vectors {
				out = append(out, example{v, outcome})
			}
		}
	}
	return out
}

// offTopic are the questions of the bank, which are ordinary ones.
func offTopic(t *testing.T) messages {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("data", "bank.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var questions []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "[") {
			questions = append(questions, line)
		}
	}
	return messages{"ordinary": {"": questions}}
}

// TestHunchWeights trains when asked to; else it sees to it that the weights are those of the built-in model.
func TestHunchWeights(t *testing.T) {
	e, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("data", "hunch.bin")
	if *train {
		all := slices.Concat(examples(t, e, routeMessages(t, "develop.yaml")), examples(t, e, routeMessages(t, "held.yaml")), examples(t, e, offTopic(t)))
		if err := os.WriteFile(path, encodeWeights(e.Model(), regress(all, e.Dim())), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := rag.ReadHunch(data); err != nil {
		t.Error(err)
	}
	if model, _, _ := bytes.Cut(data, []byte("\n")); string(model) != e.Model() {
		t.Errorf("the weights are for model %q, not %q: run go test ./rag -run TestHunchWeights -train", model, e.Model())
	}
}

// regress fits a softmax regression by full-batch gradient descent with Adam's steps (Kingma and Ba 2015) and a little
// weight decay. Vectors are centred; the centre ends up in the bias.
func regress(all []example, dim int) [][]float64 {
	const steps, rate, decay, biasInput = 2000, 0.05, 1e-5, 0.3
	mean := make([]float64, dim)
	for _, x := range all {
		for j, v := range x.vector {
			mean[j] += float64(v) / float64(len(all))
		}
	}
	inputs := make([][]float64, len(all))
	for i, x := range all {
		inputs[i] = make([]float64, dim+1)
		for j, v := range x.vector {
			inputs[i][j] = float64(v) - mean[j]
		}
		inputs[i][dim] = biasInput
	}
	classes := len(rag.HunchOutcomes())
	grid := func() [][]float64 {
		g := make([][]float64, classes)
		for c := range g {
			g[c] = make([]float64, dim+1)
		}
		return g
	}
	w, first, second := grid(), grid(), grid()
	for step := 1; step <= steps; step++ {
		gradient := grid()
		for i, x := range inputs {
			for c, p := range softmax(w, x) {
				if c == all[i].outcome {
					p--
				}
				for j, v := range x {
					gradient[c][j] += p * v / float64(len(inputs))
				}
			}
		}
		for c := range w {
			for j := range w[c] {
				g := gradient[c][j] + decay*w[c][j]
				first[c][j] = 0.9*first[c][j] + 0.1*g
				second[c][j] = 0.999*second[c][j] + 0.001*g*g
				m := first[c][j] / (1 - math.Pow(0.9, float64(step)))
				s := second[c][j] / (1 - math.Pow(0.999, float64(step)))
				w[c][j] -= rate * m / (math.Sqrt(s) + 1e-8)
			}
		}
	}
	for c := range w {
		bias := biasInput * w[c][dim]
		for j, m := range mean {
			bias -= w[c][j] * m
		}
		w[c][dim] = bias
	}
	return w
}

func softmax(w [][]float64, x []float64) []float64 {
	out := make([]float64, len(w))
	var sum float64
	for c := range w {
		var z float64
		for j, v := range x {
			z += w[c][j] * v
		}
		out[c] = math.Exp(z)
		sum += out[c]
	}
	for c := range out {
		out[c] /= sum
	}
	return out
}

func encodeWeights(model string, w [][]float64) []byte {
	data := []byte(model + "\n")
	for _, row := range w {
		for _, v := range row {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(float32(v)))
		}
	}
	return data
}

// TestSecondOpinion holds what lists and second opinion reach together on the development questions, with which neither
// was trained.
func TestSecondOpinion(t *testing.T) {
	t.Parallel()
	e, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	r := newRouter(t)
	byKind := map[string][]string{}
	for _, name := range []string{"dev.yaml", "dev2.yaml", "dev3.yaml"} {
		data, err := os.ReadFile(filepath.Join("..", "internal", "eval", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		var questions []struct{ Kind, Question string }
		if err := yaml.Unmarshal(data, &questions); err != nil {
			t.Fatal(err)
		}
		for _, q := range questions {
			byKind[q.Kind] = append(byKind[q.Kind], q.Question)
		}
	}
	want := map[string]rag.Outcome{"care": rag.Care, "positions": rag.Positions, "chitchat": rag.Smalltalk, "injection": rag.Refused}
	least := map[string]float64{"care": 0.95, "positions": 0.95, "chitchat": 0.9, "injection": 0.9}
	lost, ordinary := 0, 0
	for kind, questions := range byKind {
		vectors, err := e.EmbedQueries(t.Context(), questions)
		if err != nil {
			t.Fatal(err)
		}
		right := 0
		for i, q := range questions {
			got, ok := r.Route(q)
			if !ok {
				got, _ = r.SecondOpinion(e.Model(), vectors[i])
			}
			if got == want[kind] {
				right++
			} else if want[kind] == "" {
				t.Logf("%s: %q is lost to %s", kind, q, got)
			}
		}
		t.Logf("%s: %d of %d", kind, right, len(questions))
		if want[kind] == "" {
			ordinary += len(questions)
			lost += len(questions) - right
		} else if share := float64(right) / float64(len(questions)); share < least[kind] {
			t.Errorf("%s: %d of %d are recognised, want a share of %.2f", kind, right, len(questions), least[kind])
		}
	}
	if lost*50 > ordinary {
		t.Errorf("%d of %d ordinary questions are lost, want at most one in fifty", lost, ordinary)
	}
}

func TestSecondOpinionOfOtherModels(t *testing.T) {
	t.Parallel()
	r := newRouter(t)
	for _, vector := range [][]float32{nil, {1}, make([]float32, 384)} {
		if got, ok := r.SecondOpinion("another model", vector); ok {
			t.Errorf("SecondOpinion(another model, %d numbers) = %q, want none", len(vector), got)
		}
	}
}

func TestReadHunchDamaged(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "model", "model\n", "model\nabc"} {
		if err := rag.ReadHunch([]byte(data)); err == nil {
			t.Errorf("ReadHunch(%q) = nil, want an error", data)
		}
	}
}
