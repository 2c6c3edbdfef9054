/** One line of the result. */
export interface Row {
  readonly name: string;
  readonly result: string;
  /** What the result is compared with, or consists of. */
  readonly against: string;
}

/** How much is measured. */
export interface Size {
  readonly rounds: number;
  readonly seconds: number;
  readonly events: number;
  /** Of the load that is held. */
  readonly heldSeconds: number;
}

/** How many connections send requests at once. */
export const connections = 32;

export const newTask = JSON.stringify({ title: "write it down", description: "x".repeat(100) });

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** A whole number with separators. */
export const whole = (value: number): string => Math.round(value).toLocaleString("en");
