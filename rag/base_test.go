package rag_test

import (
	"testing"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// part is a section of a base made for a test; an empty slug is "s".
type part struct {
	doc        knowledge.DocumentID
	slug       string
	lang       text.Lang
	heading    string
	paragraphs []string
}

// baseOf makes a base of sections; parts of one document and language stand together.
func baseOf(tb testing.TB, parts ...part) *knowledge.Base {
	tb.Helper()
	var documents []knowledge.Document
	for _, p := range parts {
		last := len(documents) - 1
		if last < 0 || documents[last].ID != p.doc || documents[last].Lang != p.lang {
			documents = append(documents, knowledge.Document{
				ID: p.doc, Lang: p.lang, Title: "About " + string(p.doc), Path: string(p.doc) + "." + string(p.lang) + ".md",
				Updated: "2024-05-01",
				Sources: map[knowledge.SourceKey]knowledge.Source{"log": {
					Key: "log", Title: "The log", Publisher: "The Harbour", URL: "https://example.org/log", Published: "2024-05", Kind: "government",
				}},
			})
			last++
		}
		refs := []knowledge.Ref{{Source: "log", Section: "Page 1"}}
		documents[last].Sections = append(documents[last].Sections,
			knowledge.NewSection(p.doc, p.slug, p.heading, p.lang, p.paragraphs, refs))
	}
	base, err := knowledge.New(documents)
	if err != nil {
		tb.Fatal(err)
	}
	return base
}

// harbour is a small base: two sections in three languages and one in Russian alone.
func harbour(tb testing.TB) *knowledge.Base {
	tb.Helper()
	return baseOf(tb,
		part{"harbour", "cranes", text.EN, "Cranes", []string{"The harbour has twelve blue cranes on the northern quay.", "A crane lifts forty containers an hour in calm weather."}},
		part{"harbour", "ferry", text.EN, "The ferry", []string{"The ferry to the lighthouse leaves at noon every day. Its captain has sailed since 1998."}},
		part{"harbour", "cranes", text.RU, "Краны", []string{"На северном причале гавани стоят двенадцать синих кранов.", "В тихую погоду кран поднимает сорок контейнеров в час."}},
		part{"harbour", "ferry", text.RU, "Паром", []string{"Паром к маяку каждый день отходит в полдень. Его капитан ходит в море с 1998 года."}},
		part{"harbour", "ice", text.RU, "Лёд", []string{"Ледокол держит гавань открытой с декабря до марта."}},
		part{"harbour", "cranes", text.ZH, "起重机", []string{"港口北码头有十二台蓝色起重机。", "天气平静时每台起重机一小时吊四十个集装箱。"}},
		part{"harbour", "ferry", text.ZH, "渡船", []string{"去灯塔的渡船每天中午开船。船长从1998年开始出海。"}},
	)
}

func build(tb testing.TB, base *knowledge.Base, e rag.Embedder, known *rag.Vectors) *rag.Index {
	tb.Helper()
	index, err := rag.Build(tb.Context(), base, e, rag.BuildOptions{Vectors: known})
	if err != nil {
		tb.Fatal(err)
	}
	return index
}
