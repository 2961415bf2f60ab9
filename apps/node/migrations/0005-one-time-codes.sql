-- Codes sent to a phone, each bound to one request. Only a keyed hash is kept.
create table one_time_codes (
  purpose text not null check (purpose in ('consent', 'activation')),
  subject text not null,
  salt bytea not null,
  code_hash bytea not null,
  binding bytea not null,
  expires_at timestamptz not null,
  attempts_left integer not null check (attempts_left >= 0),
  sends_left integer not null check (sends_left >= 0),
  consumed_at timestamptz,
  primary key (purpose, subject)
);
