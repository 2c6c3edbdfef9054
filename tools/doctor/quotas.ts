import type { EnvironmentSpec } from "../../stacks/index.ts";
import type { Aws } from "./aws.ts";
import type { Place } from "./place.ts";
import { type Finding, ok, problem, unknown } from "./types.ts";

/** A quota of AWS that a new account has too low, or that several environments use up together. */
interface Quota {
  readonly what: string;
  readonly service: string;
  /** Code of Service Quotas. */
  readonly code: string;
  /** What the environment needs at most; undefined where its size is not known. */
  readonly needs: number | undefined;
  /** Question for what is in use. */
  readonly inUse: string;
  /** What others use by the answer, so that the environment still needs all of its own. @default see `sumOf`: everybody's use */
  readonly others?: (answer: unknown, clusterName: string) => number | undefined;
}

/** Kind (null for on demand), cores, threads and cluster of each instance that runs. A node pool grows, so its own are not counted. */
const runningVcpus =
  "ec2 describe-instances --filters Name=instance-state-name,Values=pending,running --query Reservations[].Instances[].[InstanceLifecycle,CpuOptions.CoreCount,CpuOptions.ThreadsPerCore,Tags[?Key==`eks:cluster-name`].Value|[0]]";

function vcpusIn(answer: unknown, kind: "spot" | null, clusterName: string): number | undefined {
  if (!Array.isArray(answer)) return undefined;
  return (answer as readonly (readonly [unknown, number, number, unknown])[])
    .filter(([lifecycle, , , cluster]) => lifecycle === kind && cluster !== clusterName)
    .reduce((sum, [, cores, threads]) => sum + cores * threads, 0);
}

/** Quotas by region and account. Codes: Service Quotas, services `ec2`, `vpc` and `kafka`. */
export function quotasOf(spec: EnvironmentSpec): readonly Quota[] {
  const { nat, zones } = spec.network;
  return [
    {
      what: "elastic IP addresses",
      service: "ec2",
      code: "L-0263D0A3",
      needs: { none: 0, regional: 0, single: 1, "per-zone": zones.length }[nat],
      inUse: "ec2 describe-addresses --query length(Addresses)",
    },
    {
      what: "networks (VPCs)",
      service: "vpc",
      code: "L-F678F1CE",
      needs: 1,
      inUse: "ec2 describe-vpcs --query length(Vpcs)",
    },
    {
      what: "vCPUs of on-demand nodes",
      service: "ec2",
      code: "L-1216C47A",
      needs: mostVcpus(spec, "on-demand"),
      inUse: runningVcpus,
      others: (answer, clusterName) => vcpusIn(answer, null, clusterName),
    },
    {
      what: "vCPUs of spot nodes",
      service: "ec2",
      code: "L-34B43A08",
      needs: mostVcpus(spec, "spot"),
      inUse: runningVcpus,
      others: (answer, clusterName) => vcpusIn(answer, "spot", clusterName),
    },
    {
      what: "Kafka brokers",
      service: "kafka",
      code: "L-EDD31C36",
      needs: spec.kafka.brokers,
      inUse: "kafka list-clusters-v2 --query ClusterInfoList[].Provisioned.NumberOfBrokerNodes",
    },
  ];
}

export function quotaFindings(place: Place, aws: Aws): readonly Finding[] {
  return quotasOf(place.spec)
    .filter(({ needs }) => needs !== 0)
    .map((quota) => quotaFinding(quota, place, aws));
}

function quotaFinding(quota: Quota, { spec: { region }, deployed, clusterName }: Place, aws: Aws): Finding {
  const { what, service, code, needs, inUse, others } = quota;
  const title = `quota of ${what} in ${region}`;
  const toDo = `ask for more: aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --region ${region} --desired-value`;
  const limit = limitOf(service, code, region, aws);
  if (needs === undefined)
    return unknown(title, "the size of an instance type is not known", "compare by hand");
  if (limit === undefined)
    return unknown(
      title,
      "Service Quotas does not answer",
      `needed: ${needs}; look into Service Quotas, code ${code}`,
    );
  const answer = aws.json(`${inUse} --output json --region ${region}`);
  const used = others === undefined ? sumOf(answer) : others(answer, clusterName);
  if (used === undefined)
    return unknown(title, `the limit is ${limit}; what is in use cannot be asked`, `needed: ${needs}`);
  // What exists is counted as used already.
  const more = deployed && others === undefined ? 0 : needs;
  const sum = `${used} in use${others === undefined ? "" : " by others"}, ${more} more needed, limit ${limit}`;
  return used + more <= limit ? ok(title, sum) : problem(title, sum, `${toDo} ${used + more}`);
}

/** The quota of the account, or AWS's default where the account has none of its own. */
function limitOf(service: string, code: string, region: string, aws: Aws): number | undefined {
  const rest = `--service-code ${service} --quota-code ${code} --region ${region} --query Quota.Value --output text`;
  const text =
    aws.text(`service-quotas get-service-quota ${rest}`) ??
    aws.text(`service-quotas get-aws-default-service-quota ${rest}`);
  const value = Number(text ?? "");
  return text === undefined || text === "" || Number.isNaN(value) ? undefined : value;
}

function sumOf(answer: unknown): number | undefined {
  if (typeof answer === "number") return answer;
  if (!Array.isArray(answer)) return undefined;
  return answer.reduce((sum: number, item) => sum + (typeof item === "number" ? item : 0), 0);
}

/** vCPUs of all nodes of a capacity type at their maximum, and one node more for each group: an update adds one first. */
function mostVcpus({ cluster, network }: EnvironmentSpec, capacityType: string): number | undefined {
  const groups = Object.values(cluster.nodeGroups).filter((group) => group.capacityType === capacityType);
  return groups.reduce((sum: number | undefined, { instanceTypes, maxNodes, groups: shape }) => {
    const sizes = instanceTypes.map(vcpusOf);
    if (sum === undefined || sizes.includes(undefined)) return undefined;
    const managed = shape === "per-zone" ? network.zones.length : 1;
    return sum + (maxNodes + managed) * Math.max(...sizes.map((size) => size ?? 0));
  }, 0);
}

/**
 * vCPUs by the size in the name of an instance type. EC2 Instance Types: `large` has 2 and `<n>xlarge` 4 × n in every
 * family; `medium` has 1 in the families with Graviton of fixed performance, and 2 in the burstable ones (t).
 */
export function vcpusOf(instanceType: string): number | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  const [, times] = /^(\d*)xlarge$/.exec(size) ?? [];
  if (times !== undefined) return 4 * Number(times || 1);
  if (size === "large") return 2;
  if (family.startsWith("t") && ["nano", "micro", "small", "medium"].includes(size)) return 2;
  return size === "medium" ? 1 : undefined;
}
