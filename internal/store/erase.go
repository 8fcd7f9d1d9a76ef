package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
)

// EraseServer erases all that is kept of a server, at once and for good.
func (s *Store) EraseServer(ctx context.Context, server Server) error {
	if server == "" {
		return s.explain("erase in", ErrNoServer)
	}
	return s.eraseNow(ctx, Erasure{Kind: eraseServer, Server: server})
}

// EraseMember erases what a member has left in all servers and in direct messages: votes, reports and drafts, and whose
// question an answer replied to. Counters and blocks stay until they lapse.
func (s *Store) EraseMember(ctx context.Context, m Member) error {
	return s.eraseMember(ctx, m, Erasure{Kind: eraseMember})
}

// EraseMemberIn erases what a member has left in one server, as EraseMember does; an empty server stands for direct
// messages.
func (s *Store) EraseMemberIn(ctx context.Context, server Server, m Member) error {
	return s.eraseMember(ctx, m, Erasure{Kind: eraseMemberIn, Server: server})
}

func (s *Store) eraseMember(ctx context.Context, m Member, e Erasure) error {
	hash, err := s.hash(m)
	if err != nil {
		return s.explain("erase in", err)
	}
	e.Member = hex.EncodeToString(hash)
	return s.eraseNow(ctx, e)
}

func (s *Store) eraseNow(ctx context.Context, e Erasure) error {
	always := func(context.Context, *sql.Tx) (bool, error) { return true, nil }
	if _, err := s.eraseWhere(ctx, e, always); err != nil {
		return err
	}
	return s.wipe(ctx)
}

// eraseWhere erases what an entry says, if due says so in the same transaction.
//
// Where that fails, the entry is taken out of the journal again: nobody was told that it is done, and to do it when the
// state is opened next, perhaps in a year, would erase what has been written since.
func (s *Store) eraseWhere(ctx context.Context, e Erasure, due func(context.Context, *sql.Tx) (bool, error)) (done bool, err error) {
	e.ID, e.At = newID(), s.clock()
	err = s.write(ctx, "erase in", func(ctx context.Context, tx *sql.Tx) error {
		if done, err = due(ctx, tx); err != nil || !done {
			return err
		}
		return s.erase(ctx, tx, e)
	})
	if err == nil {
		return done, nil
	}
	withdraw := s.write(context.WithoutCancel(ctx), "keep the journal of", func(context.Context, *sql.Tx) error {
		return withdrawErasure(s.journalFile(), e.ID)
	})
	return false, errors.Join(err, withdraw)
}

// wipe takes what was deleted out of the write-ahead log too. Who reads at the moment may keep a part of it there until the
// next time. It is not broken off: what it follows has taken place.
func (s *Store) wipe(ctx context.Context) error {
	_, err := s.db.ExecContext(context.WithoutCancel(ctx), "PRAGMA wal_checkpoint(TRUNCATE)")
	return s.explain("wipe the log of", err)
}

func deleteServer(ctx context.Context, tx *sql.Tx, server Server) error {
	for _, statement := range []string{
		"DELETE FROM settings WHERE server = ?",
		"DELETE FROM pins WHERE server = ?", // and their history
		"DELETE FROM drafts WHERE server = ?",
		"DELETE FROM hides WHERE server = ?",
		"DELETE FROM notes WHERE server = ?",
		"DELETE FROM pauses WHERE server = ?",
		"DELETE FROM blocks WHERE server = ?",
		"DELETE FROM votes WHERE server = ?",
		"DELETE FROM cards WHERE server = ?",   // and their reports
		"DELETE FROM answers WHERE server = ?", // and their messages
		"DELETE FROM takes WHERE server = ?",
		"DELETE FROM firsts WHERE server = ?",
		"DELETE FROM questions WHERE server = ?",
		"DELETE FROM salts WHERE server = ?",
		"DELETE FROM counts WHERE server = ?",
		"DELETE FROM servers WHERE server = ?",
	} {
		if _, err := tx.ExecContext(ctx, statement, server); err != nil {
			return err
		}
	}
	return nil
}

func deleteMember(ctx context.Context, tx *sql.Tx, hash []byte) error {
	for _, statement := range []string{
		"DELETE FROM votes WHERE member = ?",
		"DELETE FROM reports WHERE member = ?",
		"DELETE FROM drafts WHERE author = ?",
		"UPDATE answers SET asker = NULL WHERE asker = ?",
	} {
		if _, err := tx.ExecContext(ctx, statement, hash); err != nil {
			return err
		}
	}
	return nil
}

func deleteMemberIn(ctx context.Context, tx *sql.Tx, server Server, hash []byte) error {
	for _, statement := range []string{
		"DELETE FROM votes WHERE member = ? AND server = ?",
		"DELETE FROM reports WHERE member = ? AND server = ?",
		"DELETE FROM drafts WHERE author = ? AND server = ?",
		"UPDATE answers SET asker = NULL WHERE asker = ? AND server = ?",
	} {
		if _, err := tx.ExecContext(ctx, statement, hash, server); err != nil {
			return err
		}
	}
	return nil
}
