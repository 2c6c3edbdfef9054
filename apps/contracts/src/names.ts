/** Ports of the containers. The Pulumi program writes them into manifests, the services read them from there. */
export const ports = {
  /** REST of the task API. */
  http: 8080,
  /** gRPC of the task API. */
  grpc: 9090,
  /** Probes and metrics of every service. Never behind the load balancer. */
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
  analytics: "task-analytics",
} as const;

/** The database, and the roles with least privilege that the migrations create. */
export const database = {
  name: "tasks",
  /** Owner of the schema; runs migrations. Not a name such as "admin", which RDS and security controls refuse. */
  master: "task_owner",
  roles: {
    api: "task_api",
    relay: "task_relay",
    processor: "task_processor",
    analytics: "task_analytics",
    orchestrator: "task_orchestrator",
  },
  /** The activity of tasks has one partition for each day (UTC). The migration says the same numbers. */
  activity: {
    /** Days before today that are kept. An event can come back after its time in Kafka and then as a dead letter. */
    keptDays: 22,
    /** Days after today that have a partition already. */
    daysAhead: 3,
  },
  /** What the statistics count has one partition for each day (UTC), until the day is closed. The migration says the same numbers. */
  statistics: {
    /** Days before today that stay open, one more than an event can be old: no event comes for a day that is being closed. */
    openDays: 23,
    /** Days after today that have a partition already. */
    daysAhead: 3,
    /** Days before today whose statistics are kept: a year, and a month to compare with. */
    keptDays: 400,
  },
  /** The migration says the same number. */
  sagas: {
    /** Days after its end that a saga is kept, with its steps. A failed one is kept until somebody ends it. */
    keptDays: 90,
  },
} as const;

/** Prefix of every key and channel in Redis. The user of the services has access to no other. */
export const cacheKeyPrefix = "task:";

/** Kubernetes namespace of the workloads. */
export const namespace = "tasks";

/** Every environment variable that manifests set and services read. */
export const variables = [
  "SERVICE_NAME",
  "POD_NAME",
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
  "API_DOCS",
  "WATCH_HEARTBEAT_MS",
  "TOPIC_TASK_EVENTS",
  "TOPIC_RETRY_SOON",
  "TOPIC_RETRY_LATE",
  "TOPIC_DEAD_LETTER",
  "RETRY_SOON_MS",
  "RETRY_LATE_MS",
  "CONSUMER_GROUP",
  "NODE_EXTRA_CA_CERTS",
  "NODE_OPTIONS",
] as const;

export type Variable = (typeof variables)[number];

/** Secrets that people enter. The key is the end of the name in Secrets Manager and never changes. */
export const secrets = {
  /** The workers sign in to the schema registry with it. */
  schemaRegistry: {
    key: "schema-registry",
    /** Properties of the JSON in Secrets Manager, and names of the files in `directory`. */
    properties: ["username", "password"],
    /** Folder in the container. */
    directory: "/app/secrets/schema-registry",
  },
} as const;

/** Servers listen on it unless BIND_ADDRESS is set: probes and the load balancer connect from outside the pod. */
export const defaultBindAddress = "0.0.0.0";
