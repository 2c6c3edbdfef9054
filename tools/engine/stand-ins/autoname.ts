import { createHash } from "node:crypto";
import { factsOf } from "./schema.ts";

type Inputs = Readonly<Record<string, unknown>>;

interface Named {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
}

/**
 * Fills the name of a resource as the providers do in their check: the logical name and seven digits, or the name from before.
 * The digits are the same in every run, and the same as in the output tables, so that states can be compared.
 */
export function autoname(resource: Named, inputs: Inputs, old: Inputs): Inputs {
  if (resource.type.startsWith("kubernetes:")) return nameObject(resource, inputs, old);
  const { autonamed } = factsOf(resource.type);
  if (autonamed === undefined || inputs[autonamed] !== undefined) return inputs;
  // A prefix and a name exclude each other.
  if (inputs[`${autonamed}Prefix`] !== undefined) return inputs;
  return {
    ...inputs,
    [autonamed]: old[autonamed] ?? `${resource.name}-${digitsOf(resource.urn).slice(0, 7)}`,
  };
}

/** Custom resources and objects of `kubernetes:` packages only: a list, a chart or a file has no name of its own. */
function nameObject(resource: Named, inputs: Inputs, old: Inputs): Inputs {
  const metadata = inputs.metadata as Inputs | undefined;
  if (inputs.kind === undefined || metadata?.name !== undefined || metadata?.generateName !== undefined)
    return inputs;
  const given = (old.metadata as Inputs | undefined)?.name;
  const name = given ?? `${resource.name}-${digitsOf(resource.urn)}`;
  const annotations = { ...(metadata?.annotations as Inputs | undefined), "pulumi.com/autonamed": "true" };
  return { ...inputs, metadata: { ...metadata, name, annotations } };
}

function digitsOf(urn: string): string {
  return createHash("sha256").update(urn).digest("hex").slice(0, 8);
}
