/** An IPv4 range as numbers; both bounds belong to it. */
export interface Range {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** A number without leading zeros: some readers take "010" for eight. */
const part = "(0|[1-9]\\d{0,2})";
const pattern = new RegExp(`^${part}\\.${part}\\.${part}\\.${part}\\/(0|[1-9]\\d?)$`);

/** Reads "10.0.0.0/16". Undefined if the text is no range or does not begin with the first address of the range. */
export function parseRange(cidr: string): Range | undefined {
  const match = pattern.exec(cidr);
  if (match === null) return undefined;
  const [, ...parts] = match.map(Number);
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = parts;
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  const first = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

export function overlaps(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Ranges of private networks (RFC 1918). */
export const privateRanges: readonly Range[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].flatMap(
  (cidr) => parseRange(cidr) ?? [],
);

/** Whether all addresses of a range belong to private networks. */
export function isPrivate(range: Range): boolean {
  return privateRanges.some((wide) => contains(wide, range));
}

/** The range as text, such as "10.0.0.0/16". */
export function formatRange({ first, prefix }: Pick<Range, "first" | "prefix">): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}
