-- Up Migration
set local lock_timeout = '10s';

-- Keys that authenticate the page tokens of the API. The newest one signs, all of them verify, so a new row rotates the
-- key and the deletion of an old row ends its tokens. The key is made here, so no person and no pipeline ever sees it.
create table page_token_keys (
  id integer generated always as identity primary key,
  -- Two random UUIDs: 244 bits from the random source of the operating system.
  key bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
  created_at timestamptz not null default now()
);
insert into page_token_keys default values;
grant select on page_token_keys to task_api;

-- Down Migration
drop table page_token_keys;
