-- What people attached to their registration, for the hospital to look at.

create table account_documents (
  id text primary key,
  account text not null references accounts (id) on delete cascade,
  kind text not null,
  type text not null check (type in ('application/pdf', 'image/png', 'image/jpeg')),
  size integer not null check (size > 0),
  -- Sealed.
  bytes bytea not null,
  created_at timestamptz not null
);
create index account_documents_of on account_documents (account, created_at, id);
-- What is sealed does not compress.
alter table account_documents alter column bytes set storage external;
