-- What only one node may have at a time: its name, who has it, and until when unless it is prolonged.
CREATE TABLE IF NOT EXISTS lease (
  name VARCHAR(255) PRIMARY KEY,
  owner VARCHAR(255) NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL
);
