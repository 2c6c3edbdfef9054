import { randomUUID } from "node:crypto";
import type { Transaction } from "../db/index.ts";
import { canonicalHash, type StoredAnswer, withIdempotency } from "../idempotency/index.ts";
import type { NewTask } from "./input.ts";
import { insertTask, lockUser } from "./store/index.ts";
import { type Task, type TaskJson, toJson } from "./task.ts";
import { changeTasks, type TaskContext, type TaskUser } from "./use-case.ts";

interface CreateRequest {
  readonly fields: NewTask;
  /** Without a key, every request creates a task. */
  readonly idempotencyKey: string | undefined;
  /** Separates the keys of one transport from those of the other. Rows in the database hold it, so it never changes. */
  readonly route: string;
  /** Headers of the answer. They are stored with the key, and a replay gets them again. */
  readonly headersOf: (task: Task) => Readonly<Record<string, string>>;
}

export interface CreatedTask {
  /** The task as it was created; a replay does not show later changes. */
  readonly task: TaskJson;
  readonly headers: Readonly<Record<string, string>>;
  readonly replayed: boolean;
}

/**
 * Creates a task, once per idempotency key.
 *
 * @throws Problem `request-in-progress` or `idempotency-key-reused`.
 */
export async function createTask(
  context: TaskContext,
  user: TaskUser,
  { fields: { title, description = "" }, idempotencyKey: key, route, headersOf }: CreateRequest,
): Promise<CreatedTask> {
  const fields = { title, description };
  let created: Task | undefined;
  const { headers, body, replayed } = await changeTasks(context, user, async (transaction) => {
    const work = async (): Promise<StoredAnswer> => {
      created = await addTask(transaction, user.userId, fields);
      return { status: 201, headers: headersOf(created), body: JSON.stringify(toJson(created)) };
    };
    if (key === undefined) return { ...(await work()), replayed: false };
    const request = { userId: user.userId, route, key, hash: canonicalHash(fields) };
    return withIdempotency(transaction, request, work);
  });
  // Only after the commit, because a rollback would undo the creation.
  if (created !== undefined) context.taskEvents.created(created);
  return { task: JSON.parse(body) as TaskJson, headers, replayed };
}

async function addTask(transaction: Transaction, userId: string, fields: Required<NewTask>): Promise<Task> {
  const now = await lockUser(transaction, userId);
  const task: Task = {
    ...fields,
    id: randomUUID(),
    userId,
    completed: false,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  await insertTask(transaction, task);
  return task;
}
