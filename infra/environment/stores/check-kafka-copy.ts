import type { Problem } from "../../../components/base/core/index.ts";
import type { EnvironmentSpec, EnvironmentSpecs } from "../../../stacks/index.ts";
import { keyAt, type StackConfig } from "../config-keys.ts";
import type { RoleFacts } from "../roles.ts";

/**
 * Contradictions of a spec that receives copied events, in itself and with the spec of the source. While events are
 * copied in, no role that writes to or reads from a topic may run.
 */
export function kafkaCopyProblems(
  spec: EnvironmentSpec,
  specs: EnvironmentSpecs,
  roles: readonly RoleFacts[],
): Problem[] {
  if (spec.kafka.replication !== "copy") return [];
  const problems: Problem[] = roles
    .filter(({ key, kafka }) => kafka !== undefined && spec.workloads[key]?.state === "running")
    .map(({ key }) => ({
      argument: `workloads.${key}.state`,
      given: `"running" with kafka.replication "copy"`,
      allowed: '"stopped" while events are copied in',
      fix: "stop it until a failover: its records and offsets would mix with the copied ones",
    }));
  const sources = sourcesOf(spec, specs);
  if (sources.length !== 1) {
    problems.push({
      argument: "kafka.replication",
      given: `"copy", with ${sources.length === 0 ? "no source" : sources.map(({ name }) => name).join(" and ")}`,
      allowed: `one environment with kafka.replication "source" and recoveryRegion ${spec.region}`,
      fix: 'say "source" in the spec of the environment that is copied, and deploy that first',
    });
  }
  return problems;
}

function sourcesOf(spec: EnvironmentSpec, specs: EnvironmentSpecs): EnvironmentSpec[] {
  return Object.values(specs).filter(
    ({ kafka, recoveryRegion }) => kafka.replication === "source" && recoveryRegion === spec.region,
  );
}

const keys = ["kafkaSourceClusterArn", "kafkaSourceSubnetIds"] as const;

/** Config keys that only a spec with copied events needs. The source has them once it is deployed. */
export function kafkaSourceProblems(
  spec: EnvironmentSpec,
  config: Partial<StackConfig>,
  source: string,
  specs: EnvironmentSpecs,
): Problem[] {
  if (spec.kafka.replication !== "copy") return [];
  return [...missingProblems(spec, config, source), ...placeProblems(spec, config, source, specs)];
}

function missingProblems(spec: EnvironmentSpec, config: Partial<StackConfig>, source: string): Problem[] {
  return keys
    .filter((key) => config[key] === undefined)
    .map((key) => ({
      argument: keyAt(key, source),
      given: "nothing",
      allowed: `a value, since kafka.replication is "copy" in stacks/${spec.name}.ts`,
      fix: `copy it from the outputs of the source: pulumi stack output ${key.replace("kafkaSource", "kafka")}`,
    }));
}

/** MSK Replicator copies between regions of one account. */
function placeProblems(
  spec: EnvironmentSpec,
  { accountId, kafkaSourceClusterArn: arn }: Partial<StackConfig>,
  source: string,
  specs: EnvironmentSpecs,
): Problem[] {
  const [, , , region, account] = arn?.split(":") ?? [];
  const wanted = sourcesOf(spec, specs)[0]?.region;
  if (arn === undefined || accountId === undefined || wanted === undefined) return [];
  if (region === wanted && account === accountId) return [];
  return [
    {
      argument: keyAt("kafkaSourceClusterArn", source),
      given: `a cluster of ${region} and account ${account}`,
      allowed: `a cluster of ${wanted}, where the source is, and of account ${accountId}`,
      fix: "copy the output kafkaClusterArn of the source",
    },
  ];
}
