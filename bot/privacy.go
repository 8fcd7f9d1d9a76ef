package bot

import (
	"context"

	"amur/bot/phrase"
	"amur/rag"
)

// privacy says what is stored, why and how long, and to whom questions go.
func (b *Bot) privacy(_ context.Context, r Request) (Reply, error) {
	lines := []string{r.Say("privacy.title"), r.Say("privacy.question"), r.Say("privacy.answer"), r.Say("privacy.memory"), r.Say("privacy.member"), r.Say("privacy.feedback")}
	switch {
	case r.Guild == "":
		lines = append(lines, r.Say("privacy.dm"))
	case r.Settings.Insights:
		lines = append(lines, r.Say("privacy.insights_on", phrase.Count("days", b.retentionDays(r.Settings))))
	default:
		lines = append(lines, r.Say("privacy.insights_off"))
	}
	if provider := b.modelProvider(r); provider != "" {
		lines = append(lines, r.Say("privacy.model", phrase.Text("provider", provider)))
		lines = append(lines, r.Say("privacy.check"))
	} else {
		lines = append(lines, r.Say("privacy.no_model"))
	}
	if e, elsewhere := r.Edition.Embedder.(*rag.OpenAIEmbedder); elsewhere {
		lines = append(lines, r.Say("privacy.embedder", phrase.Text("model", e.Model())))
	}
	lines = append(lines, r.Say("privacy.server"), r.Say("privacy.sealed"), r.Say("privacy.forget"), r.Say("privacy.contact", b.operatorContact(r.Locale)))
	return inParts(lines), nil
}

// modelProvider names who words answers where the request was made; "" where nobody does.
func (b *Bot) modelProvider(r Request) string {
	a := r.Edition.Answerer
	switch {
	case a == nil || a.Model == nil:
		return ""
	case r.Guild == "" && b.policy().DM != DMFull:
		return ""
	case r.Guild != "" && (b.policy().Servers.NoModel || !r.Settings.UseModel.Is(true)):
		return ""
	case b.policy().Operator.ModelProvider != "":
		return b.policy().Operator.ModelProvider
	}
	return a.Model.Name
}
