import { ServiceError } from "../errors/index.ts";

/** The schema registry refused or did not answer. */
export class SchemaRegistryError extends ServiceError {
  override readonly name = "SchemaRegistryError";
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number; retryable: boolean; cause?: unknown }) {
    super("schema-registry", message, options);
    this.status = options.status;
  }
}
