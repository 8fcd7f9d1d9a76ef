package store

import (
	"context"
	"database/sql"
	"time"
)

// RemovedKept is how long the data of a server is kept after the bot was removed, so that a wrong kick loses nothing.
const RemovedKept = 14 * 24 * time.Hour

// ServerState says since when the bot is in a server.
type ServerState struct {
	Server  Server    `json:"server,omitempty"`
	Joined  time.Time `json:"joined,omitzero"`
	Removed time.Time `json:"removed,omitzero"` // zero while the bot is there
}

// Joined notes that the bot is in a server. Discord tells that at each start too: the time of joining stays the first.
func (s *Store) Joined(ctx context.Context, server Server) error {
	return s.write(ctx, "note a server in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO servers (server, joined) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "+
			"joined = iif(removed IS NULL, coalesce(joined, ?2), ?2), removed = NULL", server, moment(s.clock()))
		return err
	})
}

// Removed notes that the bot was removed from a server. What is kept of it stays for RemovedKept.
func (s *Store) Removed(ctx context.Context, server Server) error {
	return s.write(ctx, "note a server in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO servers (server, removed) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "+
			"removed = coalesce(removed, ?2)", server, moment(s.clock()))
		return err
	})
}

// Servers returns the servers that the bot is in, or was removed from less than RemovedKept ago.
func (s *Store) Servers(ctx context.Context) ([]ServerState, error) {
	servers, err := collect(ctx, s.read, scanServerState, "SELECT server, joined, removed FROM servers ORDER BY server")
	return servers, s.explain("read servers in", err)
}

func scanServerState(rows *sql.Rows) (ServerState, error) {
	var state ServerState
	err := rows.Scan(&state.Server, (*moment)(&state.Joined), (*moment)(&state.Removed))
	return state, err
}
