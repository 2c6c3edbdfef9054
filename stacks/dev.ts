import type { EnvironmentSpec } from "./environment.ts";

/** Where changes are tried first: the whole shape at the smallest sizes, nothing in it is worth keeping. */
export const dev: EnvironmentSpec = {
  name: "dev",
  role: "primary",
  region: "us-east-1",
  recoveryRegion: "eu-west-1", // Nothing is copied there; the provider is, so that the program is the same everywhere.
  removal: "remove",
  keyDeletionDays: 7, // The shortest KMS allows: dev is often taken down and made again.
  tags: { owner: "platform", costCenter: "task-platform-dev", dataClassification: "synthetic" },
  network: {
    cidr: "10.10.0.0/16", // The second octet is the environment: 10, 20, 30, 40; peering stays possible.
    // Three zones although one would do: MSK spreads three brokers over three, and events are kept three times.
    zones: [
      { id: "use1-az1", slot: 0 },
      { id: "use1-az2", slot: 1 },
      { id: "use1-az4", slot: 2 }, // Not az3, which EKS and MSK refuse.
    ],
    nat: "single", // 33 USD a month instead of 99.
    interfaceEndpoints: [], // The three for images cost 66 USD a month, twice the gateway that does their work.
    publicAccessBlock: "elsewhere", // Prod owns that of the shared account.
    flowLogs: {
      aggregationSeconds: 600, // A tenth of the records of 60.
      retentionDays: 7, // Long enough to find out why a connection of this week failed.
    },
  },
  cluster: {
    version: "1.36", // Standard support until 2027-08-02; dev takes the next minor first.
    serviceCidr: "172.20.0.0/16", // Outside of 10.0.0.0/8, where all networks are.
    publicEndpoint: true, // Developers have no way into the network; limited to the operator ranges of the stack file.
    logRetentionDays: 7,
    logArchiveDays: 0, // Nobody is audited for dev.
    deletionProtected: false,
    zonalShift: false, // Needs a replica in every zone, and dev runs one.
    nodeGroups: {
      // Two, so that CoreDNS survives a node. 2 CPUs and 8 GiB; credits of a burstable type suffice for idle controllers.
      system: { instanceTypes: ["t4g.large"], capacity: "on-demand", minNodes: 2, maxNodes: 3, diskGiB: 50 },
      application: {
        // Four types of one size, so that a shortage of one on the spot market stops nothing.
        instanceTypes: ["t4g.large", "m6g.large", "m7g.large", "m8g.large"],
        capacity: "spot", // About a third of the price; a node is announced two minutes before it goes.
        minNodes: 1,
        maxNodes: 3, // Two replicas of the API on hosts of their own, and one of a rollout.
        diskGiB: 50, // Two versions of every image, and the 15 GiB of the system.
      },
      worker: {
        instanceTypes: ["t4g.large", "m6g.large", "m7g.large", "m8g.large"],
        capacity: "spot",
        minNodes: 1,
        maxNodes: 2, // Two replicas of each role share two hosts.
        diskGiB: 50,
      },
    },
  },
  postgres: {
    majorVersion: "17", // Supported to 2030-02; 18 once it has soaked elsewhere.
    instanceClass: "db.t4g.medium", // 4 GiB, 400 connections; all pools at their largest want 70.
    multiZone: false,
    readReplicas: 0, // Lists come from the primary; a replica would take the master password out of the hands of RDS.
    masterPassword: "rds", // It turns by itself, and is in no state.
    updates: "in-place", // A restart of minutes disturbs nobody here.
    storageGiB: 20, // The least RDS sells.
    maxStorageGiB: 100,
    backupRetentionDays: 3, // Over a weekend; 0 would switch point-in-time restore off and never be tested.
    recoveryRetentionDays: 0,
    deletionProtected: false,
    finalSnapshot: false,
    monitoringSeconds: 0,
    insightsRetentionDays: 7, // Free.
    logRetentionDays: 7,
  },
  cache: {
    version: "8.2",
    nodeType: "cache.t4g.small", // 1.37 GiB; some thousand jobs and the counters of the rate limit take megabytes.
    replicas: 0,
    snapshotRetentionDays: 1, // The least that proves snapshots work.
    finalSnapshot: false,
    logRetentionDays: 7,
  },
  kafka: {
    version: "4.1.x.kraft", // Newest of Standard brokers.
    instanceType: "kafka.t3.small", // 33 USD a month each; admits 4 new IAM connections a second, enough for a handful of pods.
    brokers: 3, // One a zone, and three copies of every event, as everywhere.
    storageGiBPerBroker: 50, // 50/s x 600 B x 7 days x 3 copies is 51 GiB, 17 a broker, a third full.
    maxStorageGiBPerBroker: 100,
    tiering: "none", // The service has none for t3.small.
    monitoring: "PER_BROKER", // Free.
    openMonitoring: true,
    logRetentionDays: 7,
    averageEventsPerSecond: 50, // A developer's load test now and then.
    averageEventBytes: 600, // 1 KB as sent (ids, JSON payload, headers); the JSON in it halves by compression.
    replication: "none", // Nothing here is worth a copy, and t3.small cannot be copied.
  },
  edge: {
    idleTimeoutSeconds: 60, // Below the 65 s that pods keep an idle connection; streams of gRPC say something sooner.
    deregistrationDelaySeconds: 30, // Requests end within 30 s, the time-out of the gateway.
    failover: "none", // There is no second dev.
    busyRequestsPerMinute: 600,
    logRetentionDays: 7,
  },
  distribution: "none", // Developers are near; a change of CloudFront takes a quarter of an hour.
  firewall: {
    mode: "count", // A rule is met here first; what it would refuse is in the log.
    watchedRules: [],
    extraGroups: [], // The four that are always there are within the capacity that is included.
    requestsPerMinutePerClient: 100, // Specification, section 8.
    rateWindowSeconds: 60, // Reacts within a minute.
    exemptCidrs: [],
    maxBodyBytes: 10_485_760, // 10 MB: specification, section 8. The API itself takes 256 KiB.
    capacityUnits: "included",
    logs: "decisions",
    logRetentionDays: 7,
    alarmAboveBlockedPerMinute: 600,
    shield: "standard", // Free. Advanced costs 3,000 USD a month and is subscribed by hand.
  },
  issuer: "external", // npm start brings its own; in AWS the one of staging serves dev too.
  secrets: "none", // Its registry asks for no password.
  workloads: {
    // One replica, so that the cost of an idle dev is that of its stores.
    api: {
      state: "running",
      minReplicas: 1,
      maxReplicas: 2, // Two prove that nothing is kept in memory.
      keepAvailable: 0, // A budget over one replica would stop every node upgrade.
      zoneSpread: "prefer",
      requests: { cpu: "100m", memory: "256Mi" }, // Idle Node takes 120 MiB; 80 % of 256 starts a second replica.
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
      maxReplicas: 2, // Two prove rebalancing.
      keepAvailable: 0,
      zoneSpread: "prefer",
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1", memory: "512Mi" },
    },
  },
  operations: {
    backups: "none", // Nothing here is worth a restore; the snapshots of the stores are enough to practise.
    metrics: {
      retentionDays: 7, // A week: as long as the logs.
      logRetentionDays: 7,
      paging: false, // Nobody is woken for dev.
    },
    budget: { monthlyUsd: 530, anomalyUsd: 25 }, // 480 of the price table, and a tenth for traffic.
    images: "elsewhere", // Prod owns them; dev pulls by digest.
    audit: "elsewhere", // Prod owns that of the shared account. Give dev settings once it has an account of its own.
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
    { what: "small brokers", why: "the promised rate is not tested here" },
    {
      what: "a destroy removes everything, backups and keys included",
      why: "dev is made again from the program",
    },
  ],
};
