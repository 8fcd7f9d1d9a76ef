package cli

import (
	"fmt"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
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

// edited says below an answer where its sentences come from and who worded them.
func edited(ans rag.Answer, edition string) string {
	quoted, worded := "Quoted from the documents, edition %s.", "Worded by %s, each sentence checked against the documents, edition %s."
	switch ans.AnswerLanguage {
	case text.RU:
		quoted, worded = "Дословно из документов, редакция %s.", "Сформулировано моделью %s, каждое предложение проверено по документам, редакция %s."
	case text.UK:
		quoted, worded = "Дослівно з документів, редакція %s.", "Сформулювала модель %s, кожне речення перевірено за документами, редакція %s."
	case text.ZH:
		quoted, worded = "引自文档原文，版本 %s。", "由 %s 措辞，每句均已与文档核对，版本 %s。"
	case text.ZHHant:
		quoted, worded = "引自文件原文，版本 %s。", "由 %s 措辭，每句均已與文件核對，版本 %s。"
	}
	if ans.Mode == rag.ModeModel {
		return fmt.Sprintf(worded, ans.Model, edition)
	}
	return fmt.Sprintf(quoted, edition)
}
