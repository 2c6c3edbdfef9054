/**
 * Minutes until a resource of a type is usable, as planning values: reports of users and of vendors, read 2026-11 (no
 * restore was timed from here; the restore test of the backups replaces them). What is not named takes seconds.
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
  // Not a creation: the restore of the newest copy, 100 to 200 GB in 10 to 20 minutes, and its first checks.
  "aws:rds/instance:Instance": 60,
  "kubernetes:apps/v1:Deployment": 5,
  "kubernetes:batch/v1:Job": 5,
  "kubernetes:helm.sh/v3:Release": 5,
};

/** What the engine itself takes for a resource that is named nowhere. */
export const smallMinutes = 0.2;

/** People and names: before the first command, and after the last. */
export const humanMinutes = {
  /** To notice, to be sure and to decide; a failover that was not needed loses data. */
  decision: 30,
  /** Log in to the recovery region, tell the stack the copy, start. */
  preparation: 15,
  /** The standby's empty database goes, with its last snapshot, before the copy can take its name: 5 to 10 usually. */
  makingRoom: 15,
  /** Health check fails three times, then the record's life of 60 s; CloudFront follows at once. */
  names: 5,
} as const;
