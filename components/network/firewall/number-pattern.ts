/**
 * A regular expression for the decimal numbers 0 to `largest`. WAF cannot compare the value of a header with a number, so
 * Content-Length is compared by its digits.
 */
export function atMostPattern(largest: number): string {
  const digits = String(largest);
  const shorter = digits.length > 1 ? [`[0-9]{1,${digits.length - 1}}`] : [];
  // With as many digits: equal before one position, smaller there, any digits after it.
  const smallerAt = [...digits].flatMap((digit, at) => {
    const lowest = at === 0 && digits.length > 1 ? 1 : 0;
    const highest = Number(digit) - 1;
    if (highest < lowest) return [];
    const rest = digits.length - at - 1;
    return [`${digits.slice(0, at)}[${lowest}-${highest}]${rest > 0 ? `[0-9]{${rest}}` : ""}`];
  });
  return `^(${[...shorter, ...smallerAt, digits].join("|")})$`;
}
