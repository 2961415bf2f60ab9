-- Recovery kits, and accounts on their way back to their owners.

create table recovery_kits (
  account text primary key references accounts (id),
  -- The account root under the printed code: nothing the node can open.
  wrapped bytea not null,
  -- SHA-256 of the proof that one holds the code.
  verifier bytea not null,
  made_at timestamptz not null,
  rehearsed_at timestamptz
);

create table recoveries (
  id text primary key,
  means text not null check (means in ('kit', 'guardians')),
  -- Null where contact and proof belong to nobody; the answers look the same.
  account text references accounts (id),
  state text not null check (state in ('started', 'confirmed', 'finished', 'ended')),
  -- SHA-256 of the token that the right code was exchanged for.
  token_hash bytea unique,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index recoveries_of_account on recoveries (account) where account is not null;
create index recoveries_to_forget on recoveries (expires_at);

alter table one_time_codes drop constraint one_time_codes_purpose_check;
alter table one_time_codes
  add constraint one_time_codes_purpose_check check (purpose in ('consent', 'activation', 'recovery'));
