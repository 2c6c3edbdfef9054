import type * as pulumi from "@pulumi/pulumi";

/** Ids in the order of their zones, so that the order in which a caller lists them makes no difference. */
export function byZone(ids: Readonly<Record<string, pulumi.Input<string>>>): pulumi.Input<string>[] {
  return Object.entries(ids)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, id]) => id);
}
