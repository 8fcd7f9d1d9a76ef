package store

import (
	"context"
	"database/sql"
	"fmt"
)

// Writable tries to write: it puts the version of the file's form where it stands already. The error says why nothing can be
// kept, such as a full disk.
func (s *Store) Writable(ctx context.Context) error {
	return s.write(ctx, "try to write", func(ctx context.Context, tx *sql.Tx) error {
		var version int
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
		return err
	})
}
