-- What only one node may have at a time. One node is all there is here; the versions stay those of PostgreSQL.
CREATE TABLE IF NOT EXISTS "lease" (
  "name" VARCHAR(255) PRIMARY KEY,
  "owner" VARCHAR(255) NOT NULL,
  "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL
);
