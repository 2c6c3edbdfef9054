import type { EnvironmentSpec } from "./environment.ts";

/** Behaves like prod before prod does: every mechanism of it is on, at the smallest size that has the mechanism. */
export const staging: EnvironmentSpec = {
  name: "staging",
  role: "primary",
  region: "us-east-1",
  recoveryRegion: "eu-west-1",
  removal: "retain-data", // Weeks of test data are worth more than the minutes of a clean destroy.
  keyDeletionDays: 14, // A sprint: whoever misses the data is back from holiday.
  tags: { owner: "platform", costCenter: "task-platform-staging", dataClassification: "synthetic" },
  network: {
    cidr: "10.20.0.0/16",
    zones: [
      { id: "use1-az1", slot: 0 },
      { id: "use1-az2", slot: 1 },
      { id: "use1-az4", slot: 2 }, // Not az3, which EKS and MSK refuse.
    ],
    nat: "single", // 33 USD a month instead of 99; the one place where staging may fail with a zone.
    // Images, tokens and calls about instances stay inside, as in prod. 88 USD a month over three zones.
    interfaceEndpoints: ["ec2", "ecr.api", "ecr.dkr", "sts"],
    publicAccessBlock: "elsewhere", // Prod owns that of the shared account.
    flowLogs: { aggregationSeconds: 600, retentionDays: 30 }, // A release cycle.
  },
  cluster: {
    version: "1.36", // Standard support until 2027-08-02.
    serviceCidr: "172.20.0.0/16", // Outside of 10.0.0.0/8, where all networks are.
    publicEndpoint: false, // As in prod: pipelines that deploy here run inside, and find out here if they cannot.
    logRetentionDays: 30, // A release cycle.
    logArchiveDays: 0, // Nobody is audited for tests.
    deletionProtected: true,
    zonalShift: true, // Free, and rehearsed here.
    nodeGroups: {
      // Controllers have two replicas each; the third node is for one that drains.
      system: { instanceTypes: ["m7g.large"], capacity: "on-demand", minNodes: 2, maxNodes: 3, diskGiB: 50 },
      // As many hosts as the API has replicas at most.
      application: {
        instanceTypes: ["m7g.large"],
        capacity: "on-demand",
        minNodes: 2,
        maxNodes: 4,
        diskGiB: 50,
      },
      worker: { instanceTypes: ["m7g.large"], capacity: "on-demand", minNodes: 2, maxNodes: 4, diskGiB: 50 },
    },
  },
  postgres: {
    majorVersion: "17", // Supported to 2030-02.
    instanceClass: "db.m7g.large", // 8 GiB, 800 connections, no CPU credits that would blur a load test. 123 USD, twice.
    multiZone: true, // Failovers are rehearsed here.
    readReplicas: 0, // As in prod.
    masterPassword: "rds", // As in prod.
    updates: "in-place", // As in prod, so that what is rehearsed is what happens there.
    storageGiB: 100, // Four weeks of load tests.
    maxStorageGiB: 500,
    backupRetentionDays: 7, // A sprint's mistakes.
    recoveryRetentionDays: 0, // What is lost with the region is made again by tests.
    deletionProtected: true,
    finalSnapshot: true,
    monitoringSeconds: 60, // The coarsest there is; enough to see a pattern.
    insightsRetentionDays: 7, // Free.
    logRetentionDays: 30,
  },
  cache: {
    version: "8.2",
    nodeType: "cache.t4g.medium", // 3 GiB, 38 USD a month each; credits last for a load test of an hour.
    replicas: 1, // Enough for failover, which is what is rehearsed.
    snapshotRetentionDays: 3, // A long weekend.
    finalSnapshot: true,
    logRetentionDays: 30,
  },
  kafka: {
    version: "4.1.x.kraft",
    instanceType: "kafka.m7g.large", // The class of prod, so that a load test says something. 149 USD a month each.
    brokers: 3,
    storageGiBPerBroker: 200, // 200/s x 600 B x 7 days x 3 copies is 203 GiB, 68 a broker; room for a full-rate hour.
    maxStorageGiBPerBroker: 500,
    tiering: "none", // As prod.
    monitoring: "PER_TOPIC_PER_BROKER", // Dashboards and alarms of prod are tried here.
    openMonitoring: true,
    logRetentionDays: 30,
    averageEventsPerSecond: 200, // A full-rate hour of 10,000/s, averaged over two days.
    averageEventBytes: 600, // 1 KB as sent (ids, JSON payload, headers); the JSON in it halves by compression.
    replication: "none", // There is no second staging.
  },
  edge: {
    idleTimeoutSeconds: 60, // Below the 65 s that pods keep an idle connection; streams of gRPC say something sooner.
    deregistrationDelaySeconds: 30, // Requests end within 30 s, the time-out of the gateway.
    failover: "none", // There is no second staging.
    busyRequestsPerMinute: 3000,
    logRetentionDays: 30,
  },
  distribution: "none", // Tests measure the API, not the edge.
  firewall: {
    mode: "block", // As prod, before prod.
    watchedRules: [],
    extraGroups: [], // The four that are always there are within the capacity that is included.
    requestsPerMinutePerClient: 100, // Specification, section 8.
    rateWindowSeconds: 60, // Reacts within a minute.
    exemptCidrs: [],
    maxBodyBytes: 10_485_760, // 10 MB: specification, section 8. The API itself takes 256 KiB.
    capacityUnits: "included",
    logs: "decisions",
    logRetentionDays: 30,
    alarmAboveBlockedPerMinute: 600,
    shield: "standard", // Free. Advanced costs 3,000 USD a month and is subscribed by hand.
  },
  issuer: {
    secondFactor: "optional", // Testers sign in by scripts too.
    threatProtection: "recorded", // Seen, not acted on: tests sign in from anywhere, often.
    selfRegistration: false, // Testers are invited.
    logRetentionDays: 90, // As the other logs that say who did what.
  },
  secrets: { owner: "staging", readBy: [] }, // As prod: a password that is turned is tried here first.
  workloads: {
    api: {
      state: "running",
      minReplicas: 2, // What the pipeline deploys here; two find every assumption of one.
      maxReplicas: 4, // A host each.
      keepAvailable: 1,
      zoneSpread: "prefer", // Two replicas cannot be even over three zones.
      requests: { cpu: "250m", memory: "512Mi" }, // Half of prod's CPU, so that scaling is seen at half the load.
      limits: { cpu: "2", memory: "2Gi" },
    },
    relay: {
      state: "running",
      minReplicas: 2, // One takes over when the other dies.
      maxReplicas: 4,
      keepAvailable: 1,
      zoneSpread: "prefer",
      requests: { cpu: "250m", memory: "256Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
    processor: {
      state: "running",
      minReplicas: 2, // Three partitions each.
      maxReplicas: 4,
      keepAvailable: 1,
      zoneSpread: "prefer",
      requests: { cpu: "250m", memory: "256Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
  },
  operations: {
    backups: "none", // Its data is made by tests; restores are tried with those of prod.
    metrics: { retentionDays: 30, logRetentionDays: 30, paging: false }, // Compares two releases of a month.
    budget: { monthlyUsd: 1650, anomalyUsd: 75 }, // 1,500 of the price table, and a tenth for traffic and load tests.
    images: "elsewhere", // Prod owns them; staging pulls by digest.
    audit: "elsewhere", // Prod owns that of the shared account.
  },
  relaxed: [
    { what: "one NAT gateway", why: "the loss of its zone may stop staging; saves 66 USD a month" },
    {
      what: "fewer interface endpoints than prod",
      why: "the others cost 153 USD a month and prove nothing new",
    },
    {
      what: "two replicas, spread over zones if possible",
      why: "the pipeline deploys two here; zones are rehearsed by zonal shift",
    },
    { what: "a burstable cache", why: "its load is counters and queues of tests" },
    { what: "no CloudFront", why: "tests measure the API, not the edge" },
    { what: "no backup vault", why: "its data is made by tests; restores are tried with those of prod" },
    {
      what: "no archive of the control plane's log",
      why: "a release cycle in CloudWatch is enough for tests",
    },
    { what: "no copies in the recovery region", why: "tests make their data again" },
  ],
};
