import type { EnvironmentSpec } from "./environment.ts";

/** Changes are tried here first. It has the whole shape at the smallest sizes, and nothing in it is worth keeping. */
export const dev = {
  name: "dev",
  role: "primary",
  region: "us-east-1",
  recoveryRegion: "eu-west-1", // Nothing is copied there. The provider exists all the same, so that the program is the same everywhere.
  removal: "remove",
  keyDeletionDays: 7, // The least that KMS allows: dev is often destroyed and created again.
  tags: { owner: "platform", costCenter: "task-platform-dev", dataClassification: "synthetic" },
  network: {
    cidr: "10.10.0.0/16", // The second octet is the environment: 10, 20, 30 or 40. So any two networks can be peered.
    // Three zones although one would be enough: MSK spreads three brokers over three zones, and each event has three copies.
    zones: [
      { id: "use1-az1", slot: 0 },
      { id: "use1-az2", slot: 1 },
      { id: "use1-az4", slot: 2 }, // EKS and MSK refuse az3.
    ],
    nat: "single", // 33 USD per month instead of 99.
    interfaceEndpoints: [], // The three for images cost 66 USD per month, twice as much as the NAT gateway that does their work.
    publicAccessBlock: "elsewhere", // Prod owns it for the shared account.
    flowLogs: {
      aggregationSeconds: 600, // A tenth of the records that 60 s would write.
      retentionDays: 7, // Long enough to find out why a connection failed this week.
    },
  },
  cluster: {
    version: "1.36", // Standard support until 2027-08-02. dev gets the next minor first.
    serviceCidr: "172.20.0.0/16", // Outside of 10.0.0.0/8, which holds all networks.
    publicEndpoint: true, // Developers have no way into the network. Only the operator ranges of the stack file are allowed.
    logRetentionDays: 7,
    logArchiveDays: 0, // dev is not audited.
    deletionProtected: false,
    zonalShift: false, // It needs a replica in every zone, and dev runs one replica.
    nodeGroups: {
      // Two nodes, so that CoreDNS survives the loss of one. 2 CPUs and 8 GiB; CPU credits are enough for idle controllers.
      system: {
        groups: "over-zones",
        instanceTypes: ["t4g.large"],
        capacityType: "on-demand",
        minNodes: 2,
        maxNodes: 3,
        diskGiB: 50,
      },
      application: {
        // Four types of one size, so that a shortage of one type on the spot market stops nothing.
        groups: "over-zones",
        instanceTypes: ["t4g.large", "m6g.large", "m7g.large", "m8g.large"],
        capacityType: "spot", // About a third of the price. AWS gives two minutes' notice before it takes a node away.
        minNodes: 1,
        maxNodes: 3, // Two replicas of the API on different hosts, and one more during a rollout.
        diskGiB: 50, // Two versions of every image, and 15 GiB for the system.
      },
      worker: {
        groups: "over-zones",
        instanceTypes: ["t4g.large", "m6g.large", "m7g.large", "m8g.large"],
        capacityType: "spot",
        minNodes: 1,
        maxNodes: 2, // Two replicas of each role share two hosts.
        diskGiB: 50,
      },
    },
  },
  postgres: {
    majorVersion: "17", // Supported until 2030-02. Move to 18 when it has proven itself elsewhere.
    instanceClass: "db.t4g.medium", // 4 GiB, 400 connections. All connection pools at their maximum need 70.
    multiZone: false,
    readReplicas: 0, // Lists come from the primary. With a replica RDS could not manage the master password.
    masterPassword: "rds", // RDS rotates it, and it is in no Pulumi state.
    updates: "in-place", // A restart of some minutes is acceptable here.
    storageGiB: 20, // The least that RDS sells.
    maxStorageGiB: 100,
    backupRetentionDays: 3, // Covers a weekend. 0 would switch point-in-time restore off, and it would never be tested.
    recoveryRetentionDays: 0,
    deletionProtected: false,
    finalSnapshot: false,
    monitoringSeconds: 0,
    insightsRetentionDays: 7, // Free.
    logRetentionDays: 7,
  },
  cache: {
    version: "8.2",
    nodeType: "cache.t4g.small", // 1.37 GiB. Some thousand jobs and the counters of the rate limit need megabytes.
    replicas: 0,
    snapshotRetentionDays: 1, // The least that proves that snapshots work.
    finalSnapshot: false,
    logRetentionDays: 7,
  },
  kafka: {
    version: "4.1.x.kraft", // The newest version of Standard brokers.
    instanceType: "kafka.t3.small", // 33 USD per month each. It accepts 4 new IAM connections per second, enough for a few pods.
    brokers: 3, // One per zone, and three copies of every event, as everywhere.
    storageGiBPerBroker: 50, // 50/s x 600 B x 7 days x 3 copies is 51 GiB: 17 per broker, a third of the volume.
    maxStorageGiBPerBroker: 100,
    tiering: "none", // MSK has no tiered storage for t3.small.
    monitoring: "PER_BROKER", // Free.
    openMonitoring: true,
    logRetentionDays: 7,
    averageEventsPerSecond: 50, // An occasional load test of a developer.
    averageEventBytes: 600, // An event is 1 KB as sent (ids, JSON payload, headers). Compression halves the JSON in it.
    replication: "none", // Nothing here is worth a copy, and MSK cannot replicate t3.small.
  },
  edge: {
    idleTimeoutSeconds: 60, // Below the keep-alive of the pods; a check compares them. gRPC streams send something sooner.
    deregistrationDelaySeconds: 30, // Every request ends within the 30 s time-out of the gateway.
    failover: "none", // There is no second dev.
    busyRequestsPerMinute: 600,
    logRetentionDays: 7,
  },
  apiDocs: "on", // Developers try calls there. It says what the repository says.
  distribution: "none", // Developers are near, and a change of CloudFront takes a quarter of an hour.
  firewall: {
    mode: "count", // Rules are tried here first. The log shows what they would refuse.
    watchedRules: [],
    extraGroups: [], // The four groups that every environment has fit into the capacity units that AWS includes.
    requestsPerMinutePerClient: 100, // docs/requirements.md, APIs.
    rateWindowSeconds: 60, // Reacts within a minute.
    exemptCidrs: [],
    maxBodyBytes: 10_485_760, // 10 MB: docs/requirements.md, APIs. The API itself accepts 256 KiB.
    capacityUnits: "included",
    logs: "decisions",
    logRetentionDays: 30, // The least that the table of controls allows (WAF-15): a month of what the rules would refuse.
    alarmAboveBlockedPerMinute: 600,
    shield: "standard", // Free. Advanced costs 3,000 USD per month and needs a subscription by hand.
  },
  issuer: "external", // npm start has an issuer of its own. In AWS dev uses the one of staging.
  secrets: "none", // Its schema registry asks for no password.
  workloads: {
    // One replica, so that an idle dev costs no more than its stores.
    api: {
      state: "running",
      minReplicas: 1,
      maxReplicas: 2, // Two replicas prove that no state is kept in memory.
      keepAvailable: 0, // A disruption budget for one replica would stop every node upgrade.
      zoneSpread: "prefer",
      requests: { cpu: "100m", memory: "256Mi" }, // Idle Node uses 120 MiB. 80 % of 256 MiB starts a second replica.
      limits: { cpu: "1", memory: "512Mi" },
    },
    relay: {
      state: "running",
      minReplicas: 1,
      maxReplicas: 2,
      keepAvailable: 0,
      zoneSpread: "prefer",
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1", memory: "512Mi" },
    },
    processor: {
      state: "running",
      minReplicas: 1,
      maxReplicas: 2, // Two replicas prove that rebalancing works.
      keepAvailable: 0,
      zoneSpread: "prefer",
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1", memory: "512Mi" },
    },
    analytics: {
      state: "running",
      minReplicas: 1,
      maxReplicas: 2,
      keepAvailable: 0,
      zoneSpread: "prefer",
      requests: { cpu: "50m", memory: "192Mi" }, // Most events need one row, and dev has few.
      limits: { cpu: "1", memory: "512Mi" },
    },
  },
  operations: {
    backups: "none", // Nothing here is worth a restore. The snapshots of the stores are enough for practice.
    metrics: {
      retentionDays: 7, // A week: as long as the logs.
      logRetentionDays: 7,
      paging: false, // dev pages nobody.
    },
    budget: { monthlyUsd: 530, anomalyUsd: 25 }, // 480 by the price table, and a tenth more for traffic.
    audit: "elsewhere", // Prod owns it for the shared account. Give dev settings when it has its own account.
  },
  relaxed: [
    { what: "one NAT gateway", why: "the loss of its zone may stop dev; saves 66 USD a month" },
    { what: "no interface endpoints", why: "traffic to AWS goes out by NAT; saves 66 USD a month and more" },
    {
      what: "the API server answers on the internet, to the operator ranges only",
      why: "developers have no way in",
    },
    {
      what: "burstable and spot nodes, the API's among them",
      why: "two minutes without an API hurt nobody here",
    },
    { what: "one replica of everything, no disruption budgets", why: "a node upgrade may interrupt dev" },
    {
      what: "PostgreSQL in one zone, no enhanced monitoring",
      why: "test data; a restart in another zone is enough",
    },
    { what: "Valkey without a replica", why: "what it holds is rebuilt from PostgreSQL" },
    {
      what: "everyone who reaches the API can read its documentation",
      why: "developers try calls there; the text is that of the repository",
    },
    { what: "small brokers", why: "the promised rate is not tested here" },
    {
      what: "a destroy removes everything, backups and keys included",
      why: "dev is made again from the program",
    },
  ],
} satisfies EnvironmentSpec;
