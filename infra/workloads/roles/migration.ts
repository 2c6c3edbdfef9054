import { database } from "@task-platform/contracts";
import { migrationName } from "../../names.ts";
import type { JobRole } from "../role.ts";

/** Brings the schema up to date before the workloads of the same image start. */
export const migration: JobRole = {
  name: migrationName,
  image: "taskApiImage",
  args: ["apps/task-api/src/main.ts", "migrate"],
  urgency: "batch",
  // The owner of the schema signs in with the secret that RDS makes and rotates.
  variables: ({ data: { postgres } }) => ({
    DATABASE_USER: database.master,
    DATABASE_AUTH: "secret",
    DATABASE_SECRET_ARN: postgres.masterSecretArn,
    DATABASE_POOL_SIZE: "1", // Migrations run one after another, under a lock.
  }),
  // It reads that one secret, and may use its key through Secrets Manager only.
  statements: ({ environment: { spec }, platform: { keys }, data: { postgres } }) => [
    {
      sid: "ReadMasterSecret",
      actions: ["secretsmanager:GetSecretValue"],
      resources: [postgres.masterSecretArn],
    },
    {
      sid: "DecryptMasterSecret",
      actions: ["kms:Decrypt"],
      resources: [keys.arns.secrets],
      conditions: { StringEquals: { "kms:ViaService": `secretsmanager.${spec.region}.amazonaws.com` } },
    },
  ],
  ingress: () => [],
  egress: (traffic) => [traffic.toPostgres, traffic.toEndpoints, traffic.toPodIdentity, traffic.toInternet],
};
