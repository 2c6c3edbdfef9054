import type { SagaState } from "@task-platform/contracts";
import { saga as names } from "@task-platform/schema/names";
import type pg from "pg";
import { currentCorrelation } from "../logging/index.ts";
import { type Change, hasEnded, type StepProgress } from "./machine.ts";

/** A saga that this process owns, as long as nobody else raises the revision. */
export interface OwnedSaga {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly state: SagaState;
  readonly revision: number;
  readonly data: unknown;
  readonly correlation_id: string;
  readonly traceparent: string | null;
  readonly created_at: Date;
  readonly steps: readonly StepProgress[];
  /** Nobody has owned it before. */
  readonly fresh: boolean;
}

/** Another owner has the saga, so nothing was written. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/** Name and version of a definition. */
export interface SagaVersion {
  readonly name: string;
  readonly version: number;
}

/** A saga that is not there yet. */
export interface NewSaga {
  readonly id: string;
  readonly saga: SagaVersion & { readonly steps: readonly string[] };
  readonly data: unknown;
  readonly correlationId: string;
}

/** Writes a saga in the transaction of the caller. An orchestrator takes it within a second after the commit. */
export async function insertSaga(
  transaction: Pick<pg.ClientBase, "query">,
  { id, saga, data, correlationId }: NewSaga,
): Promise<void> {
  await transaction.query(
    `insert into ${names.table} (id, name, version, data, correlation_id, traceparent) values ($1, $2, $3, $4, $5, $6)`,
    [
      id,
      saga.name,
      saga.version,
      JSON.stringify(data),
      correlationId,
      currentCorrelation()?.traceparent ?? null,
    ],
  );
  await transaction.query(
    `insert into ${names.steps} (saga_id, position, name)
     select $1, at - 1, name from unnest($2::text[]) with ordinality as given (name, at)`,
    [id, saga.steps],
  );
}

/** States of the sagas that somebody must work on, as in the index. */
const active = "('pending', 'running', 'compensating')";
const known = "(select * from unnest($1::text[], $2::smallint[]))";

function versionLists(versions: readonly SagaVersion[]): [string[], number[]] {
  return [versions.map(({ name }) => name), versions.map(({ version }) => version)];
}

/** Takes sagas that are due, oldest first. Sagas that another owner takes at this moment are skipped. */
export async function claimSagas(
  pool: pg.Pool,
  versions: readonly SagaVersion[],
  limit: number,
  leaseMs: number,
): Promise<readonly OwnedSaga[]> {
  const { rows } = await pool.query<OwnedSaga>({
    name: "claim-sagas",
    text: `with due as (
      select id, state = 'pending' as fresh from ${names.table}
      where state in ${active} and lease_until <= now() and (name, version) in ${known}
      order by lease_until limit $3 for update skip locked
    ), claimed as (
      update ${names.table} as s set revision = revision + 1, updated_at = now(),
        lease_until = now() + $4 * interval '1 millisecond',
        state = case when s.state = 'pending' then 'running' else s.state end
      from due where s.id = due.id
      returning s.id, s.name, s.version, s.state, s.revision, s.data, s.correlation_id, s.traceparent, s.created_at, due.fresh
    )
    select claimed.*, (
      select json_agg(json_build_object('name', name, 'state', state, 'tries', tries, 'undoTries', undo_tries) order by position)
      from ${names.steps} where saga_id = claimed.id
    ) as steps from claimed`,
    values: [...versionLists(versions), limit, leaseMs],
  });
  return rows;
}

/**
 * Writes a transition, in one statement and so in one transaction.
 *
 * @returns the new revision
 * @throws LeaseLost
 */
export async function writeChange(
  pool: pg.Pool,
  { id, revision }: Pick<OwnedSaga, "id" | "revision">,
  { state, at, step, result, problem, delayMs }: Change,
  leaseMs: number,
): Promise<number> {
  const ended = hasEnded(state);
  const { rowCount } = await pool.query({
    name: "change-saga",
    text: `with owned as (
      update ${names.table} set state = $3, revision = revision + 1, updated_at = now(),
        lease_until = now() + $4 * interval '1 millisecond', ended_at = case when $5 then now() end
      where id = $1 and revision = $2 returning id
    )
    update ${names.steps} set state = $7, tries = $8, undo_tries = $9, problem = $10, result = coalesce($11, result)
    from owned where saga_id = owned.id and position = $6`,
    values: [
      ...[id, revision, state, ended ? 0 : (delayMs ?? leaseMs), ended],
      ...[at, step.state, step.tries, step.undoTries, problem ?? null],
      result === undefined ? null : JSON.stringify(result),
    ],
  });
  if (rowCount !== 1) throw new LeaseLost(`saga ${id} has another owner`);
  return revision + 1;
}

/** Renews the lease, or gives it back with 0. Returns false when the saga has moved on since this revision. */
export async function setLease(
  pool: pg.Pool,
  { id, revision }: Pick<OwnedSaga, "id" | "revision">,
  leaseMs: number,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: "lease-saga",
    text: `update ${names.table} set lease_until = now() + $3 * interval '1 millisecond' where id = $1 and revision = $2`,
    values: [id, revision, leaseMs],
  });
  return rowCount === 1;
}

/** What nobody sees by looking at one saga. */
export interface SagaBacklog {
  readonly state: SagaState;
  readonly count: number;
  /** Those whose definition this build does not have. */
  readonly unknown: number;
  /** Seconds for which the oldest of them has been due without an owner. */
  readonly oldest: number;
}

export async function measureSagas(
  pool: pg.Pool,
  versions: readonly SagaVersion[],
): Promise<readonly SagaBacklog[]> {
  const { rows } = await pool.query<SagaBacklog>({
    name: "measure-sagas",
    text: `select state, count(*)::int as count,
        (count(*) filter (where state <> 'failed' and (name, version) not in ${known}))::int as unknown,
        coalesce(extract(epoch from now() - min(lease_until) filter (where state <> 'failed' and lease_until < now())), 0)::float8 as oldest
      from ${names.table} where state in ${active} or state = 'failed' group by state`,
    values: versionLists(versions),
  });
  return rows;
}

/** Deletes one batch of what is not kept any more. Returns whether there may be more. */
export async function forgetSagas(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ forgotten: number }>(`select forgotten from ${names.keeper}()`);
  return (rows[0]?.forgotten ?? 0) > 0;
}
