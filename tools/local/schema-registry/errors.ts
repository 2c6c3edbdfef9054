/** Errors of the schema registry, with the HTTP status and the `error_code` of the Confluent API. */
const codes = {
  incompatible: { status: 409, errorCode: 409 },
  "invalid-body": { status: 400, errorCode: 400 },
  "invalid-level": { status: 422, errorCode: 42203 },
  "invalid-schema": { status: 422, errorCode: 42201 },
  "invalid-version": { status: 422, errorCode: 42202 },
  "no-such-path": { status: 404, errorCode: 404 },
  "schema-not-found": { status: 404, errorCode: 40403 },
  "subject-not-found": { status: 404, errorCode: 40401 },
  "too-large": { status: 413, errorCode: 413 },
  "version-not-found": { status: 404, errorCode: 40402 },
} as const;

export class SchemaRegistryError extends Error {
  override readonly name = "SchemaRegistryError";
  readonly status: number;
  readonly errorCode: number;
  constructor(code: keyof typeof codes, message: string) {
    super(message);
    this.status = codes[code].status;
    this.errorCode = codes[code].errorCode;
  }
}
