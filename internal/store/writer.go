package store

import (
	"context"
	"database/sql"
	"errors"
)

// ErrClosed means that the store was closed.
var ErrClosed = errors.New("closed")

// most is how many changes are brought onto the disk together.
const most = 256

// change is something that somebody waits for.
type change struct {
	ctx  context.Context
	do   func(ctx context.Context, tx *sql.Tx) error
	done chan error
}

// write runs do in a transaction and returns when that is on the disk, or has changed nothing. To bring something onto the
// disk takes the disk milliseconds, whatever it is: therefore one goroutine writes for all, and what has come together in
// the meantime goes in one transaction, each change in a savepoint of its own, so that one that fails takes none with it.
//
// The context that do gets is not the caller's: a statement that is broken off would take the others with it. A caller who
// has gone before the turn came changes nothing; later the change takes place.
//
// Where write returns an error, what do has left in variables holds nothing.
func (s *Store) write(ctx context.Context, doing string, do func(ctx context.Context, tx *sql.Tx) error) error {
	c := change{ctx, do, make(chan error, 1)}
	select {
	case <-s.closing: // a select with both ready would choose at random
		return s.explain(doing, ErrClosed)
	default:
	}
	select {
	case s.changes <- c:
	case <-s.closing:
		return s.explain(doing, ErrClosed)
	case <-ctx.Done():
		return s.explain(doing, ctx.Err())
	}
	return s.explain(doing, <-c.done)
}

// writeChanges is the goroutine that writes. It answers all that it has taken.
func (s *Store) writeChanges(ctx context.Context) {
	defer close(s.stopped)
	for {
		select {
		case c := <-s.changes:
			s.commit(ctx, c)
		case <-s.closing:
			return
		}
	}
}

// commit writes a change and all others that wait.
func (s *Store) commit(ctx context.Context, first change) {
	batch := []change{first}
	failed := []error{nil}
	err := s.transact(ctx, func(tx *sql.Tx) error {
		for i := 0; ; i++ {
			err := inSavepoint(ctx, tx, batch[i], &failed[i])
			if err != nil || len(batch) == most {
				return err
			}
			select {
			case c := <-s.changes:
				batch, failed = append(batch, c), append(failed, nil)
			default:
				return nil
			}
		}
	})
	for i, c := range batch {
		if failed[i] != nil {
			c.done <- failed[i]
		} else {
			c.done <- err
		}
	}
}

// inSavepoint makes one change. What it fails with goes to failed; an error is returned where the transaction is lost.
func inSavepoint(ctx context.Context, tx *sql.Tx, c change, failed *error) error {
	if *failed = c.ctx.Err(); *failed != nil {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "SAVEPOINT change"); err != nil {
		return err
	}
	if *failed = c.do(ctx, tx); *failed != nil {
		if _, err := tx.ExecContext(ctx, "ROLLBACK TO change"); err != nil {
			return errors.Join(*failed, err) // such as a full disk, which has rolled all back
		}
	}
	_, err := tx.ExecContext(ctx, "RELEASE change")
	return err
}

// transact runs do in a transaction: all of it holds and is on the disk, or nothing. There is one connection for it.
func (s *Store) transact(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // the first error is the one that tells
		return err
	}
	return tx.Commit()
}

// exec runs a statement and says how many rows it changed.
func exec(ctx context.Context, tx *sql.Tx, statement string, args ...any) (int64, error) {
	result, err := tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// execOne runs a statement that is about one row, and returns ErrNotFound where there is none.
func execOne(ctx context.Context, tx *sql.Tx, statement string, args ...any) error {
	n, err := exec(ctx, tx, statement, args...)
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}

// querier is a transaction, or the connections for reading.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// collect returns what a question finds, nil for nothing.
func collect[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), question string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, question, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return all, nil
}

// one returns the first that a question finds, or ErrNotFound.
func one[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), question string, args ...any) (T, error) {
	all, err := collect(ctx, q, scan, question, args...)
	if err == nil && len(all) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return all[0], nil
}
