package bot

import (
	"context"
	"slices"
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/rag"
	"amur/rag/factcheck"
)

// shownSentence is how much of a checked sentence is shown, in code points.
const shownSentence = 200

// check compares what a message claims with the documents. Only who asks sees the reply; it names no author and cannot be shared.
func (b *Bot) check(ctx context.Context, r Request) (Reply, error) {
	start := b.now()
	if !r.Settings.Check.Is(true) || r.Edition.Checker == nil {
		return private(r.Say("check.off")).as("off"), nil
	}
	if r.Target == nil {
		return private(r.Say("check.empty")).as("empty"), nil
	}
	if r.Target.Author.ID == b.discord.Application().User.ID {
		return private(r.Say("check.mine")).as("own"), nil
	}
	message := b.questionOf(*r.Target)
	if message == "" {
		return private(r.Say("check.empty")).as("empty"), nil
	}
	refusal, outcome, err := b.admit(ctx, from(r))
	if err != nil {
		return Reply{}, err
	}
	if refusal != "" {
		return private(refusal).as(outcome), nil
	}
	findings, err := r.Edition.Checker.Check(ctx, message, r.Locale.Lang())
	if err != nil {
		return Reply{}, err
	}
	if findings, err = b.withoutHidden(ctx, r, findings); err != nil {
		return Reply{}, err
	}
	outcome = "checked"
	if len(findings) == 0 {
		outcome = "no claims"
	}
	b.observe(Event{Kind: "check", Outcome: outcome, Language: string(r.Locale), Took: b.now().Sub(start)})
	if len(findings) == 0 {
		return private(r.Say("check.no_claims")).as(outcome), nil
	}
	return b.checked(ctx, r, findings)
}

// withoutHidden leaves out what rests on passages that are hidden in the server: such a claim is not in the documents there.
func (b *Bot) withoutHidden(ctx context.Context, r Request, findings []factcheck.Finding) ([]factcheck.Finding, error) {
	hidden, err := b.hiddenIn(ctx, r.Server())
	if err != nil || len(hidden) == 0 {
		return findings, err
	}
	out := slices.Clone(findings)
	for i, f := range out {
		if slices.ContainsFunc(f.Citations, func(c rag.Citation) bool {
			p, ok := r.Edition.Base.Passage(c.Passage)
			return ok && hidden[p.Hash]
		}) {
			out[i] = factcheck.Finding{Sentence: f.Sentence, Verdict: factcheck.NotFound}
		}
	}
	return out, nil
}

// checked shows findings, with the evidence behind a button.
func (b *Bot) checked(ctx context.Context, r Request, findings []factcheck.Finding) (Reply, error) {
	p, citations := b.checkPage(r.Locale, findings, r.Edition)
	in, id := b.inquire(r, ""), store.NewAnswerID()
	in.private = true
	if len(citations) > 0 {
		p.rows = []discord.Component{row(discord.Button{
			Style: discord.Secondary, Label: r.Say("button.evidence"), CustomID: customID("evidence", string(id)),
		})}
		ans := rag.Answer{Outcome: "checked", Mode: rag.ModeQuotes, AnswerLanguage: r.Locale.Lang(), Citations: citations}
		if err := b.record(ctx, id, in, ans, true); err != nil {
			return Reply{}, err
		}
	}
	bodies := p.bodies(r.Settings.Layout)
	for i := range bodies {
		bodies[i].Private = true
	}
	return Reply{Body: bodies[0], More: bodies[1:], Outcome: "checked"}, nil
}

// checkPage puts findings together, with the citations in the order of their numbers.
func (b *Bot) checkPage(l phrase.Locale, findings []factcheck.Finding, e *Edition) (page, []rag.Citation) {
	p := page{
		heading: b.phrases.Say(l, "answer.sources"),
		lead:    []string{b.phrases.Say(l, "check.lead", phrase.Text("edition", e.Name))},
	}
	var citations []rag.Citation
	var blocks []string
	for _, f := range findings {
		var numbers []int
		for i := range f.Citations {
			var n int
			citations, n = cited(citations, f.Citations[i])
			if !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
		sentence := markup.Escape(markup.Clip(markup.Bare(f.Sentence), shownSentence))
		blocks = append(blocks, strings.TrimSpace("> "+sentence+"\n"+b.verdict(l, f)+" "+marks(numbers)))
	}
	p.claims = []string{strings.Join(blocks, "\n\n")}
	p.sources = b.numbered(l, citations, b.policy().Links.Mode)
	p.bare = b.numbered(l, citations, linksTitles)
	return p, citations
}

// cited numbers a citation among others; the same span has one number.
func cited(list []rag.Citation, c rag.Citation) ([]rag.Citation, int) {
	for _, old := range list {
		if old.Passage == c.Passage && old.Start == c.Start && old.End == c.End {
			return list, old.N
		}
	}
	c.N = len(list) + 1
	return append(list, c), c.N
}

// verdict says how a claim compares with the documents. It never says that somebody is wrong.
func (b *Bot) verdict(l phrase.Locale, f factcheck.Finding) string {
	who := phrase.Markup("who", strings.Join(b.publishers(l, f.Citations), ", "))
	switch f.Verdict {
	case factcheck.Matches:
		return b.phrases.Say(l, "check.matches", who)
	case factcheck.StateMedia:
		return b.phrases.Say(l, "check.state_media", who)
	case factcheck.Differs:
		key := "check.differs"
		if f.Period != "" {
			key = "check.differs_period"
		}
		return b.phrases.Say(l, key, phrase.Text("documents", f.Documents), phrase.Text("given", f.Given), phrase.Text("period", f.Period))
	}
	line := b.phrases.Say(l, "check.not_found")
	if len(f.Citations) > 0 {
		c := f.Citations[0]
		where := markup.Escape(markup.Clip(b.written(l, c.Title+" › "+c.Heading), longestHeading))
		line += " " + b.phrases.Say(l, "check.nearest", phrase.Markup("where", where))
	}
	return line
}

// publishers are those who say what is cited, each once.
func (b *Bot) publishers(l phrase.Locale, citations []rag.Citation) []string {
	var out []string
	for _, c := range citations {
		for _, s := range c.Sources {
			if who := b.publisher(l, c, s); !slices.Contains(out, who) {
				out = append(out, who)
			}
		}
	}
	return out
}
