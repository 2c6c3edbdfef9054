import * as pulumi from "@pulumi/pulumi";
import { nearest } from "@task-platform/contracts";
import { type Problem, refuse } from "../../components/base/core/index.ts";
import type { EnvironmentSpec, EnvironmentSpecs } from "../../stacks/index.ts";
import { deployRoleProblems, imageProblems } from "./check-account.ts";
import { callerProblems, loopbackProblems } from "./check-addresses.ts";
import { type RawConfig, readStackConfig } from "./check-config.ts";
import { exampleProblems } from "./check-examples.ts";
import { schemaRegistryProblems, schemaRegistryRangeProblems } from "./check-secrets.ts";
import { specProblems } from "./check-spec.ts";
import { configKeys, keyAt, type StackConfig } from "./config-keys.ts";
import { featuresOf } from "./features.ts";
import type { RoleFacts } from "./roles.ts";
import { shapedProblems } from "./schema/index.ts";
import { kafkaSourceProblems, restoreConfigProblems } from "./stores/index.ts";

/** A member of the SDK that its types omit. `tests/plan/sdk-contract.test.ts` checks it. */
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };

/** An environment as the program uses it. */
export interface Environment {
  readonly spec: EnvironmentSpec;
  /** Values of the stack file. */
  readonly config: StackConfig;
  /** Roles of the software, in the order of their table. */
  readonly roles: readonly RoleFacts[];
}

/**
 * Tools that create nothing in AWS (`npm run plan`, `npm start`, tests) set it to accept example values. No stack file has it.
 */
export const allowExampleValuesKey = "allowExampleValues";

/**
 * Reads and checks stack name, spec and stack file. Nothing else reads configuration.
 *
 * @throws pulumi.RunError with every problem at once, before anything is registered.
 */
export function loadEnvironment(from: EnvironmentSpecs, roles: readonly RoleFacts[]): Environment {
  const stack = pulumi.getStack();
  const { raw, encrypted } = configOf(pulumi.getProject());
  const { environment, problems } = checkEnvironment(stack, raw, from, roles, encrypted);
  refuse(`environment "${stack}"`, problems);
  if (environment === undefined) throw new Error("an environment without problems was not read");
  return environment;
}

/**
 * The environment, or every problem with it. A pure function, so that tests need no engine.
 *
 * @param encrypted Keys whose values the stack file holds encrypted.
 */
export function checkEnvironment(
  stack: string,
  raw: RawConfig,
  from: EnvironmentSpecs,
  roles: readonly RoleFacts[],
  encrypted: readonly string[],
): { readonly environment?: Environment; readonly problems: readonly Problem[] } {
  const written = Object.hasOwn(from, stack) ? from[stack] : undefined;
  if (written === undefined) return { problems: [unknownStack(stack, Object.keys(from))] };
  const source = `Pulumi.${stack}.yaml`;
  const { [allowExampleValuesKey]: allowExamples, ...values } = raw;
  const planned = allowExamples === "true";
  const { config, values: readable, problems: configProblems } = readStackConfig(values, source, encrypted);
  const problems = withoutRepeats([
    ...configProblems,
    ...(planned ? [] : [...exampleProblems(readable, source), ...loopbackProblems(readable, source)]),
    ...shapedProblems(stack, from, (spec, specs) => [
      ...endpointProblems(spec, readable.operatorCidrs, source),
      ...callerProblems(spec, readable.apiServerCallers, source),
      ...imageProblems(spec, readable, source),
      ...deployRoleProblems(spec, readable, source),
      ...kafkaSourceProblems(spec, readable, source, specs),
      ...schemaRegistryProblems(spec, readable.schemaRegistryUrl, source),
      ...schemaRegistryRangeProblems(spec, readable.schemaRegistryCidrs, source),
      ...distributionProblems(spec, readable, source, planned),
      ...restoreConfigProblems(spec.region, readable, source),
      ...specProblems(spec, specs, roles),
    ]),
  ]);
  return problems.length === 0 && config
    ? { environment: { spec: written, config, roles }, problems }
    : { problems };
}

/** A value that cannot be read is also missing for the checks of the spec. Only the first problem of an argument stays. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return problems.filter(
    ({ argument, given }, at) =>
      given !== "nothing" || problems.findIndex((other) => other.argument === argument) === at,
  );
}

/**
 * Values of the stack file under the namespace of the project, by key without the namespace. A key of ours under another
 * namespace keeps it, so that the checks can say so.
 */
function configOf(project: string): { readonly raw: RawConfig; readonly encrypted: readonly string[] } {
  const own = Object.entries(pulumi.runtime.allConfig()).flatMap(([name, value]) => {
    const [namespace = "", key = ""] = name.split(":");
    if (namespace === project) return [{ name, key, value }];
    return Object.hasOwn(configKeys, key) ? [{ name, key: name, value }] : [];
  });
  return {
    raw: Object.fromEntries(own.map(({ key, value }) => [key, value])),
    encrypted: own.filter(({ name }) => isConfigSecret(name)).map(({ key }) => key),
  };
}

function unknownStack(stack: string, names: readonly string[]): Problem {
  const meant = nearest(stack, names);
  return {
    argument: "stack name",
    given: stack === "" ? "none" : `"${stack}"`,
    allowed: names.join(", "),
    fix: meant ? `did you mean "${meant}"?` : "to add an environment, begin with its spec in stacks/",
  };
}

function endpointProblems(
  spec: EnvironmentSpec,
  given: readonly string[] | undefined,
  source: string,
): Problem[] {
  const { publicEndpoint } = spec.cluster;
  if (given === undefined || publicEndpoint === given.length > 0) return [];
  return [
    {
      argument: keyAt("operatorCidrs", source),
      given: given.length === 0 ? "no range" : given.join(", "),
      allowed: publicEndpoint
        ? `one range or more, since cluster.publicEndpoint is true in stacks/${spec.name}.ts`
        : `[], since cluster.publicEndpoint is false in stacks/${spec.name}.ts`,
      fix: publicEndpoint
        ? "name the ranges that operators connect from"
        : "empty it: the API server does not answer outside of the network",
    },
  ];
}

/** Config keys that only a spec with CloudFront needs. A plan works without the secret, because only the CLI can decrypt it. */
function distributionProblems(
  spec: EnvironmentSpec,
  config: Partial<StackConfig>,
  source: string,
  planned: boolean,
): Problem[] {
  if (!featuresOf(spec).behindDistribution) return [];
  const keys = planned
    ? (["originPrefixListId", "probePrefixListId"] as const)
    : (["originPrefixListId", "probePrefixListId", "originSecret"] as const);
  return keys
    .filter((key) => config[key] === undefined)
    .map((key) => ({
      argument: keyAt(key, source),
      given: "nothing",
      allowed: `a value, since distribution is not "none" in stacks/${spec.name}.ts`,
      fix:
        key === "originSecret"
          ? "pulumi config set --secret originSecret $(openssl rand -hex 32), the same in both stacks of a failover pair"
          : "find it with: aws ec2 describe-managed-prefix-lists",
    }));
}
