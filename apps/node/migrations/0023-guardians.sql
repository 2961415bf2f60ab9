-- Guardians: any two of three give an account back.

create table guardian_sets (
  owner text primary key references accounts (id),
  -- Commits to the shared secret and says nothing of it.
  commitment bytea not null,
  made_at timestamptz not null
);

create table guardianships (
  owner text not null references guardian_sets (owner) on delete cascade,
  guardian text not null references accounts (id),
  -- The share, sealed to the guardian's account key.
  sealed_share bytea not null,
  primary key (owner, guardian)
);
create index guardianships_of_guardian on guardianships (guardian);

-- A recovery whose code was right and which the guardians were asked about.
create table guardian_requests (
  recovery text primary key references recoveries (id) on delete cascade,
  owner text not null references accounts (id),
  request_key bytea not null,
  asked_at timestamptz not null,
  -- Nothing is given out before.
  opens_at timestamptz not null,
  -- SHA-256 of the code in the message to the owner.
  refusal_hash bytea not null unique,
  refused_at timestamptz
);
create index guardian_requests_of_owner on guardian_requests (owner);

create table guardian_releases (
  recovery text not null references guardian_requests (recovery) on delete cascade,
  guardian text not null references accounts (id),
  -- The share, sealed to the request's key.
  sealed_share bytea not null,
  released_at timestamptz not null,
  primary key (recovery, guardian)
);
