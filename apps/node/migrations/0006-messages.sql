-- Messages to people. `sealed` (address and values) is wiped as soon as the message is delivered or given up.
CREATE TABLE outbox (
  id text PRIMARY KEY,
  no bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  channel text NOT NULL CHECK (channel IN ('sms', 'email')),
  template text NOT NULL,
  sealed bytea,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'expired', 'failed')),
  created_at timestamptz NOT NULL,
  -- Nobody wants the message after this.
  useful_until timestamptz NOT NULL,
  ended_at timestamptz,
  -- Error code of the last attempt that failed.
  last_fault text,
  CHECK ((state = 'waiting') = (sealed IS NOT NULL))
);
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;
