import { sql, type Kysely } from 'kysely';

/**
 * The first schema. Graph ids and Siebel row ids are case-sensitive, so they are stored under the "C" collation.
 * Single-tenant: no row-level security; every query names its person, record or cue.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create table person (
  id text primary key,
  mailbox text not null unique,
  siebel_login text not null,
  enabled boolean not null,
  language text not null,
  extract_from date,
  levels jsonb not null default '{}',
  user_id text collate "C",
  employee_id text collate "C",
  time_zone text,
  addresses text[] not null default '{}',
  positions jsonb not null default '[]',
  state text not null,
  error text,
  retry_at timestamptz,
  last_synced_at timestamptz,
  first_loaded_at timestamptz,
  loaded jsonb not null default '{}',
  skipped jsonb not null default '{}',
  created_at timestamptz not null
);
create unique index person_by_login on person (siebel_login) where state <> 'removed';
create index person_by_upper_login on person (upper(siebel_login));
create unique index person_by_user on person (user_id) where state <> 'removed';
create index person_by_address on person using gin (addresses);

create table siebel_record (
  id text primary key,
  domain text not null,
  kind text not null,
  ref text collate "C",
  version text collate "C",
  stamp text collate "C" not null unique,
  uid text collate "C",
  create_started_at timestamptz,
  kept_at timestamptz,
  roll_at timestamptz,
  created_at timestamptz not null
);
create unique index siebel_record_by_ref on siebel_record (ref) where ref is not null;
create unique index siebel_record_by_uid on siebel_record (uid) where uid is not null;
create index siebel_record_by_roll on siebel_record (roll_at) where roll_at is not null;

create table link (
  id text primary key,
  record_id text not null references siebel_record (id),
  person_id text not null references person (id),
  domain text not null,
  state text not null,
  closed_why text,
  ref text collate "C",
  version text collate "C",
  uid text collate "C",
  siebel_hash text collate "C",
  siebel_absent text,
  exchange_hash text collate "C",
  exchange_absent text,
  needs_look boolean not null default false,
  is_listed boolean not null default false,
  was_on_team boolean not null default false,
  is_silent boolean not null default false,
  has_left boolean not null default false,
  wish text,
  held text,
  decisions jsonb not null default '{}',
  notes jsonb not null default '[]',
  why text,
  reasons jsonb,
  create_started_at timestamptz,
  begun jsonb,
  settled_at timestamptz,
  created_at timestamptz not null,
  unique (record_id, person_id)
);
create unique index link_by_ref on link (person_id, ref) where ref is not null and state <> 'closed';
create index link_by_old_ref on link (person_id, ref) where ref is not null;
create index link_by_person on link (person_id, domain, state);
create index link_without_copy on link (person_id) where ref is null and state = 'open';

create table snapshot (
  record_id text not null references siebel_record (id),
  hash text collate "C" not null,
  item jsonb not null,
  primary key (record_id, hash)
);

create table cue (
  key text primary key,
  kind text not null,
  person_id text,
  record_id text,
  bucket smallint not null,
  due_at timestamptz,
  lease_until timestamptz,
  fence bigint not null default 0,
  dirty bigint not null default 0,
  done bigint not null default 0,
  failures integer not null default 0,
  cause text not null,
  asked_at timestamptz,
  parked_reason text
) with (fillfactor = 70);
create index cue_due on cue (kind, due_at) where due_at is not null;
create index cue_by_person on cue (person_id) where person_id is not null;

create table cursor (
  person_id text not null,
  domain text not null,
  feed text collate "C" not null,
  value text not null,
  updated_at timestamptz not null,
  primary key (person_id, domain, feed)
) with (fillfactor = 70);

create table journal (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person_id text,
  record_id text not null,
  link_id text,
  domain text not null,
  siebel_ref text collate "C",
  exchange_ref text collate "C",
  cause text not null,
  verdict text not null,
  step text not null,
  why text not null,
  reasons jsonb,
  before jsonb,
  after jsonb,
  lost jsonb not null default '[]',
  wrote_siebel integer not null default 0,
  wrote_exchange integer not null default 0,
  replay jsonb
);
create index journal_by_person on journal (person_id, id);
create index journal_by_record on journal (record_id, id);
create index journal_by_at on journal (at);

create table policy (
  version integer generated always as identity primary key,
  document jsonb not null,
  at timestamptz not null,
  by text not null
);

create table question (
  id text primary key,
  kind text not null,
  person_id text not null references person (id),
  record_id text,
  link_id text,
  domain text not null,
  exchange_ref text collate "C",
  fields jsonb not null default '[]',
  candidates jsonb not null default '[]',
  label text not null,
  status text not null,
  answer jsonb,
  asked_at timestamptz not null,
  answered_at timestamptz
);
create index question_by_person on question (person_id, status);
create unique index question_open_conflict on question (link_id) where status = 'open' and kind = 'conflict';
create unique index question_open_match on question (person_id, exchange_ref) where status = 'open' and kind = 'match';

create table parked (
  id text primary key,
  kind text not null,
  person_id text,
  record_id text,
  link_id text,
  domain text not null,
  item text collate "C",
  what text,
  planned integer,
  total integer,
  reason text not null,
  status text not null,
  since timestamptz not null,
  resolved_at timestamptz
);
create unique index parked_open_link on parked (link_id) where status = 'open' and link_id is not null;
create unique index parked_open_brake on parked (person_id, domain, what) where status in ('open', 'approved') and kind = 'brake';
create index parked_by_person on parked (person_id, status);

create table subscription (
  person_id text not null references person (id),
  domain text not null,
  subscription_id text collate "C" not null unique,
  client_state text not null,
  expires_at timestamptz not null,
  renew_at timestamptz not null,
  primary key (person_id, domain)
);
`,
    )
    .execute(db);
}
