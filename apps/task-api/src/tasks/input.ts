import { type Static, Type } from "typebox";

// What a caller may send, whether over REST or gRPC. The REST routes also publish these schemas in the OpenAPI document.

/** NUL, which PostgreSQL cannot store, and surrogates without their other half, which no encoding can hold. */
const notStorable = "\\u0000\\p{Cs}";
/** What no reader sees: spaces, controls, marks of direction, fillers, unassigned code points, and the empty Braille cell. */
const invisible =
  "\\s\\u0001-\\u001f\\u007f-\\u009f\\p{Cf}\\p{Cn}\\p{Z}\\p{Default_Ignorable_Code_Point}\\u2800";
/** Well-formed text: the answer, the row and the event then hold the same characters. */
const storableText = `^[^${notStorable}]*$`;
/** With at least one visible character. Matches in linear time: no character can belong to two parts. */
const visibleText = `^[${invisible}]*[^${invisible}${notStorable}][^${notStorable}]*$`;
export const longestTitle = 200;
export const longestDescription = 4_000;
export const longestPageToken = 256;
export const largestPage = 100;
export const usualPage = 20;

const title = Type.String({
  minLength: 1,
  maxLength: longestTitle,
  pattern: visibleText,
  description: "What is to be done.",
  examples: ["Buy milk"],
});
const description = Type.String({
  maxLength: longestDescription,
  pattern: storableText,
  description: "Further details.",
  examples: ["Two bottles."],
});
export const taskId = Type.String({ format: "uuid", maxLength: 36 });

export const newTask = Type.Object(
  { title, description: Type.Optional(description) },
  { additionalProperties: false, title: "NewTask" },
);
export type NewTask = Static<typeof newTask>;

/** The members that are absent stay as they are. */
export const taskChanges = Type.Object(
  {
    title: Type.Optional(title),
    description: Type.Optional(description),
    completed: Type.Optional(Type.Boolean({ description: "Whether the task is done." })),
  },
  { additionalProperties: false, minProperties: 1, title: "TaskChanges" },
);
export type TaskChanges = Static<typeof taskChanges>;

export const taskParameters = Type.Object({ id: taskId }, { additionalProperties: false });

export const listQuery = Type.Object(
  {
    completed: Type.Optional(
      Type.Boolean({ description: "Only tasks that are done, or only those that are not." }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: largestPage,
        default: usualPage,
        description: "The number of tasks on a page.",
      }),
    ),
    page_token: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: longestPageToken,
        description: "`next_page_token` of the previous page.",
      }),
    ),
  },
  { additionalProperties: false },
);
export type ListQuery = Static<typeof listQuery>;
