import { isRecord, list, texts } from "./values.ts";

/** What a property must be, in words and as a test, with a value of each kind for examples. */
export interface Requirement {
  /** Completes "allowed: …". */
  readonly allowed: string;
  readonly holds: (value: unknown) => boolean;
  readonly right: unknown;
  readonly wrong: unknown;
}

/** Flags may be text: launch templates take "true". */
export const isTrue: Requirement = {
  allowed: "true",
  holds: (value) => value === true || value === "true",
  right: true,
  wrong: false,
};

export const isFalse: Requirement = {
  allowed: "false",
  holds: (value) => value === false || value === "false",
  right: false,
  wrong: true,
};

export function oneOf(...allowed: readonly [string, ...string[]]): Requirement {
  return {
    allowed: allowed.map((value) => `"${value}"`).join(" or "),
    holds: (value) => typeof value === "string" && allowed.includes(value),
    right: allowed[0],
    wrong: "something-else",
  };
}

/** A number, or a number as text, in a range. */
export function between(least: number, most: number): Requirement {
  return {
    allowed: most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`,
    holds: (value) => {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof number === "number" && number >= least && number <= most;
    },
    right: least,
    wrong: least - 1,
  };
}

export function atLeast(least: number): Requirement {
  return between(least, Number.POSITIVE_INFINITY);
}

/** Something that is not empty: a text, a list, an object, a number. */
export function present(right: unknown): Requirement {
  return {
    allowed: "a value",
    holds: (value) => {
      if (typeof value === "string" || Array.isArray(value)) return value.length > 0;
      return isRecord(value) ? Object.keys(value).length > 0 : value !== undefined && value !== null;
    },
    right,
    wrong: "",
  };
}

/** Nothing at all. To be used with `missingIs: "right"`. */
export function absent(wrong: unknown): Requirement {
  return {
    allowed: "nothing",
    holds: (value) => value === undefined || value === null || (Array.isArray(value) && value.length === 0),
    right: undefined,
    wrong,
  };
}

/** A list that has at least these. */
export function including(...wanted: readonly [string, ...string[]]): Requirement {
  return {
    allowed: `a list with ${wanted.join(", ")}`,
    holds: (value) => wanted.every((item) => texts(value).includes(item)),
    right: wanted,
    wrong: wanted.slice(1),
  };
}

/** A list with so many entries or more. */
export function manyOf(least: number, right: readonly unknown[]): Requirement {
  return {
    allowed: `a list of ${least} or more`,
    holds: (value) => list(value).length >= least,
    right,
    wrong: right.slice(0, least - 1),
  };
}

/** A key that is ours: its policy and its rotation can be seen and changed. */
export const customKey: Requirement = {
  allowed: "the ARN or id of a customer managed key",
  holds: (value) => typeof value === "string" && value !== "" && !/(^|:)alias\/aws\//.test(value),
  right: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  wrong: "alias/aws/service",
};

/** The four flags that together keep S3 buckets from being public. */
export const publicAccessFlags = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;
