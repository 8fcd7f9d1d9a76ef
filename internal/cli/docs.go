package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

func newDocs(a *app) *cobra.Command {
	var lang string
	cmd := &cobra.Command{
		Use:     "docs [SECTION]",
		Short:   "List the documents, or read a section with its sources",
		Long:    "docs lists documents and sections. With the id of a section, as citations show it, it prints the section and\nwhere each of its sentences comes from.",
		Example: "  amur docs\n  amur docs trade#volume\n  amur docs --lang ru trade#volume\n  amur docs --knowledge ./papers",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{hintError{errors.New("docs takes one section"), "for instance: amur docs trade#volume"}}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := a.config()
			if err != nil {
				return err
			}
			want, err := fallbackLanguage(lang, cfg)
			if err != nil {
				return err
			}
			base, _, err := a.base(cmd.Context(), cfg)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return a.listDocuments(base, want, lang != "")
			}
			return a.readSection(base, knowledge.SectionID(args[0]), want)
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language: en, ru or zh")
	return cmd
}

// listDocuments lists each document once: in the language asked for, or in its own where it has no other.
func (a *app) listDocuments(base *knowledge.Base, lang text.Lang, only bool) error {
	page := a.newPage()
	listed := map[knowledge.DocumentID]bool{}
	list := func(doc knowledge.Document) {
		listed[doc.ID] = true
		page.paragraph("", "", string(doc.ID)+"  "+doc.Title, page.bold)
		for _, s := range doc.Sections {
			page.paragraph("    ", "        ", string(s.ID)+"  "+s.Heading, plainStyle)
		}
	}
	for _, doc := range base.Documents() {
		if doc.Lang == lang {
			list(doc)
		}
	}
	for _, doc := range base.Documents() {
		if !listed[doc.ID] && !only {
			list(doc)
		}
	}
	return page.flush()
}

func (a *app) readSection(base *knowledge.Base, id knowledge.SectionID, lang text.Lang) error {
	section, doc, err := findSection(base, id, lang)
	if err != nil {
		return err
	}
	page := a.newPage()
	page.paragraph("", "", doc.Title+" › "+section.Heading+"  "+string(section.ID), page.bold)
	number := map[knowledge.Ref]int{}
	var refs []knowledge.Ref
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
			for _, ref := range s.Refs {
				if number[ref] == 0 {
					refs = append(refs, ref)
					number[ref] = len(refs)
				}
				fmt.Fprintf(&b, " [%d]", number[ref])
			}
		}
		page.buffer.WriteString("\n")
		page.paragraph("", "", b.String(), plainStyle)
	}
	page.buffer.WriteString("\n")
	for i, ref := range refs {
		s := doc.Sources[ref.Source]
		page.paragraph(fmt.Sprintf("[%d] ", i+1), "    ", sourceLine(rag.SourceView{
			Title: s.Title, Publisher: s.Publisher, URL: s.URL, Published: s.Published, Section: ref.Section, Kind: s.Kind,
		}), page.dim)
	}
	return page.flush()
}

// findSection returns a section in the language asked for or, where it has none, in any.
func findSection(base *knowledge.Base, id knowledge.SectionID, lang text.Lang) (knowledge.Section, knowledge.Document, error) {
	langs := []text.Lang{lang, text.EN, text.RU, text.ZH}
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
