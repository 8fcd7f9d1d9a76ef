package rag

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"amur/internal/text"
	"amur/rag/llm"
)

//go:embed data/prompt.txt
var promptText string

// instructions returns one part of the prompt file, for answers in a language.
func instructions(part string, lang text.Lang) string {
	_, rest, _ := strings.Cut("\n"+promptText, "\n--- "+part+"\n")
	rest, _, _ = strings.Cut(rest, "\n--- ")
	return strings.ReplaceAll(strings.TrimSpace(rest), "%LANGUAGE%", languageName(lang))
}

// noAnswer is what the model is told to write where the passages do not answer.
const noAnswer = "NO ANSWER"

// conversationTurns is how many earlier messages the model is shown.
const conversationTurns = 4

// forModel puts the best hits in the order in which the model reads them: the section of the best first, and in it reading
// order. A hit's place, counted from one, is the number that the model cites it by. Passages that are never to be reworded
// are left out, and those that give orders to a reader of its kind; they can be quoted all the same.
func (a *Answerer) forModel(hits []Hit) []Hit {
	var out []Hit
	for _, h := range hits[:min(shownPassages, len(hits))] {
		p := h.Passage
		if !a.Model.never(h) && !a.router.orders(p.Title+".\n"+p.Heading+".\n"+p.Text) {
			out = append(out, h)
		}
	}
	inTellingOrder(out)
	return out
}

// answerPrompt asks for an answer from passages.
func answerPrompt(q Question, lang text.Lang, passages []Hit, maxTokens int) llm.Request {
	var b strings.Builder
	b.WriteString("Passages:\n<<<\n")
	writePassages(&b, passages)
	b.WriteString(">>>\n\n")
	writeConversation(&b, q.History)
	fmt.Fprintf(&b, "Question:\n<<<\n%s\n>>>\n\nAnswer in %s.", asData(q.Text), languageName(lang))
	return request(instructions("answer", lang), b.String(), maxTokens)
}

func writePassages(b *strings.Builder, passages []Hit) {
	for i, h := range passages {
		p := h.Passage
		if i == 0 || passages[i-1].Passage.Section != p.Section || passages[i-1].Passage.Lang != p.Lang {
			fmt.Fprintf(b, "# %s: %s\n", asData(p.Title), asData(p.Heading))
		}
		fmt.Fprintf(b, "[%d] %s\n", i+1, asData(p.Text))
	}
}

func writeConversation(b *strings.Builder, history []Turn) {
	if len(history) == 0 {
		return
	}
	b.WriteString("Conversation so far:\n<<<\n")
	for _, turn := range history[max(0, len(history)-conversationTurns):] {
		fmt.Fprintf(b, "%s: %s\n", turn.Role, asData(shorten(turn.Text, carriedLetters)))
	}
	b.WriteString(">>>\n\n")
}

// repairPrompt asks for refused sentences to be written anew.
func repairPrompt(lang text.Lang, refused []draftedSentence, passages []Hit, maxTokens int) llm.Request {
	var b strings.Builder
	for _, s := range refused {
		fmt.Fprintf(&b, "Sentence:\n<<<\n%s\n>>>\nRefused because: %s\nIts passages:\n<<<\n", asData(s.text), asData(s.reason))
		for _, n := range s.marks {
			b.WriteString("[" + strconv.Itoa(n) + "] " + asData(passages[n-1].Passage.Text) + "\n")
		}
		b.WriteString(">>>\n\n")
	}
	return request(instructions("repair", lang), strings.TrimSpace(b.String()), maxTokens)
}

// rewritePrompt asks for a question that stands on its own.
func rewritePrompt(q Question, lang text.Lang) llm.Request {
	var b strings.Builder
	writeConversation(&b, q.History)
	fmt.Fprintf(&b, "Last question:\n<<<\n%s\n>>>", asData(q.Text))
	return request(instructions("rewrite", lang), b.String(), longestRewrite)
}

func request(system, user string, maxTokens int) llm.Request {
	return llm.Request{
		Messages:  []llm.Message{{Role: llm.RoleSystem, Text: system}, {Role: llm.RoleUser, Text: user}},
		MaxTokens: maxTokens,
	}
}

// asData makes a foreign text fit to stand between the delimiters of a prompt: one line that cannot close them.
func asData(s string) string {
	s = strings.Join(strings.Fields(withoutInvisible(s)), " ")
	return strings.NewReplacer("<<<", "‹", ">>>", "›").Replace(s)
}
