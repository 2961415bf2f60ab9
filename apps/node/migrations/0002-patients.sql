-- Patients and their cards. Columns marked "sealed" are sealed with the node's data key.

create table patients (
  id text primary key,
  -- Orders lists and the search, newest first.
  no bigint generated always as identity unique,
  -- Sealed JSON.
  demographics bytea not null,
  -- Sealed: the scalar that this custodian's half of every key of hers is derived from.
  mediation_scalar bytea not null,
  -- The keys in force.
  identity bytea not null unique,
  revision integer not null,
  -- Under keys that only she holds.
  keyring bytea not null,
  activated_at timestamptz,
  created_at timestamptz not null,
  created_by text references accounts (id)
);

alter table accounts add constraint accounts_patient foreign key (patient) references patients (id);

-- Every revision of her public keys, as she signed them.
create table patient_keys (
  patient text not null references patients (id),
  revision integer not null,
  identity bytea not null,
  keys jsonb not null,
  primary key (patient, revision)
);

create table patient_identity_rotations (
  patient text not null references patients (id),
  revision integer not null,
  rotation jsonb not null,
  primary key (patient, revision)
);

-- The account root under the card's key or the recovery kit's.
create table patient_wrapped_roots (
  patient text not null references patients (id),
  wrapped_by text not null check (wrapped_by in ('card', 'kit')),
  wrapped bytea not null,
  primary key (patient, wrapped_by)
);

-- This custodian's share S and point P for each holder's X.
create table mediation_points (
  patient text not null references patients (id),
  x bytea not null,
  share bytea not null,
  point bytea not null,
  holder text not null check (holder in ('category', 'card', 'author')),
  -- The author whose key it is.
  account text references accounts (id),
  primary key (patient, x)
);

create table attestations (
  patient text not null references patients (id),
  -- SHA-256 of the signed statement, so that repeating it changes nothing.
  hash bytea not null,
  signer bytea not null,
  statement jsonb not null,
  stored_at timestamptz not null,
  primary key (patient, hash)
);

create table attested_points (
  patient text not null,
  x bytea not null,
  hash bytea not null,
  primary key (patient, x, hash),
  foreign key (patient, hash) references attestations (patient, hash) on delete cascade
);

-- Keyed tokens of the beginnings of names and telephone numbers, of birth dates, identifiers and card numbers.
create table patient_search (
  token bigint not null,
  no bigint not null references patients (no) on delete cascade,
  primary key (token, no)
);

create table cards (
  -- Keyed token of the card number, and the number itself, sealed.
  number_token bytea primary key,
  number bytea not null,
  patient text not null references patients (id),
  lookup_epoch integer not null,
  status text not null check (status in ('active', 'blocked')),
  x bytea not null,
  proof_key bytea not null unique,
  -- Sealed: the signed card key, which names the card's number.
  key bytea not null,
  issued_at timestamptz not null,
  blocked_at timestamptz,
  blocked_by text references accounts (id),
  -- Sealed.
  block_reason bytea,
  unique (patient, lookup_epoch)
);
create unique index cards_in_use on cards (patient) where status = 'active';

-- The activation of an app by card and one-time code.
create table activations (
  id text primary key,
  patient text not null references patients (id),
  -- Of the card's proof: one proof starts one activation.
  nonce text not null unique,
  created_at timestamptz not null,
  -- SHA-256 of the token to register with; null until the code was entered.
  token_hash bytea unique,
  token_expires_at timestamptz,
  finished_at timestamptz
);
create index activations_to_forget on activations (created_at);
