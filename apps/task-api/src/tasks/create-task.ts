import { randomUUID } from "node:crypto";
import { canonicalHash, keyReused, lockOfKey } from "../idempotency/index.ts";
import type { NewTask } from "./input.ts";
import { etagOf } from "./preconditions.ts";
import type { CreateRow } from "./store/index.ts";
import { type Task, type TaskJson, toJson } from "./task.ts";
import { newTaskEvent } from "./task-event.ts";
import type { TaskContext, TaskUser } from "./use-case.ts";

interface CreateRequest {
  readonly fields: NewTask;
  /** Without a key, every request creates a task. A key counts for REST and gRPC together. */
  readonly idempotencyKey: string | undefined;
}

export interface CreatedTask {
  /** The task as it was created; a replay does not show later changes. */
  readonly task: TaskJson;
  readonly replayed: boolean;
}

/**
 * Creates a task, once per idempotency key.
 *
 * @throws Problem `request-in-progress`, `idempotency-key-reused` or `unavailable`.
 */
export async function createTask(
  context: TaskContext,
  { userId, signal }: TaskUser,
  { fields: { title, description = "" }, idempotencyKey: key }: CreateRequest,
): Promise<CreatedTask> {
  const draft = draftOf(userId, { title, description });
  const hash = canonicalHash({ title, description });
  const outcome = await context.creates.create(rowOf(draft, key, hash), signal);
  if (outcome.kind === "known") {
    if (!outcome.hash.equals(hash)) throw keyReused();
    return { task: JSON.parse(outcome.body) as TaskJson, replayed: true };
  }
  const created: Task = { ...draft, createdAt: outcome.at, updatedAt: outcome.at };
  context.signals.changed(created, "CREATED");
  context.taskEvents.created(created);
  return { task: toJson(created), replayed: false };
}

/** The task before the database has said when it is created. */
function draftOf(userId: string, fields: Required<NewTask>): Task {
  const now = new Date();
  return {
    ...fields,
    id: randomUUID(),
    userId,
    completed: false,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

function rowOf(draft: Task, key: string | undefined, hash: Buffer): CreateRow {
  const { id, userId, title, description, version } = draft;
  return {
    ...newTaskEvent(draft),
    userId,
    key,
    keyLock: key === undefined ? "" : lockOfKey(userId, key),
    hash,
    taskId: id,
    title,
    description,
    // An earlier release answers a replay with these.
    answerHeaders: JSON.stringify({ etag: etagOf(version), location: locationOf(id) }),
  };
}

/** Address of a task in the REST API. */
export function locationOf(id: string): string {
  return `/v1/tasks/${id}`;
}
