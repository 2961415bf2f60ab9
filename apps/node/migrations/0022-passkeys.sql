-- Passkeys (WebAuthn), and ceremonies between their two messages.

create table passkeys (
  id text primary key,
  account text not null references accounts (id),
  -- As the authenticator made them: the credential's id, and its public key in COSE form.
  credential bytea not null unique,
  public_key bytea not null,
  -- Of the authenticator: going backwards, somebody has a copy.
  counter bigint not null,
  transports jsonb not null,
  -- Sealed.
  name bytea not null,
  -- The account root under a key from the authenticator's PRF: nothing the node can open.
  wrapped_root bytea,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_of_account on passkeys (account);

create table passkey_ceremonies (
  -- Of a second factor, the question's id.
  id text primary key,
  purpose text not null check (purpose in ('add', 'sign-in', 'second-factor')),
  -- Null where the passkey will say whose it is.
  account text references accounts (id),
  challenge text not null,
  expires_at timestamptz not null
);
create index passkey_ceremonies_of_account on passkey_ceremonies (account);
create index passkey_ceremonies_to_forget on passkey_ceremonies (expires_at);
