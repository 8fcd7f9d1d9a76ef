package encoder_test

import (
	"context"
	"fmt"

	"amur/internal/encoder"
)

// A passage near a question in meaning has a vector near the question's, whatever their languages.
func ExampleEncoder_EmbedQueries() {
	e, err := encoder.Builtin()
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	passages := []string{
		"Длина границы между Россией и Китаем — около 4200 километров.",
		"俄罗斯向中国出口石油和天然气。",
		"The two navies train together every year.",
	}
	vectors, err := e.EmbedPassages(ctx, passages)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, question := range []string{"How long is the border?", "What does Russia sell to China?", "Do they hold exercises at sea?"} {
		asked, err := e.EmbedQueries(ctx, []string{question})
		if err != nil {
			fmt.Println(err)
			return
		}
		nearest := 0
		for i := range vectors {
			if cosine(asked[0], vectors[i]) > cosine(asked[0], vectors[nearest]) {
				nearest = i
			}
		}
		fmt.Printf("%s %s\n", question, passages[nearest])
	}
	// Output:
	// How long is the border? Длина границы между Россией и Китаем — около 4200 километров.
	// What does Russia sell to China? 俄罗斯向中国出口石油和天然气。
	// Do they hold exercises at sea? The two navies train together every year.
}
