/** Ports that containers listen on; the program writes them into manifests, the services read them back. */
export const ports = {
  /** REST of the task API. */
  http: 8080,
  /** gRPC of the task API. */
  grpc: 9090,
  /** Probes and metrics of every service; never behind the load balancer. */
  admin: 8081,
} as const;

/** Paths of the admin port. */
export const probePaths = {
  live: "/livez",
  ready: "/readyz",
  startup: "/startupz",
  metrics: "/metrics",
} as const;

/** Kafka consumer groups. */
export const consumerGroups = {
  processor: "task-processor",
} as const;

/** Database, and the roles that migrations create in it with least privilege. */
export const database = {
  name: "tasks",
  /** Owner of the schema; runs migrations. Not an administrator word, which RDS and controls refuse. */
  master: "task_owner",
  roles: { api: "task_api", relay: "task_relay", processor: "task_processor" },
} as const;

/** What every key and channel in Redis begins with; the user of the services may touch no other. */
export const cacheKeyPrefix = "task:";

/** Kubernetes namespace of the workloads. */
export const namespace = "tasks";

/** Workload names: Deployment, service account, database role suffix, log `service` field. */
export const workloads = {
  api: "task-api",
  relay: "task-relay",
  processor: "task-processor",
  migrate: "task-migrate",
} as const;

export type WorkloadName = (typeof workloads)[keyof typeof workloads];

/** Arguments of `node`, from the root of the image: one image a service, the role as argument. */
export const entryPoints = {
  api: ["apps/task-api/src/main.ts"],
  migrate: ["apps/task-api/src/main.ts", "migrate"],
  relay: ["apps/task-worker/src/main.ts", "relay"],
  processor: ["apps/task-worker/src/main.ts", "processor"],
} as const satisfies Record<string, readonly string[]>;

/** Environment variables that manifests set and services read; nothing else is read. */
export const variables = [
  "SERVICE_NAME",
  "LOG_LEVEL",
  "BIND_ADDRESS",
  "HTTP_PORT",
  "GRPC_PORT",
  "ADMIN_PORT",
  "SHUTDOWN_GRACE_MS",
  "AWS_REGION",
  "DATABASE_HOST",
  "DATABASE_READER_HOST",
  "DATABASE_PORT",
  "DATABASE_NAME",
  "DATABASE_USER",
  "DATABASE_AUTH",
  "DATABASE_SECRET_ARN",
  "DATABASE_TLS",
  "DATABASE_POOL_SIZE",
  "REDIS_HOST",
  "REDIS_PORT",
  "REDIS_AUTH",
  "REDIS_USER",
  "REDIS_TLS",
  "REDIS_REPLICATION_GROUP",
  "KAFKA_BROKERS",
  "KAFKA_AUTH",
  "KAFKA_TLS",
  "SCHEMA_REGISTRY_URL",
  "SCHEMA_REGISTRY_CREDENTIALS_DIR",
  "AUTH_ISSUER",
  "AUTH_AUDIENCE",
  "AUTH_JWKS_URL",
  "RATE_LIMIT_PER_MINUTE",
  "TOPIC_TASK_EVENTS",
  "TOPIC_PROCESSOR_DEAD_LETTER",
  "CONSUMER_GROUP",
  "NODE_EXTRA_CA_CERTS",
  "NODE_OPTIONS",
] as const;

export type Variable = (typeof variables)[number];

/** Secrets that people bring; the key is the end of the name in Secrets Manager and never changes. */
export const secrets = {
  /** What the workers sign in to the schema registry with. */
  schemaRegistry: {
    key: "schema-registry",
    /** Properties of the JSON in Secrets Manager, and names of the files in the folder below. */
    properties: ["username", "password"],
    /** Folder in the container. */
    directory: "/app/secrets/schema-registry",
  },
} as const;

/** Address that servers listen on unless BIND_ADDRESS says otherwise: in a pod the probes and the load balancer come from outside. */
export const defaultBindAddress = "0.0.0.0";
