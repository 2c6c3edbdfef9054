/**
 * Minutes until a resource of a type is usable. These are planning values from reports of users and vendors, read in
 * 2026-11. No restore was measured here; the restore test of the backups will replace them. Other types need seconds.
 */
export const creationMinutes: Readonly<Record<string, number>> = {
  "aws:ec2/natGateway:NatGateway": 3,
  "aws:ec2/vpcEndpoint:VpcEndpoint": 2,
  "aws:elasticache/replicationGroup:ReplicationGroup": 15,
  "aws:eks/addon:Addon": 3,
  "aws:eks/cluster:Cluster": 14,
  "aws:eks/nodeGroup:NodeGroup": 5,
  "aws:msk/cluster:Cluster": 45,
  "aws:msk/topic:Topic": 1,
  // The restore of the newest copy (100 to 200 GB in 10 to 20 minutes) and its first checks.
  "aws:rds/instance:Instance": 60,
  "kubernetes:apps/v1:Deployment": 5,
  "kubernetes:batch/v1:Job": 5,
  "kubernetes:helm.sh/v3:Release": 5,
};

/** Time that the engine itself needs for a resource of any other type. */
export const smallMinutes = 0.2;

/** Minutes for people before the first command, and for DNS after the last one. */
export const humanMinutes = {
  /** To notice, verify and decide, because an unnecessary failover loses data. */
  decision: 30,
  /** Log in to the recovery region, write the copy into the stack file, start. */
  preparation: 15,
  /** Delete the empty database of the standby with a last snapshot, so that the copy can have its name. Usually 5 to 10. */
  makingRoom: 15,
  /** The health check fails three times, then the record expires after 60 s. CloudFront follows at once. */
  names: 5,
} as const;
