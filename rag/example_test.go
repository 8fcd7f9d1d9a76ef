package rag_test

import (
	"context"
	"fmt"

	"amur/internal/encoder"
	"amur/knowledge"
	"amur/rag"
)

func ExampleAnswerer_Answer() {
	answer, err := askBuiltin("How much do China and Russia trade?")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(answer.Outcome, "in", answer.Language)
	first := answer.Claims[0]
	cited := answer.Citations[first.Citations[0]-1]
	fmt.Println(first.Text)
	fmt.Println(cited.Section, "—", cited.Sources[0].Publisher)
	// Output:
	// answered in en
	// Trade between China and Russia reached a record $240 billion in 2023.
	// trade#volume — Council on Foreign Relations
}

// askBuiltin asks the built-in documents with the built-in model.
func askBuiltin(question string) (rag.Answer, error) {
	base, err := knowledge.Builtin()
	if err != nil {
		return rag.Answer{}, err
	}
	model, err := encoder.Builtin()
	if err != nil {
		return rag.Answer{}, err
	}
	index, err := indexBuiltin(context.Background(), base, model)
	if err != nil {
		return rag.Answer{}, err
	}
	answerer, err := rag.New(index, model)
	if err != nil {
		return rag.Answer{}, err
	}
	return answerer.Answer(context.Background(), rag.Question{Text: question})
}
