import type { OutputTable } from "./table.ts";

/** RDS: the endpoint contains the identifier, the id is `db-…`, and RDS manages a secret. */
export const postgresOutputs = {
  "aws:rds/instance:Instance": (r) => {
    const identifier = String(r.inputs.identifier);
    const host = `${identifier}.c${r.hash}.${r.region}.rds.amazonaws.com`;
    const secret = r.arn("secretsmanager", `secret:rds!db-${r.hash}`);
    return {
      id: `db-${r.hash.toUpperCase()}`,
      identifier,
      arn: r.arn("rds", `db:${identifier}`),
      address: host,
      endpoint: `${host}:5432`,
      port: 5432,
      resourceId: `db-${r.hash.toUpperCase()}`,
      masterUserSecrets: r.inputs.manageMasterUserPassword === true ? [{ secretArn: secret }] : [],
    };
  },
} satisfies OutputTable;
