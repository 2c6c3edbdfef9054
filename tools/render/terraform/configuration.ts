import type { Plan, PlannedResource } from "../../plan/index.ts";
import {
  argumentName,
  isFreeForm,
  isRecord,
  madeUpName,
  replacedByCreatingFirst,
  snakeCase,
  terraformKind,
} from "./names.ts";
import { Addresses, urnOfProvider } from "./references.ts";
import { type KindSchemas, prune } from "./schema.ts";

/** A plan as a Terraform configuration. */
export interface TerraformConfiguration {
  /** Content of `main.tf.json`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** What is not in it, one line each with the reason. */
  readonly leftOut: readonly string[];
}

type Json = Record<string, unknown>;

/**
 * The AWS resources of a plan in Terraform's JSON, with one provider block per account and region. Ids and ARNs are
 * references where the plan knows their source and literals elsewhere; secrets are variables without a value.
 *
 * @param schemas Kinds and arguments of an installed provider. Without them nothing is left out as too new.
 */
export function terraformConfiguration(plan: Plan, schemas?: KindSchemas): TerraformConfiguration {
  const custom = plan.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  const known = custom.filter(({ type }) => isAws(type) && (!schemas || schemas.has(terraformKind(type))));
  const addresses = new Addresses(known);
  const leftOut = [...custom.filter((resource) => !known.includes(resource)).map(reasonLeftOut)];
  const variables: Json = {};
  const resources: Record<string, Json> = {};
  for (const resource of known) {
    const address = addresses.of(resource.urn);
    const [kind = "", name = ""] = address?.split(".") ?? [];
    const body = {
      ...blockBody(resource, kind, addresses, variables),
      ...metaArguments(resource, kind, addresses),
    };
    const pruned = prune(body, schemas?.get(kind));
    leftOut.push(...pruned.unknown.map((path) => `${address} ${path}: an argument newer than the provider`));
    resources[kind] = { ...resources[kind], [name]: pruned.body };
  }
  return { json: wrap(plan, resources, variables), leftOut: leftOut.toSorted() };
}

function isAws(type: string): boolean {
  return type.startsWith("aws:");
}

function reasonLeftOut({ type, name }: PlannedResource): string {
  if (type.startsWith("kubernetes:")) return `${type} ${name}: rendered as Kubernetes YAML`;
  if (isAws(type)) return `${terraformKind(type)} ${name}: a kind newer than the provider`;
  return `${type} ${name}: of a provider other than AWS; what it makes is a variable or a literal here`;
}

function wrap(plan: Plan, resources: Readonly<Record<string, Json>>, variables: Json): Json {
  return {
    // No upper bound: a newer provider knows kinds and arguments that an older one lacks.
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0" } } },
    provider: { aws: plan.all("pulumi:providers:aws").map(providerBlock) },
    ...(Object.keys(variables).length > 0 ? { variable: sorted(variables) } : {}),
    resource: sorted(Object.fromEntries(Object.entries(resources).map(([kind, all]) => [kind, sorted(all)]))),
  };
}

/** Pulumi passes settings of providers as JSON text. Credentials are no part of a rendering. */
function providerBlock(provider: PlannedResource): Json {
  const { inputs } = provider;
  const block: Json = { alias: provider.name, region: inputs.region };
  for (const key of ["allowedAccountIds", "defaultTags"]) {
    const text = inputs[key];
    if (typeof text !== "string") continue;
    const value: unknown = JSON.parse(text);
    block[snakeCase(key)] = key === "defaultTags" ? [value] : value;
  }
  return block;
}

/** The inputs of a resource under Terraform's names. */
function blockBody(resource: PlannedResource, kind: string, addresses: Addresses, variables: Json): Json {
  const secrets = new Set(resource.secretInputs);
  const walk = (value: unknown, path: string, inputPath: string): unknown => {
    if (secrets.has(inputPath)) return secretVariable(resource, kind, inputPath, variables);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, path, `${inputPath}[${index}]`));
    if (isRecord(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => {
          const name = isFreeForm(path) ? key : argumentName(path, key, item);
          return [name, walk(item, `${path}.${name}`, inputPath === "" ? key : `${inputPath}.${key}`)];
        }),
      );
    }
    if (typeof value !== "string") return value;
    return addresses.referenceTo(value, resource, inputPath) ?? literal(value);
  };
  const nameInput = madeUpName(kind);
  const made = nameInput === undefined ? {} : { [nameInput]: resource.outputs[nameInput] ?? resource.name };
  return walk({ ...made, ...resource.inputs }, kind, "") as Json;
}

/** Terraform reads `${` and `%{` in a text as a template, and IAM policies contain both. */
function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

function secretVariable(resource: PlannedResource, kind: string, path: string, variables: Json): string {
  const name = [kind, resource.name, ...path.split(/[^A-Za-z0-9]+/)]
    .filter((part) => part !== "")
    .map(snakeCase)
    .join("-");
  variables[name] = {
    type: "string",
    sensitive: true,
    description: `${path} of ${resource.name}: secret, so not rendered`,
  };
  return `\${var.${name}}`;
}

/** Pulumi's options as Terraform's meta-arguments. */
function metaArguments(resource: PlannedResource, kind: string, addresses: Addresses): Json {
  const { options } = resource;
  const provider = urnOfProvider(options.provider);
  const lifecycle = {
    ...(replacedByCreatingFirst(kind, resource.inputs, options.deleteBeforeReplace)
      ? { create_before_destroy: true }
      : {}),
    ...(options.protect ? { prevent_destroy: true } : {}),
    ...(options.ignoreChanges.length > 0
      ? { ignore_changes: options.ignoreChanges.map((path) => ignoredPath(kind, path, resource.inputs)) }
      : {}),
  };
  const dependsOn = addresses.dependenciesOf(resource);
  return {
    ...(provider === "" ? {} : { provider: `aws.${provider}` }),
    ...(dependsOn.length > 0 ? { depends_on: dependsOn } : {}),
    ...(Object.keys(lifecycle).length > 0 ? { lifecycle } : {}),
    ...(Object.keys(options.customTimeouts).length > 0 ? { timeouts: options.customTimeouts } : {}),
  };
}

/** A block that Pulumi shows as one object is a list of one in Terraform, so a path through it needs its index. */
function ignoredPath(kind: string, path: string, inputs: unknown): string {
  let at = inputs;
  let blockPath = kind;
  const names = path.split(".").map((key) => {
    at = isRecord(at) ? at[key] : undefined;
    const name = argumentName(blockPath, key, at);
    blockPath = `${blockPath}.${name}`;
    return isRecord(at) ? `${name}[0]` : name;
  });
  return names.join(".");
}

function sorted(record: Json): Json {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
