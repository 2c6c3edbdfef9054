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

/** The account of the AWS documentation. It is used when no provider names an account. */
const exampleAccount = "123456789012";

/** The region of global services. It is used when neither a provider nor the configuration names a region. */
const fallbackRegion = "us-east-1";

interface Context {
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The provider resource, if the program created one. */
  readonly provider: Pick<PlannedResource, "inputs"> | undefined;
  readonly config: Readonly<Record<string, string>>;
  readonly overrides: OutputOverrides;
}

/** Outputs that a provider would return after creation. They depend only on URN and inputs, so every run gives the same. */
export function resolveOutputs(
  registration: Pick<Registration, "type" | "name">,
  given: Context,
): { readonly id: string; readonly [output: string]: unknown } {
  const { type, name } = registration;
  const { inputs, overrides } = given;
  const hash = createHash("sha256").update(given.urn).digest("hex").slice(0, 8);
  const id = genericId(type, name, hash, inputs);
  const { region, accountId } = place(given);
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

/** Region and account of a resource: from its own argument, else from its provider, else from the stack configuration. */
function place({ inputs, provider, config }: Context): { region: string; accountId: string } {
  const region = inputs.region ?? provider?.inputs.region ?? config["aws:region"];
  return {
    region: typeof region === "string" ? region : fallbackRegion,
    accountId: accounts(provider?.inputs.allowedAccountIds)[0] ?? exampleAccount,
  };
}

/** The SDK sends lists in the configuration of a provider as JSON text. */
function accounts(given: unknown): readonly string[] {
  if (typeof given === "string") return JSON.parse(given) as string[];
  return Array.isArray(given) ? (given as string[]) : [];
}
