import { type Environment, featuresOf } from "../environment/index.ts";
import { migrationName } from "../names.ts";

/**
 * Roles that a deploy passes to services: logical names of the roles that the blocks of the program make, by service. A
 * test compares them with the roles of the plan and whom they trust.
 */
export function passedRoles({ spec, roles }: Environment): Readonly<Record<string, readonly string[]>> {
  const { audit, backups, eventReplicator, logArchive, secrets, trailCopied } = featuresOf(spec);
  const monitored = spec.postgres.monitoringSeconds > 0;
  return present({
    "backup.amazonaws.com": backups ? ["backups"] : [],
    "cloudtrail.amazonaws.com": audit ? ["audit-trail"] : [],
    "ec2.amazonaws.com": ["cluster-nodes"],
    // A node group is made by EKS, which passes the role of its nodes on.
    "eks.amazonaws.com": ["cluster-control-plane", "cluster-nodes"],
    "firehose.amazonaws.com": logArchive ? ["log-archive-delivery"] : [],
    "kafka.amazonaws.com": eventReplicator ? ["events-copy"] : [],
    "logs.amazonaws.com": logArchive ? ["log-archive-forward"] : [],
    "monitoring.rds.amazonaws.com": monitored ? ["database-monitoring"] : [],
    "pods.eks.amazonaws.com": [
      "addons-autoscaler",
      "addons-load-balancers",
      "cluster-ebs-csi",
      "cluster-vpc-cni",
      migrationName,
      ...roles.map(({ name }) => name),
      ...(secrets ? ["secrets-controller"] : []),
    ],
    "restore-testing.backup.amazonaws.com": backups && backups.restoreTest !== "none" ? ["backups"] : [],
    // It takes the role that writes by itself, so that one is not passed.
    "scraper.aps.amazonaws.com": ["metrics-scraper-source"],
    "s3.amazonaws.com": trailCopied ? ["audit-trail-replication"] : [],
  });
}

/** A statement without a role would be malformed. */
function present(
  passed: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(passed).filter(([, names]) => names.length > 0));
}
