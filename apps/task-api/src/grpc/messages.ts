import type { Task, TaskJson } from "../tasks/index.ts";

// The messages of tasks.proto as the proto loader reads and writes them. The gRPC tests compare the two.

export interface TimestampMessage {
  readonly seconds: number;
  readonly nanos: number;
}

export interface TaskMessage {
  readonly id: string;
  readonly user_id: string;
  readonly title: string;
  readonly description: string;
  readonly completed: boolean;
  readonly created_at: TimestampMessage | null;
  readonly updated_at: TimestampMessage | null;
}

export interface CreateTaskRequest {
  readonly user_id: string;
  readonly title: string;
  readonly description: string;
}

/** Of GetTask and DeleteTask. */
export interface TaskRequest {
  readonly id: string;
}

export interface ListTasksRequest {
  readonly user_id: string;
  readonly filter: { readonly completed?: boolean } | null;
  readonly page_size: number;
  readonly page_token: string;
}

export interface ListTasksResponse {
  readonly tasks: readonly TaskMessage[];
  readonly next_page_token: string;
  readonly total_count: number;
}

export interface UpdateTaskRequest {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly completed?: boolean;
}

export interface WatchTasksRequest {
  readonly user_id: string;
}

export interface TaskEventMessage {
  readonly event_type: "created" | "updated" | "deleted";
  readonly task: TaskMessage;
  readonly timestamp: TimestampMessage;
}

/** Keeps a quiet stream open. It has none of the fields of a change. */
export interface HeartbeatMessage {
  readonly heartbeat: true;
}

export function toTaskMessage(task: Task): TaskMessage {
  return {
    id: task.id,
    user_id: task.userId,
    title: task.title,
    description: task.description,
    completed: task.completed,
    created_at: toTimestamp(task.createdAt),
    updated_at: toTimestamp(task.updatedAt),
  };
}

export function fromJson({ version: _version, created_at, updated_at, ...task }: TaskJson): TaskMessage {
  return {
    ...task,
    created_at: toTimestamp(new Date(created_at)),
    updated_at: toTimestamp(new Date(updated_at)),
  };
}

export function toTimestamp(date: Date): TimestampMessage {
  const milliseconds = date.getTime();
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, nanos: (milliseconds - seconds * 1000) * 1_000_000 };
}
