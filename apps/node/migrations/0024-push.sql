-- Devices that want to be woken (Web Push, RFC 8030). A push carries nothing, so no keys of theirs are kept.

create table push_subscriptions (
  id text primary key,
  account text not null references accounts (id),
  -- A session that was signed out is woken no more; one that ran out is, until it is forgotten.
  session text not null unique references sessions (id) on delete cascade,
  -- Keyed token of the endpoint, and the endpoint itself, sealed.
  endpoint_token bytea not null unique,
  endpoint bytea not null,
  created_at timestamptz not null
);
create index push_subscriptions_of_account on push_subscriptions (account);
