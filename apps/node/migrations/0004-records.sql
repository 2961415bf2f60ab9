-- Sealed content on its way in, and the records themselves. Nothing here can be read without a person's key.

create table uploads (
  id text primary key,
  account text not null references accounts (id),
  sealed_size bigint not null check (sealed_size > 0),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Set when a record takes the upload over; from then on its pieces belong to the record.
  record text
);

create table upload_parts (
  upload text not null references uploads (id) on delete cascade,
  part integer not null check (part >= 0),
  manifest jsonb not null,
  primary key (upload, part)
);

-- Every object in a bucket that a stored manifest names; what is in a bucket and not here is an orphan.
create table vault_objects (
  bucket text not null,
  key text not null,
  primary key (bucket, key)
);

create table records (
  id text primary key,
  patient text not null references patients (id),
  author text not null references accounts (id),
  category text not null,
  epoch integer not null,
  kind text not null,
  occurred date not null,
  created timestamptz not null,
  size bigint not null,
  sealed_size bigint not null,
  root bytea not null,
  envelope_hash bytea not null,
  -- Canonical JSON as its author signed it, wraps and stub included.
  envelope text not null,
  -- Small sealed content; larger content lies in the vault where `manifest` says.
  content bytea,
  manifest jsonb,
  stored_at timestamptz not null,
  check ((content is null) <> (manifest is null))
);
create index records_of_patient on records (patient, occurred desc, id);
create index records_by_root on records (root);
create index records_in_vault on records (id) where manifest is not null;
-- Envelopes and sealed content do not compress.
alter table records alter column content set storage external;

-- Wraps for keys that came after the record, each within a statement signed by the patient.
create table rewraps (
  record text not null references records (id) on delete cascade,
  at timestamptz not null,
  statement text not null,
  primary key (record, at)
);
