package encoder_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
)

// Numbers of the GGUF format that the tests write.
const (
	typeF32, typeF16, typeQ4, typeQ8   = 0, 1, 2, 8
	kindUint32, kindFloat32, kindInt32 = 4, 6, 5
	kindString, kindArray              = 8, 9
)

// container is a GGUF file to be written; a test may spoil any part of it.
type container struct {
	version      uint32
	tensors, kvs uint64 // announced beyond what there is
	values       []entry
	weights      []weight
}

type entry struct {
	key     string
	kind    uint32
	payload []byte
}

type weight struct {
	name   string
	dims   []uint64
	kind   uint32
	offset int64 // -1 for the next free place
	raw    []byte
	values []float64 // what raw stands for
}

func (c *container) bytes() []byte {
	const alignment = 32
	le := binary.LittleEndian
	out := le.AppendUint32([]byte("GGUF"), c.version)
	out = le.AppendUint64(out, uint64(len(c.weights))+c.tensors)
	out = le.AppendUint64(out, uint64(len(c.values))+c.kvs)
	for _, e := range c.values {
		out = append(le.AppendUint32(text(out, e.key), e.kind), e.payload...)
	}
	at := uint64(0)
	var data []byte
	for _, w := range c.weights {
		out = le.AppendUint32(text(out, w.name), uint32(len(w.dims)))
		for _, n := range w.dims {
			out = le.AppendUint64(out, n)
		}
		offset := at
		if w.offset >= 0 {
			offset = uint64(w.offset)
		}
		out = le.AppendUint64(le.AppendUint32(out, w.kind), offset)
		data = append(data, w.raw...)
		data = append(data, make([]byte, -len(data)&(alignment-1))...)
		at = uint64(len(data))
	}
	out = append(out, make([]byte, -len(out)&(alignment-1))...)
	return append(out, data...)
}

func text(out []byte, s string) []byte {
	return append(binary.LittleEndian.AppendUint64(out, uint64(len(s))), s...)
}

// set replaces a value or adds it.
func (c *container) set(key string, kind uint32, payload []byte) {
	for i := range c.values {
		if c.values[i].key == key {
			c.values[i] = entry{key, kind, payload}
			return
		}
	}
	c.values = append(c.values, entry{key, kind, payload})
}

func (c *container) setNumber(key string, n uint32) {
	c.set(key, kindUint32, binary.LittleEndian.AppendUint32(nil, n))
}

func (c *container) setText(key, s string) { c.set(key, kindString, text(nil, s)) }

func (c *container) setArray(key string, kind uint32, count int, elements []byte) {
	head := binary.LittleEndian.AppendUint32(nil, kind)
	c.set(key, kindArray, append(binary.LittleEndian.AppendUint64(head, uint64(count)), elements...))
}

func (c *container) drop(key string) {
	for i := range c.values {
		if c.values[i].key == key {
			c.values = append(c.values[:i], c.values[i+1:]...)
			return
		}
	}
}

func (c *container) weight(name string) *weight {
	for i := range c.weights {
		if c.weights[i].name == name {
			return &c.weights[i]
		}
	}
	return nil
}

// shape is the make of a small model with random weights.
type shape struct {
	tokenizer           string // t5 or bert
	kind                uint32 // of the matrices
	width, inner, heads int
	layers              int
	positions           int
	pooling             uint32
	pieces              []string
	scores              []float32
	kinds               []int32
	bos, eos, unk       uint32
}

// unigramShape and wordpieceShape are small models of both tokenizers, with vocabularies that hold every case of interest.
func unigramShape(kind uint32) shape {
	return shape{
		tokenizer: "t5", kind: kind, width: 64, inner: 96, heads: 2, layers: 2, positions: 64, pooling: 1,
		pieces: []string{"<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "c", "▁a", "ab", "▁ab", "bc", "abc", "的", "<", "s", ">", "/"},
		scores: []float32{0, 0, 0, 0, -2, -3, -3.5, -3, -2.5, -4, -4.25, -4.5, -9, -5, -6, -6, -6, -6},
		kinds:  []int32{3, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
		bos:    0, eos: 2, unk: 3,
	}
}

func wordpieceShape(kind uint32) shape {
	return shape{
		tokenizer: "bert", kind: kind, width: 64, inner: 128, heads: 4, layers: 1, positions: 64, pooling: 2,
		pieces: []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "▁un", "aff", "able", "▁the", "▁,", "▁中", "▁国", "▁cafe", "▁и", "▁[", "▁]", "▁cls", "un"},
		kinds:  []int32{3, 2, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
		bos:    2, eos: 3, unk: 1,
	}
}

func (s shape) container(seed uint64) *container {
	random := rand.New(rand.NewPCG(seed, 1))
	c := &container{version: 3}
	c.setText("general.architecture", "bert")
	c.setText("general.name", "small test model")
	c.setNumber("bert.context_length", uint32(s.positions))
	c.setNumber("bert.embedding_length", uint32(s.width))
	c.setNumber("bert.feed_forward_length", uint32(s.inner))
	c.setNumber("bert.attention.head_count", uint32(s.heads))
	c.setNumber("bert.block_count", uint32(s.layers))
	c.setNumber("bert.pooling_type", s.pooling)
	c.set("bert.attention.layer_norm_epsilon", kindFloat32, binary.LittleEndian.AppendUint32(nil, math.Float32bits(1e-12)))
	c.setText("tokenizer.ggml.model", s.tokenizer)
	var pieces, scores, kinds []byte
	for _, p := range s.pieces {
		pieces = text(pieces, p)
	}
	for _, x := range s.scores {
		scores = binary.LittleEndian.AppendUint32(scores, math.Float32bits(x))
	}
	for _, k := range s.kinds {
		kinds = binary.LittleEndian.AppendUint32(kinds, uint32(k))
	}
	c.setArray("tokenizer.ggml.tokens", kindString, len(s.pieces), pieces)
	c.setArray("tokenizer.ggml.token_type", kindInt32, len(s.kinds), kinds)
	if s.scores != nil {
		c.setArray("tokenizer.ggml.scores", kindFloat32, len(s.scores), scores)
	}
	c.setNumber("tokenizer.ggml.bos_token_id", s.bos)
	c.setNumber("tokenizer.ggml.eos_token_id", s.eos)
	c.setNumber("tokenizer.ggml.unknown_token_id", s.unk)

	add := func(name string, kind uint32, spread float64, dims ...uint64) {
		n := 1
		for _, d := range dims {
			n *= int(d)
		}
		w := weight{name: name, dims: dims, kind: kind, offset: -1}
		w.raw, w.values = randomWeights(random, kind, n, spread)
		c.weights = append(c.weights, w)
	}
	norm := func(name string) {
		add(name+".weight", typeF32, 1, uint64(s.width))
		add(name+".bias", typeF32, 0.3, uint64(s.width))
	}
	dense := func(name string, rows, columns int) {
		add(name+".weight", s.kind, 0.3, uint64(columns), uint64(rows))
		add(name+".bias", typeF32, 0.3, uint64(rows))
	}
	add("token_embd.weight", s.kind, 1, uint64(s.width), uint64(len(s.pieces)))
	add("position_embd.weight", typeF32, 0.5, uint64(s.width), uint64(s.positions))
	add("token_types.weight", typeF32, 0.5, uint64(s.width), 2)
	norm("token_embd_norm")
	for i := range s.layers {
		p := fmt.Sprintf("blk.%d.", i)
		for _, name := range []string{"attn_q", "attn_k", "attn_v", "attn_output"} {
			dense(p+name, s.width, s.width)
		}
		dense(p+"ffn_up", s.inner, s.width)
		dense(p+"ffn_down", s.width, s.inner)
		norm(p + "attn_output_norm")
		norm(p + "layer_output_norm")
	}
	return c
}

// randomWeights returns n numbers, about spread in size, as a file stores them and as they read.
func randomWeights(random *rand.Rand, kind uint32, n int, spread float64) (raw []byte, values []float64) {
	const halfEighth = 0x3000 // 1/8 in half precision
	le := binary.LittleEndian
	for len(values) < n {
		switch kind {
		case typeF32:
			x := float32(random.NormFloat64() * spread)
			raw, values = le.AppendUint32(raw, math.Float32bits(x)), append(values, float64(x))
		case typeF16:
			// Ten random bits of fraction at an exponent near spread's, and sometimes a subnormal number.
			exponent, fraction := math.Round(math.Log2(spread)), random.IntN(1024)
			sign := random.IntN(2)
			h, x := uint16(sign<<15|int(exponent+14)<<10|fraction), math.Ldexp(1+float64(fraction)/1024, int(exponent)-1)
			if random.IntN(16) == 0 {
				h, x = uint16(sign<<15|fraction), math.Ldexp(float64(fraction), -24)
			}
			raw, values = le.AppendUint16(raw, h), append(values, x*float64(1-2*sign))
		case typeQ4:
			raw = le.AppendUint16(raw, halfEighth)
			block := make([]float64, 32)
			for j := range 16 {
				b := byte(random.IntN(256))
				raw = append(raw, b)
				block[j], block[j+16] = (float64(b&15)-8)/8, (float64(b>>4)-8)/8
			}
			values = append(values, block...)
		case typeQ8:
			raw = le.AppendUint16(raw, halfEighth|0x8000)
			for range 32 {
				b := int8(random.IntN(17) - 8)
				raw, values = append(raw, byte(b)), append(values, -float64(b)/8)
			}
		}
	}
	return raw, values
}
