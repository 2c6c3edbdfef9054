import { eventTypes, restApi } from "@task-platform/contracts";
import { Type } from "typebox";
import { mostErrorsShown } from "../problems/index.ts";
import { mostDays } from "../statistics/index.ts";
import {
  largestPage,
  longestDescription,
  longestPageToken,
  longestTitle,
  mostActivity,
  taskId,
} from "../tasks/index.ts";

// The answers and headers of the routes. Together with the input schemas of `tasks/` they are the OpenAPI document.

const timestamp = Type.String({ format: "date-time", maxLength: 24 });
export const task = Type.Object(
  {
    id: taskId,
    user_id: Type.String({ maxLength: 255, description: "Subject of the token that created it." }),
    title: Type.String({ maxLength: longestTitle }),
    description: Type.String({ maxLength: longestDescription }),
    completed: Type.Boolean(),
    version: Type.Integer({ minimum: 1, description: "Counts changes; the ETag is this number in quotes." }),
    created_at: timestamp,
    updated_at: timestamp,
  },
  { additionalProperties: false, title: "Task" },
);

export const taskList = Type.Object(
  {
    tasks: Type.Array(task, { maxItems: largestPage }),
    next_page_token: Type.Union([Type.String({ maxLength: longestPageToken }), Type.Null()], {
      description: "Where the next page begins; null on the last page.",
    }),
  },
  { additionalProperties: false, title: "TaskList" },
);

export const activityList = Type.Object(
  {
    activity: Type.Array(
      Type.Object(
        {
          event_id: taskId,
          event_type: Type.Enum([...eventTypes]),
          occurred_at: timestamp,
          processed_at: timestamp,
        },
        { additionalProperties: false },
      ),
      { maxItems: mostActivity },
    ),
  },
  { additionalProperties: false, title: "ActivityList" },
);

const count = Type.Integer({ minimum: 0 });
const seconds = (which: string) =>
  Type.Union([Type.Number({ minimum: 0 }), Type.Null()], {
    description: `${which} of the seconds from the creation of a task to its completion; null without a completion.`,
  });

export const statisticsList = Type.Object(
  {
    statistics: Type.Array(
      Type.Object(
        {
          day: Type.String({ format: "date", maxLength: 10, description: "In UTC." }),
          created: count,
          completed: count,
          median_seconds_to_complete: seconds("The median"),
          p95_seconds_to_complete: seconds("The 95th percentile"),
        },
        { additionalProperties: false },
      ),
      { maxItems: mostDays },
    ),
  },
  { additionalProperties: false, title: "StatisticsList" },
);

export const health = Type.Object(
  { status: Type.Literal("ok") },
  { additionalProperties: false, title: "Health" },
);

/** 255 characters and two quotes. */
const longestKeyHeader = 257;
const longestTag = 100;

/** Other headers are allowed: a client sends many more than these. */
export const createHeaders = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({
      maxLength: longestKeyHeader,
      description: `Makes a repeated request safe for ${restApi.keyLifetimeHours} hours; \`Request-ID\` is an alias.`,
    }),
  ),
});

export const ifMatchHeaders = Type.Object({
  "if-match": Type.Optional(
    Type.String({ maxLength: longestTag, description: "The ETag of the version that was read. Required." }),
  ),
});

const word = Type.String({ maxLength: 255 });
const sentence = Type.String({ maxLength: 1_000 });

const problem = Type.Object(
  {
    type: Type.String({ maxLength: 255, description: "Names the kind of problem; stable." }),
    title: word,
    status: Type.Integer(),
    detail: sentence,
    code: Type.String({ maxLength: 255, description: "The last part of the type." }),
    correlation_id: Type.Optional(word),
    trace_id: Type.Optional(word),
    errors: Type.Optional(
      Type.Array(Type.Object({ pointer: sentence, detail: sentence }), { maxItems: mostErrorsShown }),
    ),
  },
  { title: "Problem" },
);

const problemTexts = {
  400: "The request is not valid.",
  401: "The access token is missing or not valid.",
  403: "The access token lacks the scope.",
  404: "There is no such task of yours.",
  409: "The first request with this key is still running.",
  412: "The task has changed since it was read.",
  413: "The body is larger than 256 KiB.",
  415: "The body is not application/json.",
  422: "The key was used for another request.",
  428: "If-Match is missing.",
  429: "Too many requests.",
  500: "The service failed.",
  503: "The service cannot answer now.",
} as const;

type ProblemStatus = keyof typeof problemTexts;

/** The refusals that every route can answer. */
const everywhere: readonly ProblemStatus[] = [400, 401, 403, 429, 500, 503];

/** The error answers in the schema of a route. */
export function problems(...more: readonly ProblemStatus[]): Record<number, unknown> {
  const statuses = [...everywhere, ...more].toSorted((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: problemTexts[status], content: { "application/problem+json": { schema: problem } } },
    ]),
  );
}

/** A success answer in the schema of a route. */
export function answer(description: string, schema: object): unknown {
  return { description, content: { "application/json": { schema } } };
}

/** An answer without a body. */
export function empty(description: string): unknown {
  return { description, type: "null" };
}
