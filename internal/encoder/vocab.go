package encoder

import (
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf8"
)

// Piece kinds of tokenizer.ggml.token_type. Pieces of other kinds (unknown, control, unused) are never found in a text.
const (
	pieceNormal      = 1
	pieceUserDefined = 4
	pieceByte        = 6
)

const (
	maxPieces = 1 << 21
	maxPiece  = 1 << 10
)

// vocab finds the pieces that start a text. It is a hash table of the pieces beside a set of the hashes of all their prefixes,
// which tells a search when to stop; both fill in milliseconds, unlike a map of strings or a trie.
type vocab struct {
	blob     []byte   // the pieces, one after another
	starts   []uint32 // piece i is blob[starts[i]:starts[i+1]]
	table    []int32  // open addressing; the piece's number + 1, 0 when free
	prefixes []uint64 // bits
	scores   []byte   // float32, little endian; nil when the model has none
}

// newVocab reads the pieces of a model file. rewrite, when not nil, says how a piece is spelled in the table.
func newVocab(f *file, rewrite func(dst, piece []byte) []byte) (*vocab, error) {
	pieces, ok := f.array("tokenizer.ggml.tokens", ggufString)
	if !ok || pieces.count == 0 {
		return nil, fmt.Errorf("%w: no vocabulary (tokenizer.ggml.tokens): convert the model again with its tokenizer", ErrModel)
	}
	if pieces.count > maxPieces {
		return nil, fmt.Errorf("%w: vocabulary of %d pieces, at most %d are read", ErrModel, pieces.count, maxPieces)
	}
	kinds, hasKinds := f.array("tokenizer.ggml.token_type", 5)
	scores, hasScores := f.array("tokenizer.ggml.scores", ggufFloat32)
	if hasKinds && kinds.count != pieces.count || hasScores && scores.count != pieces.count {
		return nil, fmt.Errorf("%w: %d pieces but %d kinds and %d scores: convert the model again", ErrModel, pieces.count, kinds.count, scores.count)
	}
	slots := 1
	for slots < 2*pieces.count {
		slots *= 2
	}
	v := &vocab{
		blob:     make([]byte, 0, len(pieces.raw)),
		starts:   make([]uint32, 1, pieces.count+1),
		table:    make([]int32, slots),
		prefixes: make([]uint64, max(1, slots*8/64)),
		scores:   scores.raw,
	}
	tooLong := -1
	pieces.strings(func(i int, s []byte) bool {
		if len(s) > maxPiece {
			tooLong = i
			return false
		}
		from := len(v.blob)
		if rewrite != nil {
			v.blob = rewrite(v.blob, s)
		} else {
			v.blob = append(v.blob, s...)
		}
		v.starts = append(v.starts, uint32(len(v.blob)))
		if hasKinds {
			switch binary.LittleEndian.Uint32(kinds.raw[4*i:]) {
			case pieceNormal, pieceUserDefined:
			default:
				return true
			}
		}
		v.add(i, v.blob[from:])
		return true
	})
	if tooLong >= 0 {
		return nil, fmt.Errorf("%w: piece %d of the vocabulary is longer than %d bytes: convert the model again", ErrModel, tooLong, maxPiece)
	}
	return v, nil
}

func (v *vocab) len() int { return len(v.starts) - 1 }

func (v *vocab) piece(id int32) []byte { return v.blob[v.starts[id]:v.starts[id+1]] }

func (v *vocab) score(id int32) float64 {
	if v.scores == nil {
		return 0
	}
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(v.scores[4*id:])))
}

// add enters a piece; the first of two equal pieces stays.
func (v *vocab) add(id int, piece []byte) {
	if len(piece) == 0 {
		return
	}
	h := hashStart
	for i, b := range piece {
		h = hashStep(h, b)
		if i+1 == len(piece) || utf8.RuneStart(piece[i+1]) {
			bit := hashEnd(h) % uint64(64*len(v.prefixes))
			v.prefixes[bit/64] |= 1 << (bit % 64)
		}
	}
	if _, twice := v.find(h, piece); twice {
		return
	}
	at := hashEnd(h)
	for v.table[at%uint64(len(v.table))] != 0 {
		at++
	}
	v.table[at%uint64(len(v.table))] = int32(id) + 1
}

// find returns the piece spelled s, whose hash is h.
func (v *vocab) find(h uint64, s []byte) (id int32, ok bool) {
	for at := hashEnd(h); ; at++ {
		slot := v.table[at%uint64(len(v.table))]
		if slot == 0 {
			return 0, false
		}
		if string(v.piece(slot-1)) == string(s) {
			return slot - 1, true
		}
	}
}

// lookup returns the number of a piece by its spelling, also of one that no text yields.
func (v *vocab) lookup(spelling string) (id int32, ok bool) {
	for i := range v.len() {
		if string(v.piece(int32(i))) == spelling {
			return int32(i), true
		}
	}
	return 0, false
}

// prefixesOf calls yield with each piece that starts s, the shortest first.
func (v *vocab) prefixesOf(s []byte, yield func(id int32, length int)) {
	h := hashStart
	for i := 0; i < len(s); {
		_, n := utf8.DecodeRune(s[i:])
		for range n {
			h = hashStep(h, s[i])
			i++
		}
		if bit := hashEnd(h) % uint64(64*len(v.prefixes)); v.prefixes[bit/64]>>(bit%64)&1 == 0 {
			return
		}
		if id, ok := v.find(h, s[:i]); ok {
			yield(id, i)
		}
	}
}

// The hash is FNV-1a (Fowler, Noll, Vo) with a final mixing of the high bits.
const hashStart uint64 = 14695981039346656037

func hashStep(h uint64, b byte) uint64 { return (h ^ uint64(b)) * 1099511628211 }

func hashEnd(h uint64) uint64 { return (h ^ h>>32) * 0x9e3779b97f4a7c15 >> 20 }
