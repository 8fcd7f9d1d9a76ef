package bot_test

import (
	"strings"
	"testing"

	"amur/internal/discordtest"
)

func TestAsk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	out := w.outcome(w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "How big is trade between China and Russia?")), nil)
	if out.Private || !strings.Contains(out.Message().Text(), "$240 billion") {
		t.Errorf("the answer: private %v:\n%s", out.Private, out.Message().Text())
	}
	t.Log(out.Message().Text())
	w.clean()
}
