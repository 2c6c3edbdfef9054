import structproto from "google-protobuf/google/protobuf/struct_pb.js";

type Struct = ReturnType<typeof structproto.Struct.fromJavaScript>;

/** Properties as the engine sends them, with secrets and unknowns marked. */
export function fromStruct(struct: Struct | undefined): Record<string, unknown> {
  return (struct?.toJavaScript() ?? {}) as Record<string, unknown>;
}

export function toStruct(properties: Readonly<Record<string, unknown>>): Struct {
  return structproto.Struct.fromJavaScript(
    dropUndefined(properties) as Parameters<typeof structproto.Struct.fromJavaScript>[0],
  );
}

/** The message has no `undefined`. */
function dropUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => dropUndefined(item) ?? null);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, dropUndefined(item)]));
}
