-- Answers that equal calls may be given for a while.
CREATE TABLE IF NOT EXISTS result (
  call_key VARCHAR(64) PRIMARY KEY,
  answer BYTEA NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX IF NOT EXISTS result_expires_at ON result (expires_at);
