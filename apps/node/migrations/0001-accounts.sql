-- Accounts and sessions. Columns marked "sealed" are sealed with the node's data key.

create table node_state (
  name text primary key,
  value text not null default ''
);

create table accounts (
  id text primary key,
  role text not null check (role in ('patient', 'doctor', 'staff', 'admin', 'auditor')),
  status text not null check (status in ('pending', 'active', 'rejected', 'suspended')),
  -- Keyed token of the contact, and the contact itself, sealed.
  contact_token bytea not null unique,
  contact bytea not null,
  -- Sealed.
  name bytea not null,
  -- Sealed JSON.
  profession bytea not null,
  opaque_record text not null,
  -- The account root under OPAQUE's export key: nothing the node can open.
  wrapped_root bytea not null,
  -- Ed25519 public key; one person, one account.
  identity bytea not null unique,
  -- The signed public keys as the client made them.
  keys jsonb not null,
  -- The registry entry in the ledger: how often it was renewed, and its leaf hash.
  registry_revision integer,
  registry_leaf text,
  patient text unique,
  created_at timestamptz not null,
  decided_by text references accounts (id),
  decided_at timestamptz,
  -- Sealed.
  decision_reason bytea
);
create index accounts_by_role on accounts (role, status, created_at desc, id);

-- Keyed tokens of the beginnings of names.
create table account_search (
  token bigint not null,
  account text not null references accounts (id) on delete cascade,
  primary key (token, account)
);

-- Who used the setup code: there can be one row only.
create table hospital_setup (
  singleton boolean primary key default true check (singleton),
  account text not null references accounts (id),
  at timestamptz not null
);

create table sessions (
  id text primary key,
  account text not null references accounts (id),
  -- SHA-256 of the bearer token.
  token_hash bytea not null unique,
  -- Sealed.
  device bytea,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_of_account on sessions (account, created_at desc);
create index sessions_to_forget on sessions (expires_at);

-- The server's half of an OPAQUE login between its two messages.
create table logins (
  id text primary key,
  -- Null for a contact that nobody has; the answer looks the same.
  account text references accounts (id),
  contact_token bytea not null,
  -- Sealed.
  state bytea not null,
  expires_at timestamptz not null
);
create index logins_to_forget on logins (expires_at);

-- How often something limited was tried, such as signing in as one contact.
create table attempts (
  subject bytea primary key,
  tries integer not null,
  window_ends timestamptz not null
);
create index attempts_to_forget on attempts (window_ends);
