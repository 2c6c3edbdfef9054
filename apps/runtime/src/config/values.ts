import { isIPv6 } from "node:net";
import { z } from "zod";

/** Attaches the description of the valid values, which the message for an invalid value shows. */
function described<T>(schema: z.ZodType<T>, allowed: string): z.ZodType<T> {
  return schema.meta({ allowed });
}

/** A whole number in decimal digits; "8080 ", "0x1f" and "1e3" are refused, because they are probably mistakes. */
export function integer(minimum: number, maximum: number): z.ZodType<number> {
  const schema = z
    .string()
    .regex(/^(0|[1-9][0-9]{0,9})$/)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum);
  return described(schema as unknown as z.ZodType<number>, `a whole number from ${minimum} to ${maximum}`);
}

/** A TCP port. Tests use 0: the system chooses a free port. */
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

/** The name of a role or a topic, an ARN, or similar: no blanks, no control characters. */
export function name(): z.ZodType<string> {
  return described(
    z
      .string()
      .max(2048)
      .regex(/^[!-~]+$/),
    "a name without blanks",
  );
}

/** Path of a folder on this machine. */
export function absolutePath(): z.ZodType<string> {
  return described(
    z
      .string()
      .max(4096)
      .regex(/^\/[^\0]*$/),
    "a path that starts with /",
  );
}

/** An address with one of the schemes. User and password in it are refused, because they would reach the logs. */
export function url(schemes: readonly string[] = ["https", "http"]): z.ZodType<string> {
  const schema = z.string().refine((value) => {
    const parsed = URL.parse(value);
    if (parsed === null || !schemes.includes(parsed.protocol.slice(0, -1))) return false;
    return parsed.username === "" && parsed.password === "" && parsed.hostname !== "";
  });
  return described(schema, `an address that starts with ${schemes.map((one) => `${one}://`).join(" or ")}`);
}

/** One or more values, separated by commas, each of which must be valid. */
export function list<T>(item: z.ZodType<T>, allowed: string): z.ZodType<readonly T[]> {
  const schema = z.string().transform((value, context): T[] => {
    const items = value.split(",").map((one) => item.safeParse(one));
    if (items.some((one) => !one.success)) context.addIssue("an item does not fit");
    return items.flatMap((one) => (one.success ? [one.data] : []));
  });
  return described(schema as unknown as z.ZodType<readonly T[]>, allowed);
}
