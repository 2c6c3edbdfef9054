import { variables } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { type EnvironmentName, specs } from "../../stacks/index.ts";
import type { Plan, PlannedResource } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

// This does not prove that the services read these variables. `npm start` does, with the same manifests.

const keys = { "task-api": "api", "task-relay": "relay", "task-processor": "processor" } as const;
type Name = keyof typeof keys;
const names = Object.keys(keys) as Name[];
const cases = environments.flatMap((environment) => names.map((name) => [environment, name] as const));

interface Container {
  readonly args: readonly string[];
  readonly command: readonly string[];
  readonly env: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
  }[];
  readonly image: string;
  readonly [key: string]: unknown;
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly [key: string]: unknown;
}

const deployment = (plan: Plan, name: string) => plan.one("kubernetes:apps/v1:Deployment", name);
const job = (plan: Plan) => plan.all("kubernetes:batch/v1:Job")[0] as PlannedResource;

function podOf(resource: PlannedResource): PodSpec {
  return (resource.inputs.spec as { template: { spec: PodSpec } }).template.spec;
}

function containerOf(resource: PlannedResource): Container {
  const [container] = podOf(resource).containers;
  if (container === undefined) throw new Error(`${resource.name} has no container`);
  return container;
}

const envOf = (resource: PlannedResource) =>
  Object.fromEntries(
    containerOf(resource).env.map(({ name, value, valueFrom }) => [
      name,
      value ?? valueFrom?.fieldRef?.fieldPath,
    ]),
  );

function settingsOf(spec: (typeof specs)[EnvironmentName], name: Name) {
  return spec.workloads[keys[name]];
}

test.each(cases)("in %s the pods of %s are probed on the admin port", async (environment, name) => {
  const container = containerOf(deployment(await planOf(environment), name));
  const probe = (path: string) => ({ httpGet: { path, port: "admin" }, timeoutSeconds: 2 });
  expect(container.startupProbe).toMatchObject(probe("/startupz"));
  expect(container.readinessProbe).toMatchObject(probe("/readyz"));
  expect(container.livenessProbe).toMatchObject(probe("/livez"));
  expect(container.ports).toContainEqual({ name: "admin", containerPort: 8081 });
});

test.each(cases)(
  "in %s the pods of %s meet the restricted pod security standard",
  async (environment, name) => {
    const pod = podOf(deployment(await planOf(environment), name));
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 10001,
      runAsGroup: 10001,
      fsGroup: 10001,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(pod.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  },
);

test.each(cases)(
  "in %s the scaling, spread and disruption budget of %s follow its spec",
  async (environment, name) => {
    const plan = await planOf(environment);
    const settings = settingsOf(specs[environment], name);
    const resource = deployment(plan, name);
    const { minReplicas, maxReplicas, keepAvailable } = settings;
    const running = settings.state === "running";
    expect((resource.inputs.spec as { replicas?: number }).replicas).toBe(running ? undefined : 0);
    const of = (type: string) => plan.all(type).filter((one) => one.name === name);
    expect(of("kubernetes:autoscaling/v2:HorizontalPodAutoscaler").map(({ inputs }) => inputs.spec)).toEqual(
      running ? [expect.objectContaining({ minReplicas, maxReplicas })] : [],
    );
    expect(of("kubernetes:policy/v1:PodDisruptionBudget").map(({ inputs }) => inputs.spec)).toEqual(
      running && keepAvailable > 0
        ? [expect.objectContaining({ maxUnavailable: minReplicas - keepAvailable })]
        : [],
    );
    const required = settings.zoneSpread === "require";
    const { topologySpreadConstraints, affinity, containers } = podOf(resource);
    expect(topologySpreadConstraints).toMatchObject([
      {
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: required ? "DoNotSchedule" : "ScheduleAnyway",
      },
    ]);
    expect(Object.keys((affinity as { podAntiAffinity: object }).podAntiAffinity)).toEqual([
      `${required ? "required" : "preferred"}DuringSchedulingIgnoredDuringExecution`,
    ]);
    expect(containers[0]?.resources).toMatchObject({ requests: settings.requests, limits: settings.limits });
  },
);

test.each(cases)("in %s %s runs its image and role on its node pool", async (environment, name) => {
  const plan = await planOf(environment);
  const resource = deployment(plan, name);
  const { image, command, args } = containerOf(resource);
  const expected = {
    "task-api": ["task-api", ["apps/task-api/src/main.ts"], "application"],
    "task-relay": ["task-worker", ["apps/task-worker/src/main.ts", "relay"], "worker"],
    "task-processor": ["task-worker", ["apps/task-worker/src/main.ts", "processor"], "worker"],
  } as const;
  const [repository, wanted, pool] = expected[name];
  expect([command, args]).toEqual([["node"], wanted]);
  expect(image).toMatch(new RegExp(`/${repository}@sha256:[0-9a-f]{64}$`));
  expect(podOf(resource).nodeSelector).toEqual({ "task-platform/pool": pool });
});

test.each(cases)(
  "in %s %s gets only variables of the contracts, and no secret",
  async (environment, name) => {
    const resource = deployment(await planOf(environment), name);
    const told = Object.keys(envOf(resource));
    expect(told).toContain("SERVICE_NAME");
    expect(told.filter((variable) => !(variables as readonly string[]).includes(variable))).toEqual([]);
    expect(told.filter((variable) => /PASSWORD|TOKEN|PRIVATE/.test(variable))).toEqual([]);
    expect(resource.secretInputs).toEqual([]);
  },
);

test("the API gets the addresses of its stores from the stores", async () => {
  const plan = await planOf("prod");
  const instance = plan.one("aws:rds/instance:Instance").outputs;
  const group = plan.one("aws:elasticache/replicationGroup:ReplicationGroup").outputs;
  expect(envOf(deployment(plan, "task-api"))).toEqual({
    ADMIN_PORT: "8081",
    API_DOCS: "off",
    AUTH_AUDIENCE: "task-platform-prod",
    AUTH_ISSUER: "https://login.example.com",
    AUTH_JWKS_URL: "https://login.example.com/.well-known/jwks.json",
    AWS_REGION: "us-east-1",
    BIND_ADDRESS: "0.0.0.0",
    DATABASE_AUTH: "iam",
    DATABASE_HOST: instance.address,
    DATABASE_NAME: "tasks",
    DATABASE_POOL_SIZE: "10",
    DATABASE_PORT: "5432",
    DATABASE_READER_HOST: instance.address,
    DATABASE_TLS: "verify-full",
    DATABASE_USER: "task_api",
    GRPC_PORT: "9090",
    HTTP_PORT: "8080",
    LOG_LEVEL: "info",
    NODE_EXTRA_CA_CERTS: "/app/certs/rds-global-bundle.pem",
    NODE_OPTIONS: "--max-old-space-size=1536 --max-semi-space-size=16",
    POD_NAME: "metadata.name",
    RATE_LIMIT_PER_MINUTE: "100",
    REDIS_AUTH: "iam",
    REDIS_HOST: group.primaryEndpointAddress,
    REDIS_PORT: "6379",
    REDIS_REPLICATION_GROUP: "task-prod-queue",
    REDIS_TLS: "on",
    REDIS_USER: "task-prod-application",
    SERVICE_NAME: "task-api",
    SHUTDOWN_GRACE_MS: "25000",
    WATCH_HEARTBEAT_MS: "20000",
  });
});

test("workers get the brokers, the schema registry and the topics they use", async () => {
  const plan = await planOf("dev");
  const shared = {
    DATABASE_AUTH: "iam",
    KAFKA_AUTH: "iam",
    KAFKA_BROKERS: plan.one("aws:msk/cluster:Cluster").outputs.bootstrapBrokersSaslIam,
    KAFKA_TLS: "on",
    SCHEMA_REGISTRY_URL: "https://schema-registry.dev.example.com",
    TOPIC_TASK_EVENTS: "task-events",
  };
  const relay = envOf(deployment(plan, "task-relay"));
  expect(relay).toMatchObject({ ...shared, DATABASE_USER: "task_relay" });
  expect(relay).not.toHaveProperty("CONSUMER_GROUP");
  expect(envOf(deployment(plan, "task-processor"))).toMatchObject({
    ...shared,
    CONSUMER_GROUP: "task-processor",
    DATABASE_USER: "task_processor",
    TOPIC_DEAD_LETTER: "task-events.task-processor.dlq",
  });
});

test("only the migration signs in as the owner of the schema, with the secret of the database", async () => {
  const plan = await planOf("dev");
  expect(envOf(job(plan))).toMatchObject({
    DATABASE_AUTH: "secret",
    DATABASE_SECRET_ARN: plan.outputs.databaseSecretArn,
    DATABASE_USER: "task_owner",
  });
  for (const name of names) {
    expect(envOf(deployment(plan, name))).not.toHaveProperty("DATABASE_SECRET_ARN");
  }
});

test.each(environments)(
  "in %s every pod waits for its namespace, role, nodes and the migration",
  async (name) => {
    for (const mode of ["resolved", "preview"] as const) {
      const plan = await planOf(name, { mode });
      const after = (resource: PlannedResource) =>
        resource.options.dependencies.map((urn) => urn.split("::").slice(-2).join("::"));
      for (const workload of names) {
        const waits = after(deployment(plan, workload)).join("\n");
        expect(waits).toContain("kubernetes:core/v1:Namespace::tasks");
        expect(waits).toContain(`kubernetes:batch/v1:Job::${job(plan).name}`);
        expect(waits).toContain(`aws:eks/podIdentityAssociation:PodIdentityAssociation::${workload}`);
        expect(waits).toContain("aws:eks/nodeGroup:NodeGroup::cluster-");
      }
      expect(after(job(plan)).join("\n")).toContain("PodIdentityAssociation::task-migrate");
    }
  },
);

test.each(environments)(
  "in %s the API has priority over the workers, and the workers over the migration",
  async (name) => {
    const plan = await planOf(name);
    const classes = new Map(
      plan
        .all("kubernetes:scheduling.k8s.io/v1:PriorityClass")
        .map(({ inputs }) => [(inputs.metadata as { name: string }).name, Number(inputs.value)]),
    );
    const priority = (resource: PlannedResource) =>
      classes.get(String(podOf(resource).priorityClassName)) ?? Number.NaN;
    const [api, relay, processor] = names.map((workload) => priority(deployment(plan, workload)));
    expect(relay).toBe(processor);
    expect(api).toBeGreaterThan(Number(relay));
    expect(relay).toBeGreaterThan(priority(job(plan)));
  },
);

test("a service gets more time to stop than it needs, and the API more than its load balancer", async () => {
  const plan = await planOf("prod");
  for (const name of names) {
    const pod = podOf(deployment(plan, name));
    const { lifecycle } = containerOf(deployment(plan, name)) as unknown as {
      lifecycle: { preStop: { sleep: { seconds: number } } };
    };
    const pause = lifecycle.preStop.sleep.seconds;
    expect([name, pod.terminationGracePeriodSeconds, pause]).toEqual(
      name === "task-api" ? [name, 40, 10] : [name, 31, 1],
    );
  }
});

test("the manifests contain the address and the port of a store that is overridden", async () => {
  const { planEnvironment } = await import("../../tools/plan/index.ts");
  const plan = await planEnvironment("dev", {
    outputs: {
      "aws:rds/instance:Instance": { address: "127.0.0.1", port: 15432 },
      "aws:elasticache/replicationGroup:ReplicationGroup": {
        primaryEndpointAddress: "127.0.0.1",
        port: 16379,
      },
      "aws:msk/cluster:Cluster": { bootstrapBrokersSaslIam: "127.0.0.1:19092,127.0.0.1:19093" },
    },
  });
  expect(envOf(deployment(plan, "task-api"))).toMatchObject({
    DATABASE_HOST: "127.0.0.1",
    DATABASE_READER_HOST: "127.0.0.1",
    DATABASE_PORT: "15432",
    REDIS_HOST: "127.0.0.1",
    REDIS_PORT: "16379",
  });
  expect(envOf(deployment(plan, "task-relay")).KAFKA_BROKERS).toBe("127.0.0.1:19092,127.0.0.1:19093");
});
