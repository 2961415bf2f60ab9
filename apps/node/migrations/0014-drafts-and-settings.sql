-- What a doctor is writing, sealed by her device, until it is signed or given up.

create table drafts (
  account text not null references accounts (id) on delete cascade,
  patient text not null references patients (id),
  -- Under a key that only its author holds.
  sealed bytea not null check (length(sealed) <= 262144),
  -- Never used twice, so that a draft begun anew cannot be taken for the one before.
  version bigint not null,
  updated_at timestamptz not null,
  primary key (account, patient)
);
create sequence drafts_version;
create index drafts_to_forget on drafts (updated_at);
-- What is sealed does not compress.
alter table drafts alter column sealed set storage external;

-- How a person wants to be spoken to and told. The node must read it to do so.
create table account_settings (
  account text primary key references accounts (id) on delete cascade,
  -- Sealed JSON.
  settings bytea not null,
  revision integer not null check (revision > 0)
);
