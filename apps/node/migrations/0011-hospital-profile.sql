-- What the hospital says of itself. Public: nothing is sealed here.

create table hospital_profile (
  singleton boolean primary key default true check (singleton),
  profile jsonb not null,
  revision integer not null check (revision > 0),
  updated_at timestamptz not null,
  updated_by text references accounts (id)
);

create table hospital_logo (
  singleton boolean primary key default true check (singleton),
  type text not null check (type in ('image/png', 'image/jpeg')),
  hash bytea not null,
  bytes bytea not null check (length(bytes) <= 262144)
);

-- The hospital's newest entry in the ledger's registry. Absent where the first was made before this table was.
create table hospital_registry (
  singleton boolean primary key default true check (singleton),
  revision integer not null,
  name text not null
);
