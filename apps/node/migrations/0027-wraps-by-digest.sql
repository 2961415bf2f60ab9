-- Statements name their wraps by digest since version 2; the wraps stand beside them, so that a reader is given hers.
create table wraps (
  record text not null references records (id) on delete cascade,
  -- Of the rewrap that names it; null where the envelope does.
  rewrapped_at timestamptz,
  -- Where it stands in the statement.
  place smallint not null,
  -- Whose key it is sealed to: account, category, card, author, escrow.
  holder text not null,
  -- JSON.
  wrap text not null
);
create index wraps_of_record on wraps (record, holder);
alter table wraps alter column wrap set storage external;

-- Statements of version 1 are signed with their wraps inside and stay as they are.
insert into wraps (record, rewrapped_at, place, holder, wrap)
select r.id, null, w.n - 1, w.wrap ->> 'to', w.wrap
from records r, json_array_elements(r.envelope::json -> 'wraps') with ordinality as w(wrap, n);
insert into wraps (record, rewrapped_at, place, holder, wrap)
select r.record, r.at, w.n - 1, w.wrap ->> 'to', w.wrap
from rewraps r, json_array_elements(r.statement::json -> 'wraps') with ordinality as w(wrap, n);
