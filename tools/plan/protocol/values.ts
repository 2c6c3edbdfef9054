import { sdk } from "./sdk.ts";

const { unknownValue, specialSigKey, specialSecretSig, specialResourceSig } = sdk;

/** A value with Pulumi's wrappers taken off, and the paths where they were. */
export interface Unwrapped {
  readonly value: unknown;
  readonly secrets: readonly string[];
  readonly unknowns: readonly string[];
}

/** What stands for a value nobody knows yet. */
export const unknown = unknownValue;

/** Marks a value as secret on its way back to the SDK. */
export function secret(value: unknown): unknown {
  return { [specialSigKey]: specialSecretSig, value };
}

/** Stands for a resource; the SDK makes one of it, and asks for its state by URN. */
export function reference(urn: string, id: string): unknown {
  return { [specialSigKey]: specialResourceSig, urn, id, packageVersion: "" };
}

const unplannedSign = "[unplanned output ";

/** Stands for an output that no table knows, where the SDK would make a plain `undefined` of the real sentinel. */
export function unplanned(output: string): string {
  return `${unplannedSign}${output}]`;
}

/** Takes secrets and unknowns out of a wire value; unknowns stay as their sentinel. */
export function unwrap(wire: unknown): Unwrapped {
  const secrets: string[] = [];
  const unknowns: string[] = [];
  const value = walk(wire, "", secrets, unknowns);
  return { value, secrets: secrets.toSorted(), unknowns: unknowns.toSorted() };
}

function walk(wire: unknown, path: string, secrets: string[], unknowns: string[]): unknown {
  if (wire === unknownValue || (typeof wire === "string" && wire.includes(unplannedSign))) {
    unknowns.push(path);
    return wire;
  }
  if (Array.isArray(wire))
    return wire.map((item, index) => walk(item, `${path}[${index}]`, secrets, unknowns));
  if (typeof wire !== "object" || wire === null) return wire;
  const record = wire as Record<string, unknown>;
  if (record[specialSigKey] === specialSecretSig) {
    secrets.push(path);
    return walk(record.value, path, secrets, unknowns);
  }
  // A resource reference or an asset: its urn or its text is what a reader wants to see.
  if (typeof record[specialSigKey] === "string") return record.urn ?? record.text ?? record.path ?? record;
  const entries = Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, walk(item, path === "" ? key : `${path}.${key}`, secrets, unknowns)]),
  );
}
