package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// Commands are the commands that were registered with Discord.
type Commands struct {
	Digest string            `json:"digest"` // of what was sent; the caller's
	IDs    map[string]string `json:"ids"`    // Discord's ids by name
}

// Commands returns what was registered for an application; the zero value where nothing was.
func (s *Store) Commands(ctx context.Context, application string) (Commands, error) {
	c, err := one(ctx, s.read, func(rows *sql.Rows) (Commands, error) {
		var body string
		if err := rows.Scan(&body); err != nil {
			return Commands{}, err
		}
		var c Commands
		if err := json.Unmarshal([]byte(body), &c); err != nil {
			return Commands{}, fmt.Errorf("%w: commands: %w", ErrDamaged, err)
		}
		return c, nil
	}, "SELECT body FROM commands WHERE application = ?", application)
	if errors.Is(err, ErrNotFound) {
		return Commands{}, nil
	}
	return c, s.explain("read commands in", err)
}

// SaveCommands notes what was registered for an application.
func (s *Store) SaveCommands(ctx context.Context, application string, c Commands) error {
	body, err := json.Marshal(c)
	if err != nil {
		return s.explain("save commands in", err)
	}
	return s.write(ctx, "save commands in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO commands (application, body) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET body = ?2",
			application, string(body))
		return err
	})
}
