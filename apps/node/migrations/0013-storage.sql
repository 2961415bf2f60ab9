-- Records of which some pieces are damaged and could not be rebuilt yet, as the last look at each found them.

create table damaged_records (
  record text primary key references records (id) on delete cascade,
  -- Pieces that are gone, altered, or in a bucket that does not answer.
  pieces integer not null check (pieces > 0),
  -- Of these, in parts that cannot be read any more.
  lost integer not null check (lost >= 0),
  -- How many in which bucket: {"bucket-3": 2}.
  buckets jsonb not null,
  since timestamptz not null,
  looked_at timestamptz not null
);
create index damaged_records_by_time on damaged_records (since desc, record desc);

-- How many records there were to look at when a scrub began.
alter table scrubs add column total bigint not null default 0;

create index activity_by_account on activity (account, at, id) where account is not null;
create index activity_problems on activity (at, id) where outcome in ('refused', 'failed') and kind <> 'consent-request';
