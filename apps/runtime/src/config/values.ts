import { isIPv6 } from "node:net";
import { z } from "zod";

/** What a variable may hold, in words; shown when it holds something else. */
function described<T>(schema: z.ZodType<T>, allowed: string): z.ZodType<T> {
  return schema.meta({ allowed });
}

/** A whole number in decimal digits; "8080 ", "0x1f" and "1e3" are refused, because nobody means them. */
export function integer(minimum: number, maximum: number): z.ZodType<number> {
  const schema = z
    .string()
    .regex(/^(0|[1-9][0-9]{0,9})$/)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum);
  return described(schema as unknown as z.ZodType<number>, `a whole number from ${minimum} to ${maximum}`);
}

/** A TCP port; 0 lets the system choose, which tests use. */
export function port(): z.ZodType<number> {
  return integer(0, 65_535);
}

/** One of a closed list of words. */
export function oneOf<const Word extends string>(words: readonly Word[]): z.ZodType<Word> {
  return described(z.enum(words) as unknown as z.ZodType<Word>, words.join(", "));
}

const hostPattern = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/;

/** A DNS name or an address, without scheme and port. */
export function hostName(): z.ZodType<string> {
  const schema = z
    .string()
    .max(253)
    .refine((value) => hostPattern.test(value) || isIPv6(value));
  return described(schema, "a host name or an address, without scheme and port");
}

/** A word such as the name of a role, a topic or an ARN: no blanks, no control characters. */
export function name(): z.ZodType<string> {
  return described(
    z
      .string()
      .max(2048)
      .regex(/^[!-~]+$/),
    "a name without blanks",
  );
}

/** A folder of this machine. */
export function absolutePath(): z.ZodType<string> {
  return described(
    z
      .string()
      .max(4096)
      .regex(/^\/[^\0]*$/),
    "a path that starts with /",
  );
}

/** An address with one of the schemes. Whatever it holds of a user and a password is refused: it would reach the logs. */
export function url(schemes: readonly string[] = ["https", "http"]): z.ZodType<string> {
  const schema = z.string().refine((value) => {
    const parsed = URL.parse(value);
    if (parsed === null || !schemes.includes(parsed.protocol.slice(0, -1))) return false;
    return parsed.username === "" && parsed.password === "" && parsed.hostname !== "";
  });
  return described(schema, `an address that starts with ${schemes.map((one) => `${one}://`).join(" or ")}`);
}

/** Comma-separated values, at least one, each of which must fit. */
export function list<T>(item: z.ZodType<T>, allowed: string): z.ZodType<readonly T[]> {
  const schema = z.string().transform((value, context): T[] => {
    const items = value.split(",").map((one) => item.safeParse(one));
    if (items.some((one) => !one.success)) context.addIssue("an item does not fit");
    return items.flatMap((one) => (one.success ? [one.data] : []));
  });
  return described(schema as unknown as z.ZodType<readonly T[]>, allowed);
}
