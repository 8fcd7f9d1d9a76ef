package store

import (
	"context"
	"fmt"
)

// StalePins counts the pins of all servers that wait for a moderator.
func (s *Store) StalePins(ctx context.Context) (int, error) {
	var n int
	err := s.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM pins WHERE state IN (?, ?)", PinStale, PinReview).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count stale pins: %w", err)
	}
	return n, nil
}
