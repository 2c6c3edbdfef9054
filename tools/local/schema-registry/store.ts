import avro from "avsc";
import { SchemaRegistryError } from "./errors.ts";

/** Levels that the platform uses. The others are refused, because the store does not implement them. */
export const compatibilityLevels = ["BACKWARD", "NONE"] as const;
export type CompatibilityLevel = (typeof compatibilityLevels)[number];

/** One version of a subject, in the form of the API. */
export interface SubjectVersion {
  readonly subject: string;
  readonly version: number;
  readonly id: number;
  readonly schema: string;
}

/** What a store holds, to be kept in a file. */
export interface StoredSchemas {
  /** In the order of their ids, which begin at 1. */
  readonly schemas: readonly string[];
  readonly versions: readonly SubjectVersion[];
}

/** The schemas of one schema registry, in memory. */
export class SchemaStore {
  level: CompatibilityLevel = "BACKWARD";
  /** Normal form of a schema → id. The id is the position in `#schemas`, counted from 1. */
  readonly #ids = new Map<string, number>();
  readonly #schemas: string[] = [];
  readonly #subjects = new Map<string, SubjectVersion[]>();

  constructor(stored: StoredSchemas = { schemas: [], versions: [] }) {
    for (const text of stored.schemas) this.#idOf(normalForm(text), text);
    for (const version of stored.versions) {
      this.#subjects.set(version.subject, [...(this.#subjects.get(version.subject) ?? []), version]);
    }
  }

  get stored(): StoredSchemas {
    return { schemas: this.#schemas, versions: [...this.#subjects.values()].flat() };
  }

  /** Returns the id of the schema. A schema has the same id under every subject, and registering it again adds nothing. */
  register(subject: string, text: string): number {
    const { form, type } = parse(text);
    const versions = this.#subjects.get(subject) ?? [];
    const known = versions.find((version) => normalForm(version.schema) === form);
    if (known) return known.id;
    const latest = versions.at(-1);
    if (latest) this.#refuseIncompatible(type, latest);
    const id = this.#idOf(form, text);
    this.#subjects.set(subject, [
      ...versions,
      { subject, version: (latest?.version ?? 0) + 1, id, schema: this.schema(id) },
    ]);
    return id;
  }

  lookUp(subject: string, text: string): SubjectVersion {
    const { form } = parse(text);
    const found = this.#versionsOf(subject).find((version) => normalForm(version.schema) === form);
    if (!found) throw new SchemaRegistryError("schema-not-found", "Schema not found");
    return found;
  }

  schema(id: number): string {
    const schema = this.#schemas[id - 1];
    if (schema === undefined) throw new SchemaRegistryError("schema-not-found", `Schema ${id} not found`);
    return schema;
  }

  subjects(): string[] {
    return [...this.#subjects.keys()].toSorted();
  }

  versions(subject: string): number[] {
    return this.#versionsOf(subject).map(({ version }) => version);
  }

  version(subject: string, wanted: string): SubjectVersion {
    const versions = this.#versionsOf(subject);
    if (wanted !== "latest" && !/^[1-9]\d{0,8}$/.test(wanted)) {
      throw new SchemaRegistryError(
        "invalid-version",
        `The version "${wanted}" is not a number above 0 or "latest".`,
      );
    }
    const found =
      wanted === "latest" ? versions.at(-1) : versions.find(({ version }) => String(version) === wanted);
    if (!found) throw new SchemaRegistryError("version-not-found", `Version ${wanted} not found.`);
    return found;
  }

  /** Whether a schema can follow the given version. */
  isCompatible(subject: string, version: string, text: string): boolean {
    const { type } = parse(text);
    return incompatibility(type, this.version(subject, version)) === undefined;
  }

  #versionsOf(subject: string): readonly SubjectVersion[] {
    const versions = this.#subjects.get(subject);
    if (!versions) throw new SchemaRegistryError("subject-not-found", `Subject '${subject}' not found.`);
    return versions;
  }

  #refuseIncompatible(reader: avro.Type, latest: SubjectVersion): void {
    if (this.level === "NONE") return;
    const reason = incompatibility(reader, latest);
    if (reason === undefined) return;
    throw new SchemaRegistryError(
      "incompatible",
      `Schema being registered is incompatible with version ${latest.version} of subject "${latest.subject}": ${reason}`,
    );
  }

  #idOf(form: string, text: string): number {
    const known = this.#ids.get(form);
    if (known !== undefined) return known;
    const id = this.#schemas.push(text);
    this.#ids.set(form, id);
    return id;
  }
}

/** BACKWARD: a reader with the new schema must be able to read data of the version before. */
function incompatibility(reader: avro.Type, writer: SubjectVersion): string | undefined {
  try {
    reader.createResolver(parse(writer.schema).type);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function parse(text: string): { form: string; type: avro.Type } {
  try {
    const schema = JSON.parse(text) as avro.Schema;
    return { form: JSON.stringify(schema), type: avro.Type.forSchema(schema) };
  } catch (error) {
    throw new SchemaRegistryError("invalid-schema", `Invalid Avro schema: ${(error as Error).message}`);
  }
}

/** Schemas that differ only in white space are equal. */
function normalForm(text: string): string {
  return JSON.stringify(JSON.parse(text));
}
