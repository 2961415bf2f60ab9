-- Requests, the one-time codes that answer them at the desk, and consents.

create table consent_requests (
  id text primary key,
  patient text not null references patients (id),
  account text not null references accounts (id),
  -- Sealed: the signed request as the doctor made it, with what she wrote of her purpose.
  request bytea not null,
  -- True when the doctor proved that the card was in hand: only then is a code sent.
  card_in_hand boolean not null,
  state text not null check (state in ('pending', 'granted', 'refused')),
  consent text,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index consent_requests_of_patient on consent_requests (patient, created_at desc);
create index consent_requests_by_account on consent_requests (account, created_at desc);

create table consents (
  id text primary key,
  patient text not null references patients (id),
  account text not null references accounts (id),
  -- The identity key the grantee must sign openings with.
  identity bytea not null,
  given_by text not null check (given_by in ('otp', 'app', 'emergency')),
  scope jsonb not null,
  single_use boolean not null,
  not_after timestamptz not null,
  -- Sealed: the signed grant.
  statement bytea not null,
  -- Category keys sealed by the patient to the grantee; only for grants from her app.
  sealed_keys bytea,
  first_used_at timestamptz,
  revoked_at timestamptz,
  -- Sealed: the signed revocation.
  revocation bytea,
  created_at timestamptz not null
);
create index consents_of_patient on consents (patient, created_at desc);
create index consents_by_account on consents (account, patient, created_at desc);
