import { partitionOf } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { withCorrelation } from "../logging/index.ts";
import { type OutboxEvent, outboxInsert, outboxValues } from "./index.ts";

const event: OutboxEvent = {
  id: "0d3f7a52-6c7b-4a4e-9a55-8a2f0e4ad001",
  type: "CREATED",
  key: "user-1",
  schemaVersion: 1,
  payload: Buffer.from("avro"),
  correlationId: "shop-42",
};

test("the statement inserts one row", () => {
  expect(outboxInsert).toBe(
    "insert into outbox (shard, key, event_id, event_type, schema_version, payload, headers) values ($1, $2, $3, $4, $5, $6, $7)",
  );
});

test("the values are in the order of the columns, and the shard is the partition of the key", () => {
  expect(outboxValues(event, 6)).toEqual([
    partitionOf("user-1", 6),
    "user-1",
    event.id,
    "CREATED",
    1,
    event.payload,
    '{"event_type":"CREATED","correlation_id":"shop-42"}',
  ]);
});

test("the event carries the trace context of the request that caused it", () => {
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const values = withCorrelation({ correlationId: "shop-42", traceparent }, () => outboxValues(event, 6));
  expect(JSON.parse(String(values[6]))).toEqual({
    event_type: "CREATED",
    correlation_id: "shop-42",
    traceparent,
  });
});
