package knowledge_test

import (
	"fmt"
	"os"

	"amur/internal/text"
	"amur/knowledge"
)

func ExampleLoad() {
	base, err := knowledge.Load(os.DirFS("testdata/example"))
	if err != nil {
		fmt.Println(err)
		return
	}
	section, err := base.Section("river#name", text.EN)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(section.Heading)
	document, _ := base.Document("river", text.EN)
	for _, passage := range base.Passages() {
		source := document.Sources[passage.Refs[0].Source]
		fmt.Printf("%s: %s (%s, as of %s)\n", passage.ID, passage.Text, source.Publisher, passage.AsOf)
	}
	// Output:
	// What is the Amur called in China?
	// river#name.1@en: In China the Amur is called Heilong Jiang. (A gazetteer, as of 2019)
	// river#name.2@en: In 1858 the Amur became the border. (A gazetteer, as of 1858)
}
