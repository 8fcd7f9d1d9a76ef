-- The state of the bot. Times are milliseconds since 1970, UTC. What is called sealed is AES-256-GCM under a key that is
-- not in this file: nonce, then ciphertext. A member is the HMAC-SHA256 of the person's id under a key that is not here.

-- The proof of the key that the rows were written with.
CREATE TABLE keys (
  id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  proof BLOB NOT NULL
) STRICT;

CREATE TABLE servers (
  server  TEXT NOT NULL PRIMARY KEY CHECK (server <> ''),
  joined  INTEGER,
  removed INTEGER -- null while the bot is there
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  server   TEXT NOT NULL PRIMARY KEY CHECK (server <> ''),
  format   INTEGER NOT NULL, -- of body
  version  INTEGER NOT NULL,
  saved    INTEGER NOT NULL,
  saved_by BLOB NOT NULL, -- sealed
  body     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pins (
  server       TEXT NOT NULL CHECK (server <> ''),
  id           TEXT NOT NULL,
  version      INTEGER NOT NULL,
  channel      TEXT NOT NULL CHECK (channel <> ''),
  message      TEXT NOT NULL, -- empty while it is being published
  nonce        TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('publishing', 'sent', 'fresh', 'stale', 'review', 'lost')),
  language     TEXT NOT NULL,
  edition      TEXT NOT NULL,
  as_of        TEXT NOT NULL,
  mode         TEXT NOT NULL,
  model        TEXT NOT NULL,
  content      BLOB NOT NULL, -- sealed: topic, lines, who published it
  begun        INTEGER NOT NULL,
  published    INTEGER,
  stale_since  INTEGER,
  card_channel TEXT NOT NULL,
  card_message TEXT NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pins_by_message ON pins (server, message);

CREATE TABLE pin_history (
  n      INTEGER NOT NULL PRIMARY KEY,
  server TEXT NOT NULL,
  pin    TEXT NOT NULL,
  at     INTEGER NOT NULL,
  event  BLOB NOT NULL, -- sealed: who and what
  FOREIGN KEY (server, pin) REFERENCES pins ON DELETE CASCADE
) STRICT;
CREATE INDEX pin_history_by_pin ON pin_history (server, pin);

CREATE TABLE drafts (
  server  TEXT NOT NULL CHECK (server <> ''),
  id      TEXT NOT NULL,
  author  BLOB NOT NULL, -- a member
  version INTEGER NOT NULL,
  saved   INTEGER NOT NULL,
  content BLOB NOT NULL, -- sealed: all of the draft
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_by_author ON drafts (author, server);

CREATE TABLE hides (
  server       TEXT NOT NULL CHECK (server <> ''),
  id           TEXT NOT NULL,
  answer       TEXT NOT NULL,
  at           INTEGER NOT NULL,
  until        INTEGER, -- null: until it is restored
  people       BLOB NOT NULL, -- sealed: who hid it and who kept it so
  passages     TEXT NOT NULL,
  card_channel TEXT NOT NULL,
  card_message TEXT NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  server       TEXT NOT NULL CHECK (server <> ''),
  id           TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('section', 'passage', 'topic')),
  target       TEXT NOT NULL,
  language     TEXT NOT NULL,
  content      BLOB NOT NULL, -- sealed: text, proposer, approver
  proposed     INTEGER NOT NULL,
  approved     INTEGER,
  alone        INTEGER NOT NULL,
  expires      INTEGER NOT NULL,
  card_channel TEXT NOT NULL,
  card_message TEXT NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pauses (
  server  TEXT NOT NULL CHECK (server <> ''),
  channel TEXT NOT NULL, -- empty for all
  until   INTEGER NOT NULL,
  PRIMARY KEY (server, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocks (
  server TEXT NOT NULL CHECK (server <> ''),
  member BLOB NOT NULL,
  until  INTEGER, -- null: until unblocked
  PRIMARY KEY (server, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE votes (
  server  TEXT NOT NULL,
  answer  TEXT NOT NULL,
  member  BLOB NOT NULL,
  helpful INTEGER NOT NULL,
  reason  BLOB NOT NULL, -- sealed
  at      INTEGER NOT NULL,
  PRIMARY KEY (server, answer, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX votes_by_member ON votes (member);

CREATE TABLE cards (
  server    TEXT NOT NULL CHECK (server <> ''),
  id        TEXT NOT NULL,
  answer    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('open', 'handled', 'dismissed')),
  closed_by BLOB NOT NULL, -- sealed
  channel   TEXT NOT NULL,
  message   TEXT NOT NULL, -- empty until it was posted
  created   INTEGER NOT NULL,
  PRIMARY KEY (server, id),
  UNIQUE (server, answer, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  server TEXT NOT NULL,
  card   TEXT NOT NULL,
  member BLOB NOT NULL,
  text   BLOB NOT NULL, -- sealed
  at     INTEGER NOT NULL,
  PRIMARY KEY (server, card, member),
  FOREIGN KEY (server, card) REFERENCES cards ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_by_member ON reports (member);

CREATE TABLE answers (
  server   TEXT NOT NULL, -- empty for direct messages
  id       TEXT NOT NULL,
  channel  TEXT NOT NULL,
  asking   TEXT NOT NULL, -- the message that asked; empty for commands
  asker    BLOB, -- a member; null after the member asked to be forgotten
  edition  TEXT NOT NULL,
  passages TEXT NOT NULL,
  outcome  TEXT NOT NULL,
  mode     TEXT NOT NULL,
  language TEXT NOT NULL,
  incident TEXT NOT NULL,
  private  INTEGER NOT NULL,
  created  INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_asking ON answers (server, asking) WHERE asking <> '';
CREATE INDEX answers_by_incident ON answers (incident) WHERE incident <> '';
CREATE INDEX answers_by_asker ON answers (asker) WHERE asker IS NOT NULL;
CREATE INDEX answers_by_age ON answers (created);

CREATE TABLE answer_messages (
  server  TEXT NOT NULL,
  message TEXT NOT NULL,
  answer  TEXT NOT NULL,
  n       INTEGER NOT NULL, -- its place among the messages of the answer
  PRIMARY KEY (server, message),
  FOREIGN KEY (server, answer) REFERENCES answers ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_messages_by_answer ON answer_messages (server, answer);

-- A question that was counted.
CREATE TABLE takes (
  id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- never used twice
  server TEXT NOT NULL,
  member BLOB NOT NULL,
  at     INTEGER NOT NULL
) STRICT;
CREATE INDEX takes_by_member ON takes (member, server, at);
CREATE INDEX takes_by_server ON takes (server, at);
CREATE INDEX takes_by_age ON takes (at);

-- What is done once a day for a member.
CREATE TABLE firsts (
  server TEXT NOT NULL,
  member BLOB NOT NULL,
  what   TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (server, member, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE questions (
  id       INTEGER NOT NULL PRIMARY KEY,
  server   TEXT NOT NULL CHECK (server <> ''),
  rowkey   TEXT NOT NULL, -- names the row in what is sealed
  text     BLOB NOT NULL, -- sealed
  vector   BLOB NOT NULL, -- sealed; empty for none
  outcome  TEXT NOT NULL,
  language TEXT NOT NULL,
  token    BLOB NOT NULL, -- of the asker, under the salt of the epoch
  epoch    INTEGER NOT NULL,
  created  INTEGER NOT NULL
) STRICT;
CREATE INDEX questions_by_server ON questions (server, created);

CREATE TABLE salts (
  server TEXT NOT NULL,
  epoch  INTEGER NOT NULL,
  salt   BLOB NOT NULL CHECK (length(salt) = 32),
  PRIMARY KEY (server, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts (
  server TEXT NOT NULL,
  day    TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  what   TEXT NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (server, day, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE identifies (
  n  INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE commands (
  application TEXT NOT NULL PRIMARY KEY,
  body        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Entries of the journal of erasures that this file has seen.
CREATE TABLE erasures (
  id    TEXT NOT NULL PRIMARY KEY,
  entry TEXT NOT NULL
) STRICT, WITHOUT ROWID;
