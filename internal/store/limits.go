package store

import (
	"errors"
	"fmt"
)

// ErrOverBudget means that a limit would be passed.
var ErrOverBudget = errors.New("over budget")

// OverBudgetError says which limit a reservation would have passed. It wraps ErrOverBudget.
type OverBudgetError struct {
	Limit   string // "tokens a day", "tokens an asker", "money a day", "tokens of one asker's share", …
	Whose   string // whose account is used up: "all", "asker" or "server"
	Used    int64  // on this day, tokens or millionths of a dollar, together with what is reserved
	Asked   int64
	Allowed int64
}

// Error names the limit and the figures.
func (e OverBudgetError) Error() string {
	return fmt.Sprintf("%v: %s: %d of %d are used or reserved today, and %d were asked for", ErrOverBudget, e.Limit, e.Used, e.Allowed, e.Asked)
}

// Unwrap returns ErrOverBudget.
func (e OverBudgetError) Unwrap() error { return ErrOverBudget }

// allow returns an OverBudgetError where an account that has used so much may not take more.
func (l Limits) allow(kind string, used Usage, tokens, microUSD int64) error {
	type check struct {
		limit                string
		used, asked, allowed int64
	}
	var checks []check
	switch kind {
	case "all":
		checks = []check{
			{"tokens a day", used.Tokens, tokens, l.TokensPerDay},
			{"money a day, in millionths of a dollar", used.MicroUSD, microUSD, l.MicroUSDPerDay},
		}
	case "asker":
		checks = append(checks, check{"tokens an asker", used.Tokens, tokens, l.TokensPerAsker})
		fallthrough
	default:
		checks = append(checks,
			check{"one " + kind + "'s share of the tokens", used.Tokens, tokens, share(l.Share, l.TokensPerDay)},
			check{"one " + kind + "'s share of the money, in millionths of a dollar", used.MicroUSD, microUSD, share(l.Share, l.MicroUSDPerDay)})
	}
	for _, c := range checks {
		if c.allowed > 0 && c.asked > c.allowed-c.used {
			return OverBudgetError{Limit: c.limit, Whose: kind, Used: c.used, Asked: c.asked, Allowed: c.allowed}
		}
	}
	return nil
}

// share is the part of a whole that one may take, at least 1 of it; 0 where there is no limit.
func share(part float64, whole int64) int64 {
	if part <= 0 || part >= 1 || whole <= 0 {
		return 0
	}
	return max(1, int64(part*float64(whole)))
}
