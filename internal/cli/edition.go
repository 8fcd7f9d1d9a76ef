package cli

import (
	"fmt"

	"amur/internal/text"
	"amur/knowledge"
)

// edition names the documents: the day of the newest change and the start of their digest.
func edition(base *knowledge.Base) string {
	newest := ""
	for _, doc := range base.Documents() {
		newest = max(newest, doc.Updated)
	}
	digest := base.Digest()[:8]
	if newest == "" {
		return digest
	}
	return newest + "-" + digest
}

// edited says below an answer where its sentences come from.
func edited(lang text.Lang, edition string) string {
	format := "Quoted from the documents, edition %s."
	switch lang {
	case text.RU:
		format = "Дословно из документов, редакция %s."
	case text.UK:
		format = "Дослівно з документів, редакція %s."
	case text.ZH:
		format = "引自文档原文，版本 %s。"
	case text.ZHHant:
		format = "引自文件原文，版本 %s。"
	}
	return fmt.Sprintf(format, edition)
}
