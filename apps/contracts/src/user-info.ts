/**
 * An address without user and password, for messages and logs. Everything up to the last `@` is hidden: a password may hold
 * any character, also in an address that nothing can parse.
 */
export function withoutUserInfo(address: string): string {
  return address.replace(/\/\/.*@/s, "//***@");
}
