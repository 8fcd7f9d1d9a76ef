package llm

import (
	"runtime"
	"strings"
)

// Visible is the answer in a text that comes in pieces, of a model whose template is known to open its reasoning or not.
// again tells whether something was taken back on the way.
func Visible(pieces []string, openReasoning bool) (text string, again bool) {
	t := newThink(openReasoning)
	var out strings.Builder
	add := func(v visible) {
		if v.restart {
			again = again || out.Len() > 0
			out.Reset()
		}
		out.WriteString(v.text)
	}
	for _, p := range pieces {
		add(t.next(p))
	}
	add(t.end(true))
	return out.String(), again
}

// AwaitQueue returns when n calls wait for their turn.
func (c *Client) AwaitQueue(n int) {
	for {
		c.gate.mutex.Lock()
		waiting := len(c.gate.waiting)
		c.gate.mutex.Unlock()
		if waiting == n {
			return
		}
		runtime.Gosched()
	}
}

// Kinds are all kinds of errors.
func Kinds() []Kind {
	return []Kind{
		KindUnreachable,
		KindTLS,
		KindConnectTimeout,
		KindFirstToken,
		KindStalled,
		KindTimeout,
		KindAuth,
		KindQuota,
		KindNoModel,
		KindNoEndpoint,
		KindRejected,
		KindTooLong,
		KindFilter,
		KindRateLimited,
		KindServer,
		KindGarbage,
		KindInterrupted,
		KindEmpty,
		KindOverloaded,
		KindBreakerOpen,
		KindCancelled,
		KindStopped,
	}
}
