package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// AnswersKept is how long the record of an answer is kept. Its buttons lapse then.
const AnswersKept = 30 * 24 * time.Hour

// Answer is the record behind the buttons of an answer: no question and no text.
type Answer struct {
	ID       AnswerID        `json:"id,omitempty"`
	Server   Server          `json:"server,omitempty"` // empty for direct messages
	Channel  Channel         `json:"channel,omitempty"`
	Messages []Message       `json:"messages,omitempty"` // of the answer, in order; may be empty until they were sent
	Asking   Message         `json:"asking,omitempty"`   // the message that asked; empty for slash commands
	Asker    Member          `json:"-"`                  // kept as a hash and never returned: ask AskedBy
	Edition  string          `json:"edition,omitempty"`
	Passages []AnswerPassage `json:"passages,omitempty"`
	Outcome  string          `json:"outcome,omitempty"`
	Mode     string          `json:"mode,omitempty"`
	Language string          `json:"language,omitempty"`
	Incident string          `json:"incident,omitempty"` // the code that a failure was shown with; empty for none
	Private  bool            `json:"private"`
	Created  time.Time       `json:"created"` // zero stands for now; it stays what it was first
}

// AnswerPassage is a cited span, in the order of citations.
type AnswerPassage struct {
	Passage string `json:"passage"`
	Section string `json:"section"`
	Hash    string `json:"hash"`
	Start   int    `json:"start"` // bytes into the passage
	End     int    `json:"end"`
}

const answerColumns = "SELECT server, id, channel, asking, edition, passages, outcome, mode, language, incident, private, created FROM answers "

func scanAnswer(rows *sql.Rows) (Answer, error) {
	var a Answer
	var passages string
	if err := rows.Scan(&a.Server, &a.ID, &a.Channel, &a.Asking, &a.Edition, &passages, &a.Outcome, &a.Mode, &a.Language, &a.Incident,
		&a.Private, (*moment)(&a.Created)); err != nil {
		return Answer{}, err
	}
	if err := json.Unmarshal([]byte(passages), &a.Passages); err != nil {
		return Answer{}, fmt.Errorf("%w: passages of an answer: %w", ErrDamaged, err)
	}
	return a, nil
}

// answers returns records with their messages.
func answers(ctx context.Context, q querier, where string, args ...any) ([]Answer, error) {
	all, err := collect(ctx, q, scanAnswer, answerColumns+where, args...)
	if err != nil {
		return nil, err
	}
	for i := range all {
		a := &all[i]
		a.Messages, err = collect(ctx, q, func(rows *sql.Rows) (m Message, err error) {
			err = rows.Scan(&m)
			return m, err
		}, "SELECT message FROM answer_messages WHERE server = ? AND answer = ? ORDER BY n", a.Server, a.ID)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (s *Store) answer(ctx context.Context, where string, args ...any) (Answer, error) {
	all, err := answers(ctx, s.read, where+" AND created > ?", append(args, moment(s.clock().Add(-AnswersKept)))...)
	if err == nil && len(all) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Answer{}, s.explain("read an answer in", err)
	}
	return all[0], nil
}

// SaveAnswer saves the record of an answer under its ID, see NewAnswerID, in place of an earlier one. An empty Asker leaves
// the asker as it was, and messages that are noted stay noted.
func (s *Store) SaveAnswer(ctx context.Context, a Answer) error {
	if a.ID == "" {
		return s.explain("save an answer in", errors.New("an answer without an id"))
	}
	if a.Created.IsZero() {
		a.Created = s.clock()
	}
	var asker []byte
	var err error
	if a.Asker != "" {
		asker, err = s.hash(a.Asker)
	}
	if err != nil {
		return s.explain("save an answer in", err)
	}
	passages, err := json.Marshal(a.Passages)
	if err != nil {
		return s.explain("save an answer in", err)
	}
	return s.write(ctx, "save an answer in", func(ctx context.Context, tx *sql.Tx) error {
		const statement = "INSERT INTO answers (server, id, channel, asking, asker, edition, passages, outcome, mode, language, incident, private, created) " +
			"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO UPDATE SET channel = ?3, asking = ?4, " +
			"asker = coalesce(?5, asker), edition = ?6, passages = ?7, outcome = ?8, mode = ?9, language = ?10, incident = ?11, private = ?12"
		if _, err := tx.ExecContext(ctx, statement, a.Server, a.ID, a.Channel, a.Asking, asker, a.Edition, string(passages), a.Outcome, a.Mode,
			a.Language, a.Incident, a.Private, moment(a.Created)); err != nil {
			return err
		}
		return addAnswerMessages(ctx, tx, a.Server, a.ID, a.Messages)
	})
}

// AddAnswerMessages notes further messages of an answer.
func (s *Store) AddAnswerMessages(ctx context.Context, server Server, id AnswerID, messages ...Message) error {
	return s.write(ctx, "note the messages of an answer in", func(ctx context.Context, tx *sql.Tx) error {
		if err := execOne(ctx, tx, "UPDATE answers SET created = created WHERE server = ? AND id = ?", server, id); err != nil {
			return err
		}
		return addAnswerMessages(ctx, tx, server, id, messages)
	})
}

func addAnswerMessages(ctx context.Context, tx *sql.Tx, server Server, id AnswerID, messages []Message) error {
	for _, m := range messages {
		const statement = "INSERT INTO answer_messages (server, message, answer, n) VALUES (?1, ?2, ?3, " +
			"(SELECT count(*) FROM answer_messages WHERE server = ?1 AND answer = ?3)) ON CONFLICT DO NOTHING"
		if _, err := tx.ExecContext(ctx, statement, server, m, id); err != nil {
			return err
		}
	}
	return nil
}

// Answer returns the record of an answer.
func (s *Store) Answer(ctx context.Context, server Server, id AnswerID) (Answer, error) {
	return s.answer(ctx, "WHERE server = ? AND id = ?", server, id)
}

// AnswerByMessage returns the record of the answer that a message belongs to.
func (s *Store) AnswerByMessage(ctx context.Context, server Server, m Message) (Answer, error) {
	const where = "WHERE server = ?1 AND id = (SELECT answer FROM answer_messages WHERE server = ?1 AND message = ?2)"
	return s.answer(ctx, where, server, m)
}

// AnswersTo returns the records of the answers to a message, oldest first; none is no error.
func (s *Store) AnswersTo(ctx context.Context, server Server, asking Message) ([]Answer, error) {
	all, err := answers(ctx, s.read, "WHERE server = ? AND asking = ? AND asking <> '' AND created > ? ORDER BY created, id",
		server, asking, moment(s.clock().Add(-AnswersKept)))
	return all, s.explain("read answers in", err)
}

// AnswersOfIncident returns the records with an incident code in all servers, oldest first, for the operator.
func (s *Store) AnswersOfIncident(ctx context.Context, incident string) ([]Answer, error) {
	all, err := answers(ctx, s.read, "WHERE incident = ? AND incident <> '' AND created > ? ORDER BY created, id",
		incident, moment(s.clock().Add(-AnswersKept)))
	return all, s.explain("read answers in", err)
}

// AskedBy reports whether a member has asked what an answer replies to; false too where there is no record, or the member
// asked to be forgotten since.
func (s *Store) AskedBy(ctx context.Context, server Server, id AnswerID, m Member) (bool, error) {
	hash, err := s.hash(m)
	if err != nil {
		return false, s.explain("read an answer in", err)
	}
	_, err = s.answer(ctx, "WHERE server = ? AND id = ? AND asker = ?", server, id, hash)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// DropAnswer deletes the record of an answer, once its messages are deleted. It is no error where there is none.
func (s *Store) DropAnswer(ctx context.Context, server Server, id AnswerID) error {
	return s.write(ctx, "delete an answer in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM answers WHERE server = ? AND id = ?", server, id)
		return err
	})
}
