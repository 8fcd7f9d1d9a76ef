package encoder

// What the tests look into: the embedded file, the sum that stands for it, and the embedded model with options.
const BuiltinSum = builtinSum

func BuiltinFile() []byte { return builtin }

func OpenBuiltin(opts Options) (*Encoder, error) { return openBuiltin(opts) }
