import { sdk } from "./sdk.ts";

const { unknownValue, specialSigKey, specialSecretSig, specialResourceSig } = sdk;

/** A value without the wrappers of Pulumi, and the paths where they were. */
export interface Unwrapped {
  readonly value: unknown;
  readonly secrets: readonly string[];
  readonly unknowns: readonly string[];
}

/** The placeholder for a value that is not known yet. */
export const unknown = unknownValue;

/** Marks a value as secret in an answer to the SDK. */
export function secret(value: unknown): unknown {
  return { [specialSigKey]: specialSecretSig, value };
}

/** A reference to a resource. The SDK turns it into a resource and requests its state by URN. */
export function reference(urn: string, id: string): unknown {
  return { [specialSigKey]: specialResourceSig, urn, id, packageVersion: "" };
}

const unplannedPrefix = "[unplanned output ";

/** The placeholder for an output that is in no table. The SDK would turn the real placeholder into a plain `undefined` here. */
export function unplanned(output: string): string {
  return `${unplannedPrefix}${output}]`;
}

/** Removes the secret markers from a wire value and lists the paths of secrets and unknowns. Unknowns stay in place. */
export function unwrap(wire: unknown): Unwrapped {
  const secrets: string[] = [];
  const unknowns: string[] = [];
  const value = walk(wire, "", secrets, unknowns);
  return { value, secrets: secrets.toSorted(), unknowns: unknowns.toSorted() };
}

function walk(wire: unknown, path: string, secrets: string[], unknowns: string[]): unknown {
  if (wire === unknownValue || (typeof wire === "string" && wire.includes(unplannedPrefix))) {
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
  // A resource reference or an asset. A reader wants to see its URN or its text.
  if (typeof record[specialSigKey] === "string") return record.urn ?? record.text ?? record.path ?? record;
  const entries = Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, walk(item, path === "" ? key : `${path}.${key}`, secrets, unknowns)]),
  );
}
