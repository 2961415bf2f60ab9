-- What signing in asks for beside the password.

create table totp (
  account text primary key references accounts (id),
  -- Sealed: the key that the authenticator app has too.
  key bytea not null,
  made_at timestamptz not null,
  -- Null until a code of it was confirmed; it does not count before.
  confirmed_at timestamptz,
  -- The newest step of 30 seconds whose code was taken: none is taken twice (RFC 6238 §5.2).
  last_step bigint not null default 0
);

-- Somebody whose password was right, and who is now asked for more. The id becomes the session's.
create table second_factor_questions (
  id text primary key,
  account text not null references accounts (id),
  -- Sealed, for the session.
  device bytea,
  tries_left integer not null check (tries_left >= 0),
  expires_at timestamptz not null
);
create index second_factor_questions_of_account on second_factor_questions (account);
create index second_factor_questions_to_forget on second_factor_questions (expires_at);
