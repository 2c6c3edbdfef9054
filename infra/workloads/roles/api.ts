import { database, ports, restApi, watchTasks } from "@task-platform/contracts";
import type { WorkloadRole } from "../role.ts";

/**
 * REST and gRPC. It writes tasks with their events in one transaction and never talks to Kafka: the relay publishes the
 * outbox.
 */
export const api: WorkloadRole = {
  key: "api",
  name: "task-api",
  mustRun: {
    on: "everywhere",
    because: "users are sent to it; Route 53 sends them to a standby by itself",
  },
  image: "taskApiImage",
  args: ["apps/task-api/src/main.ts"],
  nodePool: "application",
  urgency: "api",
  database: {
    role: database.roles.api,
    poolSize: 10, // A write holds a connection for about 3 ms: ten serve 3,000 writes/s, more than one process answers.
    directConnections: 1, // Listens for changed tasks.
  },
  cache: true,
  secretFiles: false,
  ports: [
    { name: "http", port: ports.http },
    { name: "grpc", port: ports.grpc },
  ],
  preStopSeconds: 10, // A load balancer stops sending to a removed target within ten seconds.
  variables: ({ environment, platform: { tokens }, data }) => ({
    HTTP_PORT: String(ports.http),
    GRPC_PORT: String(ports.grpc),
    DATABASE_READER_HOST: data.postgres.readerAddress,
    AUTH_ISSUER: tokens.issuer,
    AUTH_AUDIENCE: tokens.audience,
    AUTH_JWKS_URL: tokens.jwksUrl,
    RATE_LIMIT_PER_MINUTE: String(restApi.requestsPerMinute),
    API_DOCS: environment.spec.apiDocs,
    WATCH_HEARTBEAT_MS: String(watchTasks.heartbeatSeconds * 1000),
  }),
  ingress: (traffic) => [traffic.fromLoadBalancer, traffic.fromCollector],
  egress: (traffic) => [traffic.toPostgres, traffic.toCache, traffic.toPodIdentity, traffic.toInternet],
};
