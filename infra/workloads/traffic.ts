import { ports } from "@task-platform/contracts";
import type { Traffic } from "../../components/cluster/workload/index.ts";
import { planSubnets } from "../../components/network/network/index.ts";
import { cachePort } from "../../components/stores/cache/index.ts";
import { kafkaClientPort } from "../../components/stores/kafka/index.ts";
import { postgresPort } from "../../components/stores/postgres/index.ts";
import type { Environment } from "../environment/index.ts";

/** Ranges that are not the internet: private, shared, link-local and loopback. */
const notInternet = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
];

const https = 443;

/** Building blocks of the network policies, by name. */
export type TrafficTable = ReturnType<typeof trafficOf>;

/**
 * Building blocks of the network policies of the workloads. They are address ranges, because stores and load balancer are
 * not pods. All ranges follow from the spec, so that a policy is complete before the network exists.
 */
export function trafficOf({ spec, config }: Environment) {
  const plan = planSubnets(spec.network.cidr, spec.network.zones);
  const tier = (wanted: string): string[] =>
    plan.filter((subnet) => subnet.tier === wanted).map((subnet) => subnet.cidr);
  const data = tier("data");
  const to = (port: number, cidrs: readonly string[]): Traffic => ({ ports: [port], cidrs });
  return {
    /** From the load balancer, whose interfaces are in the public subnets. Its health check uses the admin port. */
    fromLoadBalancer: {
      ports: [ports.http, ports.grpc, ports.admin],
      cidrs: tier("public"),
    } satisfies Traffic,
    /** From the metrics collector, whose interfaces are in the private subnets. */
    fromCollector: to(ports.admin, tier("private")),
    toPostgres: to(postgresPort, data),
    toCache: to(cachePort, data),
    toKafka: to(kafkaClientPort, data),
    /** The Pod Identity agent gives credentials at an address of the node. */
    toPodIdentity: to(80, ["169.254.170.23/32"]),
    /** The API server: its interfaces, and the address of its Service, because policies apply before the address is translated. */
    toApiServer: to(https, [...tier("controlPlane"), firstAddress(spec.cluster.serviceCidr)]),
    /** Interface endpoints of AWS, where the network has them. */
    toEndpoints: to(https, tier("private")),
    /** The token issuer, and AWS services without an endpoint in the network. Never a private address. */
    toInternet: { ...to(https, ["0.0.0.0/0"]), except: notInternet } satisfies Traffic,
    toSchemaRegistry: toSchemaRegistry(config),
  };
}

/**
 * The schema registry, where it is and nowhere else: the API server has the same port, so a rule for the whole network would
 * open the API server to the workers. In the cluster: the pods of its namespace, which listen on the port of the URL. In a
 * private network: the ranges of the stack file. Otherwise on the internet, where `toInternet` reaches the port of https.
 */
function toSchemaRegistry({
  schemaRegistryUrl,
  schemaRegistryCidrs,
}: Environment["config"]): readonly Traffic[] {
  const { hostname, port, protocol } = new URL(schemaRegistryUrl);
  const ports = [port === "" ? (protocol === "https:" ? https : 80) : Number(port)];
  const [, namespace] = /^[^.]+\.([^.]+)\.svc\.cluster\.local$/.exec(hostname) ?? [];
  if (namespace !== undefined) return [{ ports, cidrs: [], namespaces: [namespace] }];
  if (schemaRegistryCidrs !== undefined) return [{ ports, cidrs: schemaRegistryCidrs }];
  return ports.includes(https) ? [] : [{ ports, cidrs: ["0.0.0.0/0"], except: notInternet }];
}

/** The Service of the API server has the first address of the range. */
function firstAddress(cidr: string): string {
  return `${(cidr.split("/")[0] ?? "").replace(/\.0$/, ".1")}/32`;
}

/** What the workers of the event stream connect to. */
export function workerEgress(traffic: TrafficTable): readonly Traffic[] {
  return [
    traffic.toPostgres,
    traffic.toKafka,
    ...traffic.toSchemaRegistry,
    traffic.toPodIdentity,
    traffic.toInternet,
  ];
}
