package rag

// Stage is what an answerer is doing.
type Stage string

// The stages of an answer that a model words, in their order; StageQuotes comes instead of what is left where the model
// is given up.
const (
	StageSearch Stage = "search" // finding passages
	StageDraft  Stage = "draft"  // the model is asked, and its sentences are checked as they come
	StageRepair Stage = "repair" // the model is asked to mend what was refused
	StageQuotes Stage = "quotes" // the answer is quoted instead; claims told before are not part of it
)

// Progress is told to who watches an answer come about.
type Progress struct {
	Stage Stage
	// Claim is a sentence that was checked and will be in the answer, unless StageQuotes follows; nil when only the
	// stage changed. Cited are its citations that no claim before it had.
	Claim *Claim
	Cited []Citation
}
