package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

func newDocs(a *app) *cobra.Command {
	var lang string
	cmd := &cobra.Command{
		Use:   "docs [DOCUMENT | SECTION]",
		Short: "List the documents, or read a section with its sources",
		Long: `docs lists documents and sections. With the id of a section, as citations show it, it prints the section and where
each of its sentences comes from; with the id of a document it lists the sections of that one.`,
		Example: `  amur docs
  amur docs trade
  amur docs trade#volume
  amur docs --lang ru trade#volume
  amur docs --knowledge ./papers`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{hintError{errors.New("docs takes one document or section"), "for instance: amur docs trade#volume"}}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			want, err := parseLang(lang)
			if err != nil {
				return err
			}
			cfg, err := a.config()
			if err != nil {
				return err
			}
			base, _, err := a.base(cmd.Context(), cfg)
			if err != nil {
				return err
			}
			id := strings.Join(args, "")
			if strings.Contains(id, "#") {
				if want == "" {
					want = text.Lang(cfg.Answer.Language)
				}
				return a.readSection(base, knowledge.SectionID(id), want)
			}
			return a.listDocuments(base, knowledge.DocumentID(id), want, text.Lang(cfg.Answer.Language))
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language of the documents: en, ru, zh")
	return cmd
}

// listDocuments lists each document once, or only the one called id: in the language asked for or, where none is, in
// the usual one and then in any.
func (a *app) listDocuments(base *knowledge.Base, id knowledge.DocumentID, lang, usual text.Lang) error {
	page := a.newPage()
	listed := map[knowledge.DocumentID]bool{}
	list := func(suits func(text.Lang) bool) {
		for _, doc := range base.Documents() {
			if listed[doc.ID] || !suits(doc.Lang) || id != "" && id != doc.ID {
				continue
			}
			listed[doc.ID] = true
			page.paragraph("", "", string(doc.ID)+"  "+doc.Title, page.bold)
			for _, s := range doc.Sections {
				page.paragraph("    ", "        ", string(s.ID)+"  "+s.Heading, plain)
			}
		}
	}
	if lang != "" {
		list(func(l text.Lang) bool { return l == lang })
	} else {
		list(func(l text.Lang) bool { return l == usual })
		list(func(text.Lang) bool { return true })
	}
	if len(listed) > 0 {
		return page.flush()
	}
	missing := "no documents"
	if id != "" {
		missing = fmt.Sprintf("no document %q", id)
	}
	if lang != "" {
		missing += fmt.Sprintf(" in the language %q", lang)
	}
	return hintError{errors.New(missing), "'amur docs' without more lists them all"}
}

func (a *app) readSection(base *knowledge.Base, id knowledge.SectionID, lang text.Lang) error {
	section, doc, err := findSection(base, id, lang)
	if err != nil {
		return err
	}
	page := a.newPage()
	page.paragraph("", "", doc.Title+" › "+section.Heading+"  "+string(section.ID), page.bold)
	numbers := map[knowledge.SourceKey]int{}
	var references []reference
	for _, paragraph := range section.Paragraphs {
		var b strings.Builder
		for _, s := range section.Sentences {
			if s.Start < paragraph.Start || s.End > paragraph.End {
				continue
			}
			if b.Len() > 0 {
				b.WriteString(" ")
			}
			b.WriteString(section.Text[s.Start:s.End])
			var marked []int
			for _, ref := range s.Refs {
				if numbers[ref.Source] == 0 {
					numbers[ref.Source] = len(numbers) + 1
				}
				n := numbers[ref.Source]
				r := reference{n, rag.ViewSource(doc.Sources[ref.Source], ref.Section)}
				if !slices.Contains(references, r) {
					references = append(references, r)
				}
				if !slices.Contains(marked, n) {
					marked = append(marked, n)
				}
			}
			b.WriteString(" " + marks(marked))
		}
		page.blank()
		page.paragraph("", "", b.String(), plain)
	}
	page.sources(references)
	return page.flush()
}

// findSection returns a section in the language asked for or, where it has none, in any.
func findSection(base *knowledge.Base, id knowledge.SectionID, lang text.Lang) (knowledge.Section, knowledge.Document, error) {
	langs := []text.Lang{lang}
	if lang == text.ZHHant {
		langs = append(langs, text.ZH)
	}
	langs = append(langs, text.EN, text.RU, text.ZH)
	for _, doc := range base.Documents() {
		langs = append(langs, doc.Lang)
	}
	docID, _, _ := strings.Cut(string(id), "#")
	for _, l := range langs {
		section, err := base.Section(id, l)
		if errors.Is(err, knowledge.ErrUnknownSection) {
			continue
		}
		if err != nil {
			return knowledge.Section{}, knowledge.Document{}, err
		}
		doc, _ := base.Document(knowledge.DocumentID(docID), l)
		return section, doc, nil
	}
	return knowledge.Section{}, knowledge.Document{}, hintError{
		fmt.Errorf("%w %q", knowledge.ErrUnknownSection, id), "'amur docs' lists the sections",
	}
}
