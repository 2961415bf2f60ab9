-- Papers that patients signed, scanned at the desk.

create table papers (
  id text primary key,
  patient text not null references patients (id),
  kind text not null,
  type text not null check (type in ('application/pdf', 'image/png', 'image/jpeg')),
  size integer not null check (size > 0),
  -- Sealed.
  bytes bytea not null,
  added_by text not null references accounts (id),
  created_at timestamptz not null
);
create index papers_of on papers (patient, created_at, id);
-- What is sealed does not compress.
alter table papers alter column bytes set storage external;

create table paper_readings (
  paper text not null references papers (id) on delete cascade,
  account text not null references accounts (id),
  at timestamptz not null
);
create index paper_readings_of on paper_readings (paper, at);
