-- A day (UTC) with spending, and the salt that its account names are made with.
CREATE TABLE days (
  day  TEXT NOT NULL PRIMARY KEY CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT, WITHOUT ROWID;

-- What the language model used or may still use, by day and account: everybody, an asker or a server.
CREATE TABLE spending (
  day       TEXT NOT NULL REFERENCES days ON DELETE CASCADE,
  kind      TEXT NOT NULL CHECK (kind IN ('all', 'asker', 'server')),
  account   BLOB NOT NULL, -- HMAC-SHA256 of the id under the day's salt; empty for everybody
  calls     INTEGER NOT NULL CHECK (calls >= 0),
  unsettled INTEGER NOT NULL CHECK (unsettled BETWEEN 0 AND calls), -- calls whose end is not known: they count as reserved
  tokens    INTEGER NOT NULL CHECK (tokens >= 0),
  micro_usd INTEGER NOT NULL CHECK (micro_usd >= 0),
  PRIMARY KEY (day, kind, account)
) STRICT, WITHOUT ROWID;
