/** The values in the order of their zones, so that the order in which a caller lists them changes nothing. */
export function inZoneOrder<T>(byZone: Readonly<Record<string, T>>): T[] {
  return Object.entries(byZone)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);
}
