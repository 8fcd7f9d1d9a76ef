package cli

import (
	"context"

	"amur/internal/text"
	"amur/rag"
)

// watcher prints an answer as it comes about: each sentence of a language model once it is checked, then what it rests on.
type watcher struct {
	page  *page
	say   func(what string)
	stop  func()
	shown int   // sentences that are printed
	err   error // the first of printing
}

// watch answers a question on the page.
func (a *app) watch(ctx context.Context, p parts, q rag.Question) (rag.Answer, *page, error) {
	w := watcher{page: a.newPage()}
	w.say, w.stop = a.spinner()
	ans, err := p.answerer.Watch(ctx, q, w.see)
	w.stop()
	if err == nil {
		err = w.err
	}
	if err != nil {
		return rag.Answer{}, nil, err
	}
	if ans.Mode == rag.ModeModel {
		for _, c := range ans.Claims[w.shown:] {
			w.page.claim(c)
		}
		w.page.evidence(ans, p.answerer.Index().Base())
	} else {
		if w.shown > 0 {
			w.page.blank()
			w.page.paragraph("", "", withdrawn(ans.AnswerLanguage), plain)
		}
		w.page.answer(ans, p.answerer.Index().Base())
	}
	return ans, w.page, nil
}

// withdrawn says that what was shown is no part of the answer.
func withdrawn(lang text.Lang) string {
	switch lang {
	case text.RU:
		return "Ответ выше оборвался и не в счёт."
	case text.UK:
		return "Відповідь вище обірвалася і не рахується."
	case text.ZH:
		return "以上回答中断，不作数。"
	case text.ZHHant:
		return "以上回答中斷，不作數。"
	}
	return "The answer above broke off and does not count."
}

// see takes what the answerer tells.
func (w *watcher) see(p rag.Progress) {
	switch {
	case p.Claim != nil:
		w.stop()
		w.shown++
		w.page.claim(*p.Claim)
		if err := w.page.flush(); err != nil && w.err == nil {
			w.err = err
		}
		w.say("checking")
	case p.Stage == rag.StageDraft:
		w.say("waiting for the language model")
	case p.Stage == rag.StageRepair:
		w.say("mending what the check refused")
	default:
		w.stop()
	}
}
