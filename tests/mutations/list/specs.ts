import type { Mutation } from "../mutation.ts";

/** Environment specs. */
export const specsMutations: readonly Mutation[] = [
  {
    what: "prod keeps no archive of the audit log of its cluster",
    file: "stacks/prod.ts",
    find: "    logArchiveDays: 400,",
    replace: "    logArchiveDays: 0,",
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "prod breaks no rule that nobody has accepted",
    },
  },
  {
    what: "prod does not have its secrets copied",
    file: "stacks/prod.ts",
    find: 'readBy: ["dr"]',
    replace: "readBy: []",
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "the spec of dr passes every check, including the support dates of today",
    },
  },
  {
    what: "an administrator of prod deletes the trail",
    file: "stacks/prod.ts",
    find: 'trailLock: "compliance"',
    replace: 'trailLock: "none"',
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "prod breaks no rule that nobody has accepted",
    },
  },
  {
    what: "the trail of prod is in one region only",
    file: "stacks/prod.ts",
    find: "trailCopied: true",
    replace: "trailCopied: false",
    caughtBy: {
      file: "tools/disaster-recovery/disaster-recovery.test.ts",
      test: "What prod and dr declare keeps both objectives",
    },
  },
  {
    what: "prod has one gateway to the internet",
    file: "stacks/prod.ts",
    find: 'nat: "per-zone"',
    replace: 'nat: "single"',
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "prod loses its events with a destroy",
    file: "stacks/prod.ts",
    find: 'removal: "retain-all"',
    replace: 'removal: "remove"',
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "the API server of prod answers on the internet",
    file: "stacks/prod.ts",
    find: "publicEndpoint: false",
    replace: "publicEndpoint: true",
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "the database of prod has no standby",
    file: "stacks/prod.ts",
    find: "multiZone: true",
    replace: "multiZone: false",
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "backups of prod are kept a week",
    file: "stacks/prod.ts",
    find: "    backupRetentionDays: 35,",
    replace: "    backupRetentionDays: 7,",
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "the database of prod is not copied to the recovery region",
    file: "stacks/prod.ts",
    find: "recoveryRetentionDays: 14",
    replace: "recoveryRetentionDays: 0",
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "the cache of prod has no replica",
    file: "stacks/prod.ts",
    find: "    replicas: 2,",
    replace: "    replicas: 0,",
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "the firewall of prod only counts",
    file: "stacks/prod.ts",
    in: "firewall",
    find: 'mode: "block"',
    replace: 'mode: "count"',
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "vaults of prod are not locked",
    file: "stacks/prod.ts",
    find: 'lock: "compliance"',
    replace: 'lock: "none"',
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "a client of prod may ask ten times as often",
    file: "stacks/prod.ts",
    find: "requestsPerMinutePerClient: 100",
    replace: "requestsPerMinutePerClient: 1000",
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "prod relies on a burstable database",
    file: "stacks/prod.ts",
    find: 'instanceClass: "db.r7g.xlarge"',
    replace: 'instanceClass: "db.t4g.medium"',
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "burstable and small classes stay out of prod and dr",
    },
  },
  {
    what: "prod runs fewer API replicas than it promises",
    file: "stacks/prod.ts",
    find: "      maxReplicas: 20,",
    replace: "      maxReplicas: 10,",
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "metrics of prod are kept a month",
    file: "stacks/prod.ts",
    in: "metrics",
    find: "retentionDays: 365",
    replace: "retentionDays: 30",
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "flow logs of prod are kept a month",
    file: "stacks/prod.ts",
    in: "flowLogs",
    find: "retentionDays: 365",
    replace: "retentionDays: 30",
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "nobody is woken for prod",
    file: "stacks/prod.ts",
    find: "paging: true",
    replace: "paging: false",
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "prod has what the requirements ask for",
    },
  },
  {
    what: "prod runs a Kubernetes minor that nobody supports",
    file: "stacks/prod.ts",
    find: 'version: "1.36"',
    replace: 'version: "1.30"',
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "the spec of prod passes every check, including the support dates of today",
    },
  },
  {
    what: "the standby restores into another major",
    file: "stacks/dr.ts",
    find: 'majorVersion: "17"',
    replace: 'majorVersion: "18"',
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "the standby has the versions and the maximum replicas of prod, in another region",
    },
  },
  {
    what: "the standby is in the region that is lost",
    file: "stacks/dr.ts",
    find: '  region: "eu-west-1"',
    replace: '  region: "us-east-1"',
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "the standby has the versions and the maximum replicas of prod, in another region",
    },
  },
  {
    what: "the standby goes with a destroy",
    file: "stacks/dr.ts",
    find: 'removal: "retain-all"',
    replace: 'removal: "remove"',
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "the spec of dr passes every check, including the support dates of today",
    },
  },
  {
    what: "staging and prod share addresses",
    file: "stacks/staging.ts",
    find: 'cidr: "10.20.0.0/16"',
    replace: 'cidr: "10.30.0.0/16"',
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "the spec of staging passes every check, including the support dates of today",
    },
  },
  {
    what: "dev keeps no backups to restore from",
    file: "stacks/dev.ts",
    find: "backupRetentionDays: 3",
    replace: "backupRetentionDays: 0",
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "the spec of dev passes every check, including the support dates of today",
    },
  },
  {
    what: "a node short of memory ends the processor of prod",
    file: "stacks/prod.ts",
    in: "workloads > processor > requests",
    find: 'memory: "1Gi"',
    replace: 'memory: "512Mi"',
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "workers of prod and dr request all the memory they may use; the API has the numbers of the requirements",
    },
  },
  {
    what: "a node short of memory ends the relay of dr",
    file: "stacks/dr.ts",
    in: "workloads > relay > requests",
    find: 'memory: "1Gi"',
    replace: 'memory: "512Mi"',
    caughtBy: {
      file: "stacks/stacks.test.ts",
      test: "workers of prod and dr request all the memory they may use; the API has the numbers of the requirements",
    },
  },
  {
    what: "two environments of an account block the internet of its region",
    file: "stacks/staging.ts",
    find: 'publicAccessBlock: "elsewhere"',
    replace: 'publicAccessBlock: "ingress"',
    caughtBy: {
      file: "tests/program/resources.test.ts",
      test: "exactly one environment of each account and region owns the block of public access",
    },
  },
];
