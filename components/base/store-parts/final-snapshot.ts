import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/**
 * Name of the last snapshot of a store. The random suffix changes when the store is replaced, because AWS refuses to
 * delete a store if a snapshot of that name exists already.
 *
 * @param replacedBy everything that replaces the store, so that every store has its own suffix.
 */
export function finalSnapshotIdentifier(
  name: string,
  storeName: string,
  replacedBy: Readonly<Record<string, pulumi.Input<string>>>,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const suffix = new random.RandomId(
    `${name}-final-snapshot`,
    { byteLength: 4, keepers: { ...replacedBy } },
    { parent },
  );
  return pulumi.interpolate`${storeName}-final-${suffix.hex}`;
}
