package eval

import "amur/internal/text"

// language judges which language the question was taken for and the bot's own sentences are in.
func (r *Result) language() {
	q, a := r.Question, r.Answer
	want := q.answerLang()
	r.marks.add(mLanguageDetected, a.Language == want)
	if q.marked() {
		r.marks.add(mLanguageMarked, a.Language == want)
	}
	spoken := r.spoken()
	if q.Lang == text.UK {
		r.marks.add(mLanguageUkInRu, spoken == text.RU || a.AnswerLanguage == text.RU)
	}
	if q.Lang == text.RU {
		r.marks.add(mLanguageRuAsUk, a.Language == text.UK || spoken == text.UK)
	}
	if q.Lang != text.UK && !q.marked() {
		return
	}
	r.marks.add(mLanguagePass, spoken == want)
	if want == text.ZHHant {
		r.marks.add(mLanguageTraditional, spoken == want)
	}
	if spoken != want {
		r.blame("language: the bot speaks %s instead of %s", spoken, want)
	}
}

// spoken is the language of the bot's own sentences. Where they do not tell, or the reply is nothing but quotations,
// it is the one that the answer names.
func (r *Result) spoken() text.Lang {
	own := ownVoice(r.Answer)
	if !hasLetters(own) {
		return r.Answer.AnswerLanguage
	}
	return text.Detect(own, r.Answer.AnswerLanguage)
}
