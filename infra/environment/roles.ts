import { mostPodsOf } from "../../components/cluster/workload/index.ts";
import type { EnvironmentSpec } from "../../stacks/index.ts";

/** Topics and consumer groups that a role uses, by name. The program turns them into IAM statements. */
interface KafkaUse {
  readonly produces: readonly string[];
  readonly consumes: readonly string[];
  readonly groups: readonly string[];
  /** Topics in which failed events of the role wait. It writes and reads each of them, in a group of the same name. */
  readonly retries?: readonly string[];
  /** Whether a person is woken when its groups fall behind. @default "page" */
  readonly behind?: "page" | "ticket";
}

/**
 * Facts about a role that the checks of a spec and the stores need. The rows of `infra/workloads` are of this type; they
 * arrive here as an argument, so that this room imports no other.
 */
export interface RoleFacts {
  /** Key of the role under `workloads` in every environment spec. */
  readonly key: string;
  /** Name of the Deployment, the service account and the AWS role; field `service` of the logs. */
  readonly name: string;
  /** Where the role may not be stopped, and what would happen if it were. The reason ends an error message. */
  readonly mustRun: { readonly on: "everywhere" | "primary"; readonly because: string };
  /** Nodes that the pods run on. */
  readonly nodePool: keyof EnvironmentSpec["cluster"]["nodeGroups"];
  /** Ports of the Service. A role without ports has no Service. */
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  /** Seconds between the removal from the endpoints and SIGTERM. Kubernetes takes no less than 1. */
  readonly preStopSeconds: number;
  /** Replicas above this number have nothing to do. @default no limit */
  readonly mostReplicas?: number;
  readonly database: {
    /** Role of PostgreSQL that the pods sign in with. */
    readonly role: string;
    /**
     * Size of the connection pool of one replica: DATABASE_POOL_SIZE of its manifest. With a read replica the API has a
     * second pool of the same size there. That pool is not counted, because nothing else connects to the read replica.
     */
    readonly poolSize: number;
    /** Connections of one replica outside of the pool, for locks and notifications. */
    readonly directConnections: number;
  };
  /** Present where the role talks to Kafka. */
  readonly kafka?: KafkaUse;
}

/** Milliseconds that a service gets after SIGTERM to finish work in progress: the longest request (5 s), a batch and a commit. */
export const shutdownGraceMs = 25_000;

/** Seconds that a pod gets to stop: the pause, the grace of the service, and five more until it is killed. */
export function graceSeconds({ preStopSeconds }: Pick<RoleFacts, "preStopSeconds">): number {
  return preStopSeconds + shutdownGraceMs / 1000 + 5;
}

/** Settings of a role in a spec. `workloadKeyProblems` has refused specs without them. */
export function settingsOf({ name, workloads }: Pick<EnvironmentSpec, "name" | "workloads">, key: string) {
  const settings = workloads[key];
  if (settings === undefined) throw new Error(`stacks/${name}.ts: workloads.${key} is missing`);
  return settings;
}

/** Roles that the spec declares and that run no pod. */
export function stoppedRoles<Role extends RoleFacts>(spec: EnvironmentSpec, roles: readonly Role[]): Role[] {
  return roles.filter(({ key }) => settingsOf(spec, key).state === "stopped");
}

/**
 * Connections of every role at its maximum of replicas, for the connection budget of the database. A stopped role counts
 * too, here and in every other sum of replicas: a failover starts it, and it must fit then.
 */
export function connectionPools(spec: EnvironmentSpec, roles: readonly RoleFacts[]) {
  return roles.map(({ key, database }) => ({
    workload: key,
    maxReplicas: settingsOf(spec, key).maxReplicas,
    poolSize: database.poolSize + database.directConnections,
  }));
}

/** What IAM must allow a role in Kafka. */
export function kafkaAccess({ produces, consumes, groups, retries = [] }: KafkaUse) {
  return {
    produces: [...produces, ...retries],
    consumes: [...consumes, ...retries],
    groups: [...groups, ...retries],
  };
}

/** Consumer groups of the roles, each with the topics that it consumes. Those of retry topics wait by design, so nobody watches them. */
export function consumersOf(roles: readonly RoleFacts[]) {
  return roles.flatMap(({ kafka }) =>
    (kafka?.groups ?? []).map((name) => ({
      name,
      topics: kafka?.consumes ?? [],
      behind: kafka?.behind ?? "page",
    })),
  );
}

/**
 * Most pods that the namespace holds at once: every role at its maximum in the middle of a rollout, and the migration with one
 * retry. Stopped roles count too.
 */
export function mostPods({ workloads }: EnvironmentSpec): number {
  return Object.values(workloads).reduce((sum, { maxReplicas }) => sum + mostPodsOf(maxReplicas), 2);
}
