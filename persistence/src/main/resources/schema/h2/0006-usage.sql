-- What each call cost, in billionths of a US dollar.
CREATE TABLE IF NOT EXISTS "usage" (
  "id" VARCHAR(255) PRIMARY KEY,
  "ended_at" TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  "principal" VARCHAR(255) NOT NULL,
  "session" VARCHAR(255) NOT NULL,
  "tool" VARCHAR(255) NOT NULL,
  "model_asked" VARCHAR(255) NOT NULL,
  "provider" VARCHAR(255) NOT NULL,
  "model" VARCHAR(255) NOT NULL,
  "input_tokens" BIGINT NOT NULL,
  "cached_tokens" BIGINT NOT NULL,
  "output_tokens" BIGINT NOT NULL,
  "cost_nanos" BIGINT NOT NULL,
  "attempts" INTEGER NOT NULL,
  "outcome" VARCHAR(32) NOT NULL,
  "millis" BIGINT NOT NULL,
  "first_token_millis" BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS "usage_ended_at" ON "usage" ("ended_at");
