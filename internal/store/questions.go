package store

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"iter"
	"time"
)

// Question is a question that is kept where insights are on: a text without its author.
type Question struct {
	Server   Server    `json:"server,omitempty"`
	Text     string    `json:"text,omitempty"` // sealed
	Asker    Member    `json:"-"`              // never kept and never returned: see Token
	Outcome  string    `json:"outcome,omitempty"`
	Language string    `json:"language,omitempty"`
	Vector   []byte    `json:"-"`       // for grouping by meaning; the caller's encoding; may be nil
	Private  bool      `json:"private"` // a private one is refused
	Created  time.Time `json:"created"`

	// Token is the same for the questions of one asker in one server and one Epoch, and says nothing else.
	Token string `json:"-"`
	Epoch int64  `json:"-"`
}

// ErrInsightsOff means that a question was to be kept in a server whose managers have not switched insights on.
var ErrInsightsOff = errors.New("insights are off")

// epochLasts is how long the questions of one asker can be joined.
const epochLasts = 30 * 24 * time.Hour

// AddQuestion keeps a question. It is ErrPrivate for a private one and one from a direct message, and ErrInsightsOff where
// insights are off.
//
// The author is not kept. So that it can be told whether a question was asked by several people, it has a token: an HMAC of
// the member under a salt of the server, which changes every 30 days and is deleted with the last question that it served.
func (s *Store) AddQuestion(ctx context.Context, q Question) error {
	if q.Private || q.Server == "" {
		return s.explain("keep a question in", ErrPrivate)
	}
	asker, err := s.hash(q.Asker)
	if err != nil {
		return s.explain("keep a question in", err)
	}
	if q.Created.IsZero() {
		q.Created = s.clock()
	}
	row := newID()
	text, err := s.seal(place{"questions", q.Server, row + " text"}, q.Text)
	if err != nil {
		return s.explain("keep a question in", err)
	}
	vector, err := s.seal(place{"questions", q.Server, row + " vector"}, string(q.Vector)) // it tells what the text says
	if err != nil {
		return s.explain("keep a question in", err)
	}
	return s.write(ctx, "keep a question in", func(ctx context.Context, tx *sql.Tx) error {
		settings, err := readSettings(ctx, tx, q.Server)
		if err != nil {
			return err
		}
		if !settings.Insights {
			return ErrInsightsOff
		}
		epoch := epochOf(q.Created)
		salt, err := saltOf(ctx, tx, q.Server, epoch)
		if err != nil {
			return err
		}
		mac := hmac.New(sha256.New, salt)
		_, _ = mac.Write(asker) // a hash takes everything
		_, err = tx.ExecContext(ctx, "INSERT INTO questions (server, rowkey, text, vector, outcome, language, token, epoch, created) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", q.Server, row, text, vector, q.Outcome, q.Language, mac.Sum(nil), epoch, moment(q.Created))
		return err
	})
}

func epochOf(t time.Time) int64 { return t.Unix() / int64(epochLasts/time.Second) }

// saltOf returns the salt of a server's epoch. The first who asks for it makes it.
func saltOf(ctx context.Context, tx *sql.Tx, server Server, epoch int64) (salt []byte, err error) {
	err = tx.QueryRowContext(ctx, "SELECT salt FROM salts WHERE server = ? AND epoch = ?", server, epoch).Scan(&salt)
	if !errors.Is(err, sql.ErrNoRows) {
		return salt, err
	}
	salt = make([]byte, 32)
	_, _ = rand.Read(salt) // never fails, says its documentation
	_, err = tx.ExecContext(ctx, "INSERT INTO salts VALUES (?, ?, ?)", server, epoch, salt)
	return salt, err
}

// Questions returns the questions of a server since then, oldest first, as far as its retention time reaches. Where insights
// were switched off, there are none.
func (s *Store) Questions(ctx context.Context, server Server, since time.Time) ([]Question, error) {
	settings, err := s.Settings(ctx, server)
	if err != nil || !settings.Insights {
		return nil, err
	}
	if oldest := s.clock().Add(-settings.retention()); since.Before(oldest) {
		since = oldest
	}
	questions, err := collect(ctx, s.read, s.scanQuestion, "SELECT server, rowkey, text, vector, outcome, language, token, epoch, created "+
		"FROM questions WHERE server = ? AND created >= ? ORDER BY created, id", server, moment(since))
	return questions, s.explain("read questions in", err)
}

func (s *Store) scanQuestion(rows *sql.Rows) (Question, error) {
	var q Question
	var row string
	var text, vector, token []byte
	if err := rows.Scan(&q.Server, &row, &text, &vector, &q.Outcome, &q.Language, &token, &q.Epoch, (*moment)(&q.Created)); err != nil {
		return Question{}, err
	}
	q.Token = hex.EncodeToString(token)
	var err error
	if q.Text, err = s.open(place{"questions", q.Server, row + " text"}, text); err != nil {
		return Question{}, err
	}
	plain, err := s.open(place{"questions", q.Server, row + " vector"}, vector)
	if err != nil {
		return Question{}, err
	}
	if plain != "" {
		q.Vector = []byte(plain)
	}
	return q, nil
}

// AllQuestions goes over the questions of all servers that the bot is in, server by server, for the operator. It ends with
// an error, if any.
func (s *Store) AllQuestions(ctx context.Context, since time.Time) iter.Seq2[Question, error] {
	return func(yield func(Question, error) bool) {
		const question = "SELECT DISTINCT server FROM questions WHERE server NOT IN (SELECT server FROM servers WHERE removed IS NOT NULL)"
		servers, err := collect(ctx, s.read, scanServer, question)
		if err != nil {
			yield(Question{}, s.explain("read questions in", err))
			return
		}
		for _, server := range servers {
			questions, err := s.Questions(ctx, server, since)
			if err != nil {
				yield(Question{}, err)
				return
			}
			for _, q := range questions {
				if !yield(q, nil) {
					return
				}
			}
		}
	}
}

// ForgetQuestions deletes the questions of a server.
func (s *Store) ForgetQuestions(ctx context.Context, server Server) error {
	return s.write(ctx, "delete questions in", func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM questions WHERE server = ?", server); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM salts WHERE server = ?", server)
		return err
	})
}

// Askers returns how many people have asked the questions, at least: tokens of two epochs cannot be compared, so it is the
// most that one epoch shows, and tokens of two servers neither, so it is the most that one server shows.
func Askers(questions []Question) int {
	type group struct {
		server Server
		epoch  int64
	}
	tokens := make(map[group]map[string]bool)
	most := 0
	for _, q := range questions {
		g := group{q.Server, q.Epoch}
		if tokens[g] == nil {
			tokens[g] = make(map[string]bool)
		}
		tokens[g][q.Token] = true
		most = max(most, len(tokens[g]))
	}
	return most
}
