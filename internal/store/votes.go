package store

import (
	"context"
	"database/sql"
	"encoding/hex"
)

// Votes are the votes on an answer, one a member.
type Votes struct{ Helpful, NotHelpful int }

// Vote counts the vote of a member on an answer in place of an earlier one, and returns all votes. An empty reason keeps the
// reason that came with an earlier vote of the same kind.
func (s *Store) Vote(ctx context.Context, server Server, id AnswerID, m Member, helpful bool, reason string) (Votes, error) {
	hash, err := s.hash(m)
	if err != nil {
		return Votes{}, s.explain("vote in", err)
	}
	sealed, err := s.seal(votePlace(server, id, hash), reason)
	if err != nil {
		return Votes{}, s.explain("vote in", err)
	}
	var votes Votes
	err = s.write(ctx, "vote in", func(ctx context.Context, tx *sql.Tx) error {
		const statement = "INSERT INTO votes (server, answer, member, helpful, reason, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) " +
			"ON CONFLICT DO UPDATE SET reason = iif(?7 AND helpful = ?4, reason, ?5), helpful = ?4, at = ?6"
		if _, err := tx.ExecContext(ctx, statement, server, id, hash, helpful, sealed, moment(s.clock()), reason == ""); err != nil {
			return err
		}
		votes, err = readVotes(ctx, tx, server, id)
		return err
	})
	if err != nil {
		return Votes{}, err
	}
	return votes, nil
}

// Votes returns the votes on an answer.
func (s *Store) Votes(ctx context.Context, server Server, id AnswerID) (Votes, error) {
	votes, err := readVotes(ctx, s.read, server, id)
	return votes, s.explain("read votes in", err)
}

func votePlace(server Server, id AnswerID, member []byte) place {
	return place{"votes", server, string(id) + " " + hex.EncodeToString(member)}
}

func readVotes(ctx context.Context, q querier, server Server, id AnswerID) (Votes, error) {
	return one(ctx, q, func(rows *sql.Rows) (v Votes, err error) {
		err = rows.Scan(&v.Helpful, &v.NotHelpful)
		return v, err
	}, "SELECT count(*) FILTER (WHERE helpful), count(*) FILTER (WHERE NOT helpful) FROM votes WHERE server = ? AND answer = ?", server, id)
}
