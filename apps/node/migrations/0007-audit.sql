-- What was done at this node, by whom, and the scrubs of the vault. No patient is named here.

create table activity (
  id text primary key,
  at timestamptz not null,
  kind text not null,
  outcome text not null,
  -- Null where a patient acted, or nobody who is known.
  account text references accounts (id)
);
create index activity_by_time on activity (at, id);
create index activity_by_kind on activity (kind, at, id);

-- An opening has its line in the ledger: it is listed from there instead of being written twice.
create index ledger_openings_by_time on ledger_events (recorded_at, id) where kind = 'opening';

create table scrubs (
  id text primary key,
  state text not null check (state in ('running', 'done', 'failed')),
  -- Null for the nightly one.
  started_by text references accounts (id),
  started_at timestamptz not null,
  finished_at timestamptz,
  -- The step that works on it, and when it was last heard of, by the database's clock; null between two steps.
  runner text,
  beat_at timestamptz not null default now(),
  -- Records are scrubbed in the order of their ids; then buckets are searched for orphans, in theirs.
  after_record text not null default '',
  records_done boolean not null default false,
  buckets_done integer not null default 0,
  records bigint not null default 0,
  pieces bigint not null default 0,
  missing bigint not null default 0,
  corrupt bigint not null default 0,
  repaired bigint not null default 0,
  lost bigint not null default 0,
  orphans bigint not null default 0
);
create unique index scrubs_one_at_a_time on scrubs ((true)) where state = 'running';
create index scrubs_by_time on scrubs (started_at desc);
create index uploads_to_drop on uploads (expires_at);
