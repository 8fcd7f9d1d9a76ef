package encoder

import _ "embed"

//go:embed model/multilingual-e5-small.en-ru-uk-zh.q4_0.gguf
var builtin []byte

// builtinSum is the SHA-256 of the embedded file, so that no start has to compute it; a test does.
const builtinSum = "293e92225226e9d50faf13fff668a36f4131bc9f5649c5d1fdf649319726f580"

// Builtin opens the embedded model, multilingual-e5-small (model/README.md).
func Builtin() (*Encoder, error) { return openBuiltin(Options{}) }

func openBuiltin(opts Options) (*Encoder, error) {
	f, err := readFile(builtin)
	if err != nil {
		return nil, err
	}
	e, err := open(f, opts)
	if err != nil {
		return nil, err
	}
	id := modelID(f.text("general.name"), builtinSum)
	e.id = func() string { return id }
	return e, nil
}
