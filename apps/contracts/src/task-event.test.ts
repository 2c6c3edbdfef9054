import avsc from "avsc";
import { expect, test } from "vitest";
import {
  encodeTaskEvent,
  splitTaskEvent,
  type TaskEvent,
  taskEventReader,
  taskEventSchema,
  taskEventSchemas,
  taskEventSchemaVersion,
} from "./index.ts";

const event: TaskEvent = {
  event_id: "0d3f7a52-6c7b-4a4e-9a55-8a2f0e4ad001",
  event_type: "COMPLETED",
  task_id: "0d3f7a52-6c7b-4a4e-9a55-8a2f0e4ad002",
  user_id: "üser-1",
  timestamp: 1_790_000_000_123,
  payload: '{"title":"x"}',
  metadata: { correlation_id: "abc" },
};

/** @throws Error when schema `current` cannot read bytes that were written with schema `earlier` */
function assertReads(current: string, earlier: string): void {
  const reader = avsc.Type.forSchema(JSON.parse(current) as avsc.Schema);
  reader.createResolver(avsc.Type.forSchema(JSON.parse(earlier) as avsc.Schema));
}

function changedSchema(change: (fields: Record<string, unknown>[]) => unknown[]): string {
  const schema = JSON.parse(taskEventSchema) as { fields: Record<string, unknown>[] };
  return JSON.stringify({ ...schema, fields: change(schema.fields) });
}

test.each([event, { ...event, payload: null, metadata: {} }])(
  "an event survives encoding and decoding",
  (one) => {
    expect(taskEventReader(taskEventSchema)(encodeTaskEvent(one))).toEqual(one);
  },
);

test("an event that does not fit the schema is refused, and the error names the field", () => {
  expect(() => encodeTaskEvent({ ...event, event_type: "RENAMED" as "CREATED" })).toThrow(
    "task event does not fit its schema at event_type",
  );
});

test("the schema is the record of the requirements", () => {
  expect(JSON.parse(taskEventSchema)).toEqual({
    type: "record",
    name: "TaskEvent",
    namespace: "com.example.tasks",
    fields: [
      { name: "event_id", type: "string" },
      {
        name: "event_type",
        type: { type: "enum", name: "EventType", symbols: ["CREATED", "UPDATED", "COMPLETED", "DELETED"] },
      },
      { name: "task_id", type: "string" },
      { name: "user_id", type: "string" },
      { name: "timestamp", type: { type: "long", logicalType: "timestamp-millis" } },
      { name: "payload", type: ["null", "string"], default: null },
      { name: "metadata", type: { type: "map", values: "string" } },
    ],
  });
});

test("the newest version in the history is the current schema", () => {
  expect(JSON.parse(taskEventSchemas[taskEventSchemaVersion - 1] ?? "null")).toEqual(
    JSON.parse(taskEventSchema),
  );
});

/**
 * What a release with the last schema would break, one line each: it must read every record that is still in Kafka, and
 * the readers of the release before, which run during its rollout and after its rollback, must read what it writes.
 */
function breakages(schemas: readonly string[]): string[] {
  const current = schemas.at(-1) ?? "";
  const attempt = (what: string, reader: string, writer: string): string[] => {
    try {
      assertReads(reader, writer);
      return [];
    } catch (error) {
      return [`${what}: ${(error as Error).message}`];
    }
  };
  return [
    ...schemas.flatMap((earlier, at) => attempt(`new reader of version ${at + 1}`, current, earlier)),
    ...attempt("reader of the release before", schemas.at(-2) ?? current, current),
  ];
}

test("the current schema and those before it can read one another", () => {
  expect(taskEventSchemas.length).toBeGreaterThan(0);
  expect(breakages(taskEventSchemas)).toEqual([]);
});

const eventType = (change: object) =>
  changedSchema((fields) =>
    fields.map((field) =>
      field.name === "event_type" ? { ...field, type: { ...(field.type as object), ...change } } : field,
    ),
  );
const symbols = ["CREATED", "UPDATED", "COMPLETED", "DELETED", "ARCHIVED"];

test.each([
  [
    "a new field without a default",
    changedSchema((fields) => [...fields, { name: "tenant_id", type: "string" }]),
    ["new reader of version 1: no matching field"],
  ],
  [
    "a field that changes its type",
    changedSchema((fields) =>
      fields.map((field) => (field.name === "task_id" ? { name: "task_id", type: "long" } : field)),
    ),
    ['new reader of version 1: cannot read "string" as "long"', "reader of the release before: cannot read"],
  ],
  [
    "a field that is gone although readers need it",
    changedSchema((fields) => fields.filter(({ name }) => name !== "metadata")),
    ["reader of the release before: no matching field"],
  ],
  ["a new symbol", eventType({ symbols }), ["reader of the release before: cannot read"]],
  [
    "a symbol that is gone",
    eventType({ symbols: symbols.slice(1, 4) }),
    ["new reader of version 1: cannot read"],
  ],
])("the contract refuses %s", (_what, next, expected) => {
  const found = breakages([...taskEventSchemas, next]);
  expect(found).toEqual(expected.map((text) => expect.stringContaining(text)));
});

test("a new symbol is accepted when the readers before have a default, and they read the default", () => {
  const withDefault = eventType({ default: "UPDATED" });
  const wider = eventType({ symbols, default: "UPDATED" });
  expect(breakages([taskEventSchema, withDefault])).toEqual([]);
  expect(breakages([taskEventSchema, withDefault, wider])).toEqual([]);
  const bytes = avsc.Type.forSchema(JSON.parse(wider) as avsc.Schema).toBuffer({
    ...event,
    event_type: "ARCHIVED",
  });
  const reader = avsc.Type.forSchema(JSON.parse(withDefault) as avsc.Schema);
  const resolver = reader.createResolver(avsc.Type.forSchema(JSON.parse(wider) as avsc.Schema));
  expect(reader.fromBuffer(bytes, resolver)).toMatchObject({ event_type: "UPDATED" });
});

test("a schema with a new field reads old records with the default of the field", () => {
  const wider = changedSchema((fields) => [
    ...fields,
    { name: "tenant_id", type: ["null", "string"], default: null },
  ]);
  const reader = avsc.Type.forSchema(JSON.parse(wider) as avsc.Schema);
  const resolver = reader.createResolver(avsc.Type.forSchema(JSON.parse(taskEventSchema) as avsc.Schema));
  const read = reader.fromBuffer(encodeTaskEvent(event), resolver) as Record<string, unknown>;
  expect(read.tenant_id).toBe(null);
});

test("an event that is split and joined with another time and payload of the same length is that event", () => {
  for (const size of [10, 63, 64, 8_191, 8_192, 20_000]) {
    const payload = (letter: string) => JSON.stringify({ id: "t", title: letter.repeat(size) });
    const event = {
      event_id: "e",
      event_type: "CREATED" as const,
      task_id: "t",
      user_id: 'é{"id":"t"',
      timestamp: Date.UTC(2026, 0, 1),
      payload: payload("a"),
      metadata: { correlation_id: "c", version: "1" },
    };
    const later = { ...event, timestamp: Date.UTC(2038, 5, 7, 8, 9, 10, 11), payload: payload("b") };
    const { head, middle, tail } = splitTaskEvent(event);
    const whole = encodeTaskEvent(later);
    const time = whole.subarray(head.length, head.length + 6);
    expect(Buffer.concat([head, time, middle, Buffer.from(later.payload), tail])).toEqual(whole);
  }
});
