import type { IncomingHttpHeaders } from "node:http";
import { Problem } from "../problems/index.ts";

/** The header, and the alias that older clients send. */
export const keyHeaders = ["idempotency-key", "request-id"] as const;

/** 1 to 255 visible characters, without a comma, which Node puts between two headers of one name. */
const keyPattern = /^[!-+\--~]{1,255}$/;

/**
 * The key of a request, or undefined when it has none. A quoted key, as the header's draft standard writes it, is the
 * same key as without quotes.
 *
 * @throws Problem `invalid-idempotency-key`.
 */
export function idempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const given = keyHeaders.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [{ name, key: unquote(String(value)) }];
  });
  const wrong = given.filter(({ key }) => !keyPattern.test(key));
  if (wrong.length > 0) {
    throw new Problem(
      "invalid-idempotency-key",
      "the key must be 1 to 255 visible characters without a comma",
      {
        errors: wrong.map(({ name }) => ({
          pointer: name,
          detail: "must be one key of 1 to 255 characters",
        })),
      },
    );
  }
  const [first, second] = given;
  if (second !== undefined && second.key !== first?.key) {
    throw new Problem(
      "invalid-idempotency-key",
      "Idempotency-Key and Request-ID name different keys; send one",
    );
  }
  return first?.key;
}

function unquote(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1] ?? value;
}
