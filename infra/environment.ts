import * as pulumi from "@pulumi/pulumi";
import { nearest } from "@task-platform/contracts";
import { type Problem, refuse } from "../components/core/index.ts";
import { type EnvironmentName, type EnvironmentPage, type Pages, pages } from "../stacks/index.ts";
import { type RawConfig, readStackConfig } from "./check-config.ts";
import { exampleProblems } from "./check-examples.ts";
import { kafkaSourceProblems } from "./check-kafka-copy.ts";
import { pageProblems } from "./check-page.ts";
import { restoreConfigProblems } from "./check-restore.ts";
import { registryProblems } from "./check-secrets.ts";
import type { StackConfig } from "./config-keys.ts";

/** An environment as the program works with it: its page, and what its stack file says. */
export interface Environment {
  readonly page: EnvironmentPage;
  readonly config: StackConfig;
}

/** Set by tools that make nothing (`npm run plan`, `npm start`, tests), and in no stack file: examples are then taken. */
export const allowExampleValuesKey = "allowExampleValues";

/**
 * Reads stack name, page and stack file; the only reader of configuration.
 *
 * @throws pulumi.RunError with every problem at once, before anything is registered.
 */
export function loadEnvironment(from: Pages): Environment {
  const stack = pulumi.getStack();
  const { environment, problems } = checkEnvironment(stack, configOf(pulumi.getProject()), from);
  refuse(`environment "${stack}"`, problems);
  if (environment === undefined) throw new Error("an environment without problems was not read");
  return environment;
}

/** Everything wrong with an environment, or the environment. Pure, so that tests need no engine. */
export function checkEnvironment(
  stack: string,
  raw: RawConfig,
  from: Pages = pages,
): { readonly environment?: Environment; readonly problems: readonly Problem[] } {
  if (!isEnvironmentName(stack, from)) return { problems: [unknownStack(stack, Object.keys(from))] };
  const page = from[stack];
  const source = `Pulumi.${stack}.yaml`;
  const { [allowExampleValuesKey]: allowExamples, ...values } = raw;
  const { config, values: readable, problems: configProblems } = readStackConfig(values, source);
  const problems = toldOnce([
    ...configProblems,
    ...endpointProblems(page, readable.operatorCidrs, source),
    ...kafkaSourceProblems(page, readable, source, from),
    ...registryProblems(page, readable.schemaRegistryUrl, source),
    ...distributionProblems(page, readable, source, allowExamples === "true"),
    ...restoreConfigProblems(page.region, readable, source),
    ...(allowExamples === "true" ? [] : exampleProblems(readable, source)),
    ...pageProblems(page, from),
  ]);
  return problems.length === 0 && config ? { environment: { page, config }, problems } : { problems };
}

/** A value that could not be read is missing for the checks of the page too, and has been told. */
function toldOnce(problems: readonly Problem[]): Problem[] {
  return problems.filter(
    ({ argument, given }, at) =>
      given !== "nothing" || problems.findIndex((other) => other.argument === argument) === at,
  );
}

/** What the stack file says under the namespace of the project, without it. */
function configOf(project: string): RawConfig {
  const prefix = `${project}:`;
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

function isEnvironmentName(stack: string, from: Pages): stack is EnvironmentName {
  return Object.hasOwn(from, stack);
}

function unknownStack(stack: string, names: readonly string[]): Problem {
  const meant = nearest(stack, names);
  return {
    argument: "stack name",
    given: stack === "" ? "none" : `"${stack}"`,
    allowed: names.join(", "),
    fix: meant ? `did you mean "${meant}"?` : "a new environment begins with a page in stacks/",
  };
}

function endpointProblems(
  page: EnvironmentPage,
  given: readonly string[] | undefined,
  source: string,
): Problem[] {
  const { publicEndpoint } = page.cluster;
  if (given === undefined || publicEndpoint === given.length > 0) return [];
  return [
    {
      argument: `task-platform:operatorCidrs (${source})`,
      given: given.length === 0 ? "no range" : given.join(", "),
      allowed: publicEndpoint
        ? `one range or more, since cluster.publicEndpoint is true in stacks/${page.name}.ts`
        : `[], since cluster.publicEndpoint is false in stacks/${page.name}.ts`,
      fix: publicEndpoint
        ? "name the ranges operators come from"
        : "empty it: the API server answers nobody outside of the network, and a list would say otherwise",
    },
  ];
}

/** What only a page with CloudFront needs. A plan does without the secret, which no tool but the CLI can decrypt. */
function distributionProblems(
  page: EnvironmentPage,
  config: Partial<StackConfig>,
  source: string,
  planned: boolean,
): Problem[] {
  if (page.distribution === "none") return [];
  const keys = planned
    ? (["originPrefixListId", "probePrefixListId"] as const)
    : (["originPrefixListId", "probePrefixListId", "originSecret"] as const);
  return keys
    .filter((key) => config[key] === undefined)
    .map((key) => ({
      argument: `task-platform:${key} (${source})`,
      given: "nothing",
      allowed: `a value, since distribution is not "none" in stacks/${page.name}.ts`,
      fix:
        key === "originSecret"
          ? "pulumi config set --secret originSecret $(openssl rand -hex 32), the same in both stacks of a failover pair"
          : "find it with: aws ec2 describe-managed-prefix-lists",
    }));
}
