-- Keys that all nodes share and nobody else knows, made once.
CREATE TABLE IF NOT EXISTS secret (
  name VARCHAR(64) PRIMARY KEY,
  content BYTEA NOT NULL
);
