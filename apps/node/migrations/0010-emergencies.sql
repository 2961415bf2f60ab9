-- Emergencies: a doctor asks with the card in hand, a second one confirms, the hospital reviews.

create table emergencies (
  id text primary key,
  patient text not null references patients (id),
  account text not null references accounts (id),
  -- The card that was in hand: it must still be in use when the second doctor confirms.
  card_epoch integer not null,
  -- Sealed: the signed request with its reason.
  request bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  confirmed_by text references accounts (id) check (confirmed_by <> account),
  confirmed_at timestamptz,
  -- Sealed: the signed confirmation.
  confirmation bytea,
  consent text references consents (id),
  reviewed_by text references accounts (id),
  reviewed_at timestamptz,
  review_outcome text check (review_outcome in ('justified', 'not-justified')),
  -- Sealed.
  review_reason bytea,
  check ((confirmed_by is null) = (confirmed_at is null)),
  check ((confirmed_by is null) = (confirmation is null)),
  check ((confirmed_by is null) = (consent is null)),
  check ((reviewed_by is null) = (review_outcome is null)),
  check (reviewed_by is null or confirmed_by is not null)
);
create index emergencies_of_patient on emergencies (patient, created_at desc, id desc);
create index emergencies_by_account on emergencies (account, created_at desc, id desc);
create index emergencies_confirmed_by on emergencies (confirmed_by, created_at desc, id desc);
create index emergencies_by_time on emergencies (created_at desc, id desc);
create index emergencies_to_confirm on emergencies (expires_at) where confirmed_by is null;
