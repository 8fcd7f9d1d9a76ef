// Package encoder turns texts into unit vectors whose dot products say how near their meanings are.
//
//	text -> tokenizer -> windows of tokens -> transformer -> mean -> unit vector
//
// It reads GGUF files of BERT-family embedding models and computes in pure Go, with loops in assembly where the processor has
// AVX2 and FMA. One model, for English, Russian, Ukrainian and Chinese, is embedded.
//
// The package does not know what the texts are, where vectors are kept, or how they are searched.
//
// # Numbers
//
// Weights stay quantised in memory, as the file has them, and are widened to float32 a few rows at a time; all arithmetic is
// float32. The vectors agree with a float32 reference to rounding.
package encoder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"runtime"
	"sync"
)

// Options changes how a model is used. The zero value is right for most.
type Options struct {
	// Portable computes without assembly; the vectors agree to rounding.
	Portable bool
	// Prefixes replaces what is put in front of texts. Nil means what the model was trained with, as far as its file tells.
	Prefixes *Prefixes
}

// Prefixes are put in front of texts before they are cut into pieces, so that the model knows a question from a passage.
type Prefixes struct {
	Query, Passage string
}

// Encoder is an opened model. It is safe for concurrent use; a call uses all cores.
type Encoder struct {
	model     *model
	kernel    kernel
	tokenizer tokenizer
	vocab     *vocab
	frame     frame
	prefixes  Prefixes
	id        func() string
}

// Open reads a GGUF file of architecture bert. The bytes are kept, not copied, and must not change afterwards. A file that
// cannot be used is an error that wraps ErrModel and says what to do.
func Open(data []byte, opts Options) (*Encoder, error) {
	f, err := readFile(data)
	if err != nil {
		return nil, err
	}
	e, err := open(f, opts)
	if err != nil {
		return nil, err
	}
	name := f.text("general.name")
	e.id = sync.OnceValue(func() string {
		sum := sha256.Sum256(data)
		return modelID(name, hex.EncodeToString(sum[:]))
	})
	return e, nil
}

func open(f *file, opts Options) (*Encoder, error) {
	t, v, around, err := newTokenizer(f)
	if err != nil {
		return nil, err
	}
	m, err := readModel(f, v.len())
	if err != nil {
		return nil, err
	}
	e := &Encoder{model: m, kernel: newKernel(opts.Portable), tokenizer: t, vocab: v, frame: around, prefixes: prefixes(f)}
	if opts.Prefixes != nil {
		e.prefixes = *opts.Prefixes
	}
	return e, nil
}

// modelID names a model by what its file says and the start of the file's SHA-256.
func modelID(name, sum string) string {
	if name == "" {
		name = "model"
	}
	return name + "@" + sum[:12]
}

// Model names the model file: equal names mean equal vectors up to rounding.
func (e *Encoder) Model() string { return e.id() }

// Dim is the length of every vector.
func (e *Encoder) Dim() int { return e.model.width }

// Tokens returns the numbers of a text's pieces, with the control pieces around them, as the model would see the text with no
// prefix. It is as long as the text needs, even where the model would take it in several windows.
func (e *Encoder) Tokens(text string) []int32 {
	ids := append([]int32{}, e.frame.before...)
	ids = append(ids, e.tokenizer.encode(text)...)
	return append(ids, e.frame.after...)
}

// EmbedQueries returns the unit vector of each question, in order; the caller owns them. Any string will do, also an empty
// one. The errors are ctx's, or ErrModel for a model that yields no numbers.
func (e *Encoder) EmbedQueries(ctx context.Context, texts []string) ([][]float32, error) {
	return e.embed(ctx, e.prefixes.Query, texts)
}

// EmbedPassages returns the unit vector of each passage, as EmbedQueries does for questions.
func (e *Encoder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	return e.embed(ctx, e.prefixes.Passage, texts)
}

// embed cuts the texts into windows, shares them out to the cores, and joins the windows' vectors.
func (e *Encoder) embed(ctx context.Context, prefix string, texts []string) ([][]float32, error) {
	windows, counts, err := e.windows(ctx, prefix, texts)
	if err != nil {
		return nil, err
	}
	if err := e.encode(ctx, windows); err != nil {
		return nil, err
	}
	return e.join(windows, counts)
}

func (e *Encoder) encode(ctx context.Context, windows []window) error {
	groups := group(windows)
	cores := runtime.GOMAXPROCS(0)
	if 2*len(groups) <= cores {
		return e.together(ctx, groups, min(cores, maxCrew))
	}
	return e.apart(ctx, groups, min(cores, len(groups)))
}

// together lets all cores work on one group after another.
func (e *Encoder) together(ctx context.Context, groups [][]window, cores int) error {
	var c crew
	c.start(cores)
	defer c.dismiss()
	for _, g := range groups {
		if err := newBatch(e.model, e.kernel, &c, g).run(ctx); err != nil {
			return err
		}
	}
	return nil
}

// apart gives each core groups of its own.
func (e *Encoder) apart(ctx context.Context, groups [][]window, cores int) error {
	var wait sync.WaitGroup
	queue := make(chan []window, len(groups))
	for _, g := range groups {
		queue <- g
	}
	close(queue)
	errs := make(chan error, cores)
	for range cores {
		wait.Go(func() {
			for g := range queue {
				if err := newBatch(e.model, e.kernel, &crew{}, g).run(ctx); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	wait.Wait()
	close(errs)
	return <-errs
}
