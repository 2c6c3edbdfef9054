import { nearest } from "@task-platform/contracts";
import { overlaps, type Problem, parseRange } from "../../components/base/core/index.ts";
import { planSubnets } from "../../components/network/network/index.ts";
import type { EnvironmentSpec, EnvironmentSpecs } from "../../stacks/index.ts";
import { keyAt } from "./config-keys.ts";

/** Contradictions about secrets between two specs. Both ends of a copy must name each other. */
export function secretsProblems(spec: EnvironmentSpec, specs: EnvironmentSpecs): Problem[] {
  const { secrets } = spec;
  if (secrets === "none") return [];
  return secrets.owner === spec.name
    ? readerProblems(spec, secrets.readBy, specs)
    : ownerProblems(spec, secrets, specs);
}

function readerProblems(
  spec: EnvironmentSpec,
  readBy: readonly string[],
  specs: EnvironmentSpecs,
): Problem[] {
  // The general checks report this already.
  if (spec.recoveryRegion === spec.region) return [];
  const known = readBy.filter((name) => specs[name] !== undefined);
  const strangers = readBy.filter((name) => !known.includes(name));
  const wrong = known
    .filter((name) => name === spec.name || specs[name]?.region !== spec.recoveryRegion)
    .map((name) => ({
      argument: "secrets.readBy",
      given: `"${name}"`,
      allowed: `environments in ${spec.recoveryRegion}, where the copies are`,
      fix: "leave it out: an environment reads the secrets of its own region",
    }));
  return [...strangers.map((name) => unknownEnvironment("secrets.readBy", name, specs)), ...wrong];
}

function unknownEnvironment(argument: string, name: string, specs: EnvironmentSpecs): Problem {
  const names = Object.keys(specs);
  const meant = nearest(name, names);
  return {
    argument,
    given: `"${name}"`,
    allowed: names.join(", "),
    fix: meant ? `did you mean "${meant}"?` : "name an environment of stacks/index.ts",
  };
}

function ownerProblems(
  spec: EnvironmentSpec,
  { owner, readBy }: Exclude<EnvironmentSpec["secrets"], "none">,
  specs: EnvironmentSpecs,
): Problem[] {
  if (specs[owner] === undefined) return [unknownEnvironment("secrets.owner", owner, specs)];
  const problems: Problem[] = [];
  const makes = specs[owner]?.secrets ?? "none";
  const admits = makes !== "none" && makes.owner === owner && makes.readBy.includes(spec.name);
  if (!admits || specs[owner]?.recoveryRegion !== spec.region) {
    problems.push({
      argument: "secrets.owner",
      given: `"${owner}"`,
      allowed: `"${spec.name}", or an environment that copies its secrets to ${spec.region} and has ${spec.name} in secrets.readBy`,
      fix: `add "${spec.name}" to secrets.readBy in stacks/${owner}.ts, or make the secrets here`,
    });
  }
  if (readBy.length > 0) {
    problems.push({
      argument: "secrets.readBy",
      given: readBy.join(", "),
      allowed: "[] where the secrets are copies",
      fix: `name readers in stacks/${owner}.ts, which makes them`,
    });
  }
  return problems;
}

/** Workers may reach every address of these ranges on the port of the registry, which may be that of the API server. */
export function schemaRegistryRangeProblems(
  spec: EnvironmentSpec,
  cidrs: readonly string[] | undefined,
  source: string,
): Problem[] {
  const { cidr: network, zones } = spec.network;
  // A range that nobody can read is reported by the checks of the network.
  const subnets = parseRange(network) === undefined ? [] : planSubnets(network, zones);
  const controlPlane = subnets.filter(({ tier }) => tier === "controlPlane").map(({ cidr }) => cidr);
  const closed = [spec.cluster.serviceCidr, ...controlPlane].flatMap((cidr) => parseRange(cidr) ?? []);
  return (cidrs ?? [])
    .filter((cidr) => {
      const range = parseRange(cidr);
      return range !== undefined && closed.some((other) => overlaps(range, other));
    })
    .map((cidr) => ({
      argument: keyAt("schemaRegistryCidrs", source),
      given: cidr,
      allowed: `ranges without addresses of the API server: ${[...controlPlane, spec.cluster.serviceCidr].join(", ")}`,
      fix: "name the addresses of the schema registry only",
    }));
}

/** A password must not travel in clear text. Only the stack file says where the workers send it. */
export function schemaRegistryProblems(
  spec: EnvironmentSpec,
  url: string | undefined,
  source: string,
): Problem[] {
  if (spec.secrets === "none" || url === undefined || url.startsWith("https://")) return [];
  return [
    {
      argument: keyAt("schemaRegistryUrl", source),
      given: url,
      allowed: `an https URL, since secrets is not "none" in stacks/${spec.name}.ts`,
      fix: "give the schema registry a certificate: workers refuse to send the password in clear text",
    },
  ];
}
