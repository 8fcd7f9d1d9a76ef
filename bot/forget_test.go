package bot_test

import (
	"testing"
	"time"

	"amur/bot"
	"amur/internal/discordtest"
)

// TestForgetRecent has a member ask in private and be forgotten: the question and its answer are no longer in memory, those of others are.
func TestForgetRecent(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	_, mine := w.world.ask("7", trade, discordtest.Truth("private", true))
	_, others := w.world.ask("8", trade, discordtest.Truth("private", true))
	_, refused := w.world.ask("7", offSubject)
	w.says(w.slash("7", "privacy"), "in memory alone, for 15 minutes")
	w.press("7", w.slash("7", "forget-me").Message(), "Erase what is mine")
	_, shared := w.world.choose("7", mine.Message(), "more", "share")
	if !shared.Private {
		t.Errorf("what was forgotten is shared: %s", shared.Message().Text())
	}
	w.press("7", refused.Message(), "Tell the moderators")
	if card := w.card(); containsAny(card.Text(), offSubject) {
		t.Errorf("what was forgotten is on a card: %s", card.Text())
	}
	if _, shared = w.world.choose("8", others.Message(), "more", "share"); shared.Private {
		t.Errorf("the other cannot share: %s", shared.Message().Text())
	}
	w.clean()
}

func TestRememberedFor15Minutes(t *testing.T) {
	t.Parallel()
	if n := bot.Remembered(14 * time.Minute); n != 1 {
		t.Errorf("%d after 14 minutes, want 1", n)
	}
	if n := bot.Remembered(16 * time.Minute); n != 0 {
		t.Errorf("%d after 16 minutes, want none", n)
	}
}
