-- Large contents by their SHA-256, in pieces of at most 1 MiB, most of them in one.
CREATE TABLE IF NOT EXISTS payload (
  sha256 VARCHAR(64) NOT NULL,
  piece INTEGER NOT NULL,
  content BYTEA NOT NULL,
  last_put TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (sha256, piece)
);

CREATE INDEX IF NOT EXISTS payload_last_put ON payload (last_put);
