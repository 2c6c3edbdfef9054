import type { EnvironmentSpec } from "./environment.ts";

/** Shows what prod will do. Every mechanism of prod is on, at the smallest size that has the mechanism. */
export const staging = {
  name: "staging",
  role: "primary",
  region: "us-east-1",
  recoveryRegion: "eu-west-1",
  removal: "retain-data", // A destroy keeps weeks of test data, and removes what costs money while nobody tests.
  keyDeletionDays: 14, // Long enough for somebody who misses the data to be back from holiday.
  tags: { owner: "platform", costCenter: "task-platform-staging", dataClassification: "synthetic" },
  network: {
    cidr: "10.20.0.0/16",
    zones: [
      { id: "use1-az1", slot: 0 },
      { id: "use1-az2", slot: 1 },
      { id: "use1-az4", slot: 2 }, // EKS and MSK refuse az3.
    ],
    nat: "single", // 33 USD per month instead of 99. It is the only part of staging that may fail with a zone.
    // Images, tokens and calls about instances stay inside the network, as in prod. 88 USD per month over three zones.
    interfaceEndpoints: ["ec2", "ecr.api", "ecr.dkr", "sts"],
    publicAccessBlock: "elsewhere", // Prod owns it for the shared account.
    flowLogs: { aggregationSeconds: 600, retentionDays: 30 }, // A release cycle.
  },
  cluster: {
    version: "1.36", // Standard support until 2027-08-02.
    serviceCidr: "172.20.0.0/16", // Outside of 10.0.0.0/8, which holds all networks.
    publicEndpoint: false, // As in prod. Pipelines run inside the network, and staging shows first if they cannot.
    logRetentionDays: 30, // A release cycle.
    logArchiveDays: 0, // staging is not audited.
    deletionProtected: false, // A destroy keeps the data and removes the cluster; EKS would stop it half-way.
    zonalShift: true, // Free, and practised here.
    nodeGroups: {
      // Each controller has two replicas. The third node is for a node that drains.
      system: {
        groups: "over-zones",
        instanceTypes: ["m7g.large"],
        capacityType: "on-demand",
        minNodes: 2,
        maxNodes: 3,
        diskGiB: 50,
      },
      // One host per replica of the API at its maximum.
      application: {
        groups: "over-zones",
        instanceTypes: ["m7g.large"],
        capacityType: "on-demand",
        minNodes: 2,
        maxNodes: 4,
        diskGiB: 50,
      },
      worker: {
        groups: "over-zones",
        instanceTypes: ["m7g.large"],
        capacityType: "on-demand",
        minNodes: 2,
        maxNodes: 4,
        diskGiB: 50,
      },
    },
  },
  postgres: {
    majorVersion: "17", // Supported until 2030-02.
    instanceClass: "db.m7g.large", // 8 GiB, 800 connections, and no CPU credits that would distort a load test. 2 x 123 USD.
    multiZone: true, // Failovers are practised here.
    readReplicas: 0, // As in prod.
    masterPassword: "rds", // As in prod.
    updates: "in-place", // As in prod, so that practice shows what happens there.
    storageGiB: 100, // Holds four weeks of load tests.
    maxStorageGiB: 500,
    backupRetentionDays: 7, // Covers the mistakes of one sprint.
    recoveryRetentionDays: 0, // Tests create lost data again.
    deletionProtected: true,
    finalSnapshot: true,
    monitoringSeconds: 60, // The longest interval of RDS, enough to see a pattern.
    insightsRetentionDays: 7, // Free.
    logRetentionDays: 30,
  },
  cache: {
    version: "8.2",
    nodeType: "cache.t4g.medium", // 3 GiB, 38 USD per month each. CPU credits last for a load test of one hour.
    replicas: 1, // Enough to practise a failover.
    snapshotRetentionDays: 3, // Covers a long weekend.
    finalSnapshot: true,
    logRetentionDays: 30,
  },
  kafka: {
    version: "4.1.x.kraft",
    instanceType: "kafka.m7g.large", // The class of prod, so that a load test is meaningful. 149 USD per month each.
    brokers: 3,
    storageGiBPerBroker: 200, // 200/s x 600 B x 7 days x 3 copies is 203 GiB: 68 per broker, with room for an hour at the full rate.
    maxStorageGiBPerBroker: 500,
    tiering: "none", // As in prod.
    monitoring: "PER_TOPIC_PER_BROKER", // The dashboards and alarms of prod are tried here.
    openMonitoring: true,
    logRetentionDays: 30,
    averageEventsPerSecond: 200, // One hour at 10,000/s, averaged over two days.
    averageEventBytes: 600, // An event is 1 KB as sent (ids, JSON payload, headers). Compression halves the JSON in it.
    replication: "none", // There is no second staging.
  },
  edge: {
    idleTimeoutSeconds: 60, // Below the keep-alive of the pods; a check compares them. gRPC streams send something sooner.
    deregistrationDelaySeconds: 30, // Every request ends within the 30 s time-out of the gateway.
    failover: "none", // There is no second staging.
    busyRequestsPerMinute: 3000,
    logRetentionDays: 30,
  },
  apiDocs: "off", // As in prod.
  distribution: "none", // Tests measure the API, not the edge.
  firewall: {
    mode: "block", // As in prod.
    watchedRules: [],
    extraGroups: [], // The four groups that every environment has fit into the capacity units that AWS includes.
    requestsPerMinutePerClient: 100, // docs/requirements.md, APIs.
    rateWindowSeconds: 60, // Reacts within a minute.
    exemptCidrs: [],
    maxBodyBytes: 10_485_760, // 10 MB: docs/requirements.md, APIs. The API itself accepts 256 KiB.
    capacityUnits: "included",
    logs: "decisions",
    logRetentionDays: 30,
    alarmAboveBlockedPerMinute: 600,
    shield: "standard", // Free. Advanced costs 3,000 USD per month and needs a subscription by hand.
  },
  issuer: {
    secondFactor: "optional", // Scripts of testers sign in too.
    threatProtection: "recorded", // Recorded without a reaction: tests sign in often and from anywhere.
    selfRegistration: false, // Testers are invited.
    logRetentionDays: 90, // As the other logs about actions of people.
  },
  secrets: { owner: "staging", readBy: [] }, // As in prod: the rotation of the password is tried here first.
  workloads: {
    api: {
      state: "running",
      minReplicas: 2, // The number that the pipeline deploys here. Two replicas reveal code that assumes one.
      maxReplicas: 4, // One per host.
      keepAvailable: 1,
      zoneSpread: "prefer", // Two replicas cannot spread evenly over three zones.
      requests: { cpu: "250m", memory: "512Mi" }, // Half the CPU of prod, so that half the load shows scaling.
      limits: { cpu: "2", memory: "2Gi" },
    },
    relay: {
      state: "running",
      minReplicas: 2, // One takes over when the other fails.
      maxReplicas: 4,
      keepAvailable: 1,
      zoneSpread: "prefer",
      requests: { cpu: "250m", memory: "256Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
    processor: {
      state: "running",
      minReplicas: 2, // Three partitions per replica.
      maxReplicas: 4,
      keepAvailable: 1,
      zoneSpread: "prefer",
      requests: { cpu: "250m", memory: "256Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
    analytics: {
      state: "running",
      minReplicas: 1, // docs/requirements.md, events. While it restarts, events wait in Kafka and statistics are late.
      maxReplicas: 2,
      keepAvailable: 0, // A disruption budget for one replica would stop every node upgrade.
      zoneSpread: "prefer",
      requests: { cpu: "250m", memory: "256Mi" }, // As for the processor: it reads the same events.
      limits: { cpu: "1", memory: "1Gi" },
    },
  },
  operations: {
    backups: "none", // Tests make its data. Restores are practised with the backups of prod.
    metrics: { retentionDays: 30, logRetentionDays: 30, paging: false }, // Long enough to compare two monthly releases.
    budget: { monthlyUsd: 1650, anomalyUsd: 75 }, // 1,500 by the price table, and a tenth more for traffic and load tests.
    audit: "elsewhere", // Prod owns it for the shared account.
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
} satisfies EnvironmentSpec;
