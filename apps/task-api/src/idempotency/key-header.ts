import { Problem } from "../problems/index.ts";

/** The header, and its alias, which older clients send. */
const keyHeaders = ["idempotency-key", "request-id"] as const;

/** 1 to 255 visible characters without a comma: Node joins two headers of the same name with a comma. */
const keyPattern = /^[!-+\--~]{1,255}$/;

/**
 * The key of a request, or undefined when it has none. The draft standard of the header puts the key in quotes; a quoted
 * key is the same as one without quotes.
 *
 * @throws Problem `invalid-idempotency-key`.
 */
export function idempotencyKey(
  readHeader: (name: string) => string | string[] | undefined,
): string | undefined {
  const given = keyHeaders.flatMap((name) => {
    const value = readHeader(name);
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
