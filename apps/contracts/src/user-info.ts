/** A digest behind an image, which looks like user info. */
const digest = /@sha256:[0-9a-f]*$/;

/**
 * An address without user, password and query, for messages and logs. Everything up to the last `@` is hidden: a password may
 * hold any character, also in an address that nothing can parse. Node reads one slash, or backslashes, like two slashes, and
 * a forgotten scheme makes a password no less secret. A mail address stays, and so does `owner@1/name@2`.
 */
export function withoutUserInfo(address: string): string {
  const shown = digest.test(address) ? address : withoutUser(address);
  return shown.replace(/^([a-z][a-z0-9+.-]*:[\\/]+[^?]*)\?.*/is, "$1?***");
}

function withoutUser(address: string): string {
  const [start = ""] = /^(?:(?:[a-z][a-z0-9+.-]*:)?[\\/]+)?/i.exec(address) ?? [];
  const rest = address.slice(start.length);
  // A browser writes @ as %40, and an address with that cannot be parsed.
  const at = Math.max(rest.lastIndexOf("@"), rest.toLowerCase().lastIndexOf("%40"));
  const word = start !== "" || rest.slice(0, at).includes(":");
  return at < 0 || !word ? address : `${start}***${rest.slice(at)}`;
}
