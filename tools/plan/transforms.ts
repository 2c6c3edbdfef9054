import * as pulumi from "@pulumi/pulumi";
import type { Registration } from "./registration.ts";
import { secret, unwrap } from "./values.ts";

export type Transform = pulumi.ResourceTransform;

/** Runs transforms as the engine does: the resource's own first, then those of its ancestors, then the stack's. */
export async function applyTransforms(
  registration: Registration,
  transforms: readonly Transform[],
): Promise<Registration> {
  let current = registration;
  for (const transform of transforms) current = await applyOne(current, transform);
  return current;
}

async function applyOne(registration: Registration, transform: Transform): Promise<Registration> {
  const { value, secrets } = unwrap(registration.wire);
  const result = await transform({
    custom: registration.custom,
    type: registration.type,
    name: registration.name,
    props: value as pulumi.Inputs,
    opts: { protect: registration.options.protect, retainOnDelete: registration.options.retainOnDelete },
  });
  if (result === undefined) return registration;
  const props = (await plain(result.props)) as Record<string, unknown>;
  // Top-level secrets stay secret; a transform sees and returns plain values.
  for (const path of secrets) {
    const key = path.split(/[.[]/)[0] ?? path;
    if (key in props) props[key] = secret(props[key]);
  }
  const { protect, retainOnDelete, customTimeouts, ignoreChanges } =
    result.opts as pulumi.CustomResourceOptions;
  return {
    ...registration,
    wire: props,
    options: {
      ...registration.options,
      ...(protect === undefined ? {} : { protect }),
      ...(retainOnDelete === undefined ? {} : { retainOnDelete }),
      ...(ignoreChanges === undefined ? {} : { ignoreChanges }),
      ...(customTimeouts === undefined ? {} : { customTimeouts: customTimeouts as Record<string, string> }),
    },
  };
}

async function plain(props: unknown): Promise<unknown> {
  const output = pulumi.output(props) as unknown as { promise(): Promise<unknown> };
  return await output.promise();
}
