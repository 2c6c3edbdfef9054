import type { OutputTable } from "./table.ts";

/** RDS as it answers after creation: endpoints from the identifier, a `db-…` id, and the secret it manages. */
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
