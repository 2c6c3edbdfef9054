/**
 * A regular expression for the decimal numbers 0 to `largest`. WAF compares the length of a header, never its value,
 * so the only way to read Content-Length as a number is by its digits.
 */
export function atMostPattern(largest: number): string {
  const digits = String(largest);
  const shorter = digits.length > 1 ? [`[0-9]{1,${digits.length - 1}}`] : [];
  // As many digits: equal up to one place, smaller there, anything after it.
  const smallerAt = [...digits].flatMap((digit, at) => {
    const lowest = at === 0 && digits.length > 1 ? 1 : 0;
    const highest = Number(digit) - 1;
    if (highest < lowest) return [];
    const rest = digits.length - at - 1;
    return [`${digits.slice(0, at)}[${lowest}-${highest}]${rest > 0 ? `[0-9]{${rest}}` : ""}`];
  });
  return `^(${[...shorter, ...smallerAt, digits].join("|")})$`;
}
