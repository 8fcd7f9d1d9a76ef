package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Block keeps the bot from answering a member in a server.
type Block struct {
	Server Server    `json:"server"`
	Until  time.Time `json:"until,omitzero"` // zero: until unblocked
}

// Block blocks a member until then; the zero time stands for "until unblocked". It replaces an earlier block.
func (s *Store) Block(ctx context.Context, server Server, m Member, until time.Time) error {
	hash, err := s.hash(m)
	if err != nil {
		return s.explain("block in", err)
	}
	return s.write(ctx, "block in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO blocks (server, member, until) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET until = ?3",
			server, hash, moment(until))
		return err
	})
}

// Unblock ends a block. It is ErrNotFound where there is none.
func (s *Store) Unblock(ctx context.Context, server Server, m Member) error {
	hash, err := s.hash(m)
	if err != nil {
		return s.explain("unblock in", err)
	}
	return s.write(ctx, "unblock in", func(ctx context.Context, tx *sql.Tx) error {
		return execOne(ctx, tx, "DELETE FROM blocks WHERE server = ? AND member = ?", server, hash)
	})
}

// Blocked reports whether a member is blocked, and until when; the zero time stands for "until unblocked".
func (s *Store) Blocked(ctx context.Context, server Server, m Member) (until time.Time, blocked bool, err error) {
	hash, err := s.hash(m)
	if err != nil {
		return time.Time{}, false, s.explain("read blocks in", err)
	}
	b, err := one(ctx, s.read, scanBlock, "SELECT server, until FROM blocks WHERE server = ? AND member = ? "+inForce,
		server, hash, moment(s.clock()))
	if errors.Is(err, ErrNotFound) {
		return time.Time{}, false, nil
	}
	return b.Until, err == nil, s.explain("read blocks in", err)
}

func scanBlock(rows *sql.Rows) (Block, error) {
	var b Block
	err := rows.Scan(&b.Server, (*moment)(&b.Until))
	return b, err
}
