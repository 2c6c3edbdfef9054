import { createHash } from "node:crypto";
import type { PlannedResource } from "../model/index.ts";
import {
  genericId,
  genericOutputs,
  type OutputContext,
  type OutputOverrides,
  outputTable,
} from "../outputs/index.ts";
import type { Registration } from "../protocol/index.ts";

/** Where no provider names an account: the one AWS uses in its documentation. */
const exampleAccount = "123456789012";

/** Where neither a provider nor the configuration names a region: the one ARNs of global services belong to. */
const fallbackRegion = "us-east-1";

interface Surroundings {
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The provider resource, when the program made one. */
  readonly provider: PlannedResource | undefined;
  readonly config: Readonly<Record<string, string>>;
  readonly overrides: OutputOverrides;
}

/** What a provider would answer after creation: every value made from the URN and the inputs, the same on every run. */
export function resolveOutputs(
  registration: Registration,
  around: Surroundings,
): { readonly id: string; readonly [output: string]: unknown } {
  const { type, name } = registration;
  const { inputs, overrides } = around;
  const hash = createHash("sha256").update(around.urn).digest("hex").slice(0, 8);
  const id = genericId(type, name, hash, inputs);
  const { region, accountId } = place(around);
  const context: OutputContext = {
    type,
    name,
    id,
    inputs,
    accountId,
    region,
    hash,
    arn: (service, resource, elsewhere) =>
      `arn:aws:${service}:${elsewhere ?? region}:${accountId}:${resource}`,
  };
  return {
    id,
    ...genericOutputs(context),
    ...outputTable[type]?.(context),
    ...overrides[type],
    ...overrides[`${type}::${name}`],
  };
}

/** Region and account of a resource: its own argument, else its provider, else the stack's configuration. */
function place({ inputs, provider, config }: Surroundings): { region: string; accountId: string } {
  const region = inputs.region ?? provider?.inputs.region ?? config["aws:region"];
  return {
    region: typeof region === "string" ? region : fallbackRegion,
    accountId: accounts(provider?.inputs.allowedAccountIds)[0] ?? exampleAccount,
  };
}

/** The SDK sends lists of a provider's configuration as JSON text. */
function accounts(given: unknown): readonly string[] {
  if (typeof given === "string") return JSON.parse(given) as string[];
  return Array.isArray(given) ? (given as string[]) : [];
}
