import type { OutputTable } from "./table.ts";

/** ElastiCache: ids are the given names. */
export const cacheOutputs = {
  "aws:elasticache/replicationGroup:ReplicationGroup": (r) => {
    const id = String(r.inputs.replicationGroupId);
    const domain = `${id}.${r.hash.slice(0, 6)}.${r.region}.cache.amazonaws.com`;
    return {
      id,
      replicationGroupId: id,
      arn: r.arn("elasticache", `replicationgroup:${id}`),
      primaryEndpointAddress: `master.${domain}`,
      readerEndpointAddress: `replica.${domain}`,
    };
  },
  "aws:elasticache/user:User": (r) => ({
    id: String(r.inputs.userId),
    arn: r.arn("elasticache", `user:${String(r.inputs.userId)}`),
  }),
  "aws:elasticache/userGroup:UserGroup": (r) => ({
    id: String(r.inputs.userGroupId),
    arn: r.arn("elasticache", `usergroup:${String(r.inputs.userGroupId)}`),
  }),
} satisfies OutputTable;
