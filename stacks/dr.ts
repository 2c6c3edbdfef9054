import type { EnvironmentSpec } from "./environment.ts";

/**
 * The standby in the second region: the same shape, running at one replica, so that a failover is a change of numbers on
 * this page (to those of prod) and a restore, not a first creation. What cannot grow in minutes has prod's size already.
 */
export const dr: EnvironmentSpec = {
  name: "dr",
  role: "standby",
  region: "eu-west-1",
  recoveryRegion: "us-east-1",
  removal: "retain-all",
  keyDeletionDays: 30, // As prod: it may hold prod's data any day.
  tags: { owner: "platform", costCenter: "task-platform-prod", dataClassification: "personal" },
  network: {
    cidr: "10.40.0.0/16",
    zones: [
      { id: "euw1-az1", slot: 0 },
      { id: "euw1-az2", slot: 1 },
      { id: "euw1-az3", slot: 2 },
    ],
    nat: "single", // Images and signing keys only, while it waits. per-zone at a failover, in minutes.
    interfaceEndpoints: [], // Eleven cost more than the standby's nodes; prod's list at a failover.
    publicAccessBlock: "ingress", // Nobody else is in this region.
    flowLogs: { aggregationSeconds: 60, retentionDays: 365 }, // As prod: audited as one system.
  },
  cluster: {
    version: "1.36", // The minor of prod, always: a failover is no moment for an upgrade.
    serviceCidr: "172.20.0.0/16", // Outside of 10.0.0.0/8, where all networks are.
    publicEndpoint: false,
    logRetentionDays: 90,
    logArchiveDays: 400, // As prod: audited as one system, from the first minute of a failover on.
    deletionProtected: true,
    zonalShift: false, // Needs a replica in every zone; on at a failover.
    nodeGroups: {
      system: { instanceTypes: ["m7g.large"], capacity: "on-demand", minNodes: 2, maxNodes: 4, diskGiB: 80 },
      // One runs; the ceiling is prod's, so the autoscaler brings the rest.
      application: {
        instanceTypes: ["m7g.large"],
        capacity: "on-demand",
        minNodes: 1,
        maxNodes: 20,
        diskGiB: 80,
      },
      worker: { instanceTypes: ["m7g.large"], capacity: "on-demand", minNodes: 1, maxNodes: 6, diskGiB: 80 },
    },
  },
  postgres: {
    majorVersion: "17", // As prod: copies restore into the same major only.
    // Keeps the path proven while it waits. A failover restores prod's copies into a new instance of prod's class.
    instanceClass: "db.m7g.large",
    multiZone: true, // Whoever takes over in a hurry must not have to remember it.
    readReplicas: 0,
    masterPassword: "rds", // As prod: the restored instance gets a new one.
    updates: "in-place", // As prod; an empty database has nothing to save.
    storageGiB: 100, // Empty but for the schema; the restored instance brings its own volume.
    maxStorageGiB: 2000, // As prod.
    backupRetentionDays: 7, // Only the schema is in it; 35 from the failover on.
    recoveryRetentionDays: 0, // Copies back to the first region begin when this one leads.
    deletionProtected: true,
    finalSnapshot: true,
    monitoringSeconds: 60,
    insightsRetentionDays: 7, // Free.
    logRetentionDays: 90,
  },
  cache: {
    version: "8.2",
    nodeType: "cache.m7g.large", // Half of prod's memory; grows in place, and what it holds is rebuilt anyway.
    replicas: 1, // Failover works from the first minute.
    snapshotRetentionDays: 1, // Nothing in it yet.
    finalSnapshot: true,
    logRetentionDays: 90,
  },
  kafka: {
    version: "4.1.x.kraft",
    // Prod's class: another one is a rolling restart of three quarters of an hour, in the middle of a failover.
    instanceType: "kafka.m7g.large",
    brokers: 3,
    storageGiBPerBroker: 200, // Waiting brokers are empty; autoscaling takes hours, so a failover raises it by hand.
    maxStorageGiBPerBroker: 4000, // As prod.
    tiering: "none", // As prod.
    monitoring: "PER_TOPIC_PER_BROKER",
    openMonitoring: true,
    logRetentionDays: 90,
    averageEventsPerSecond: 2000, // What it must be able to carry: prod's.
    averageEventBytes: 600, // As prod.
    replication: "none", // As prod. "copy" with the relay and the processor stopped, once prod is a "source".
  },
  edge: {
    idleTimeoutSeconds: 60, // Below the 65 s that pods keep an idle connection; streams of gRPC say something sooner.
    deregistrationDelaySeconds: 30, // Requests end within 30 s, the time-out of the gateway.
    failover: "secondary", // Answers when prod does not.
    busyRequestsPerMinute: 60000,
    logRetentionDays: 365,
  },
  distribution: {
    places: "americas-europe", // As prod: its load balancer answers the same CloudFront.
    shield: "standard", // Free; as the firewall.
    mode: "block",
  },
  firewall: {
    mode: "block", // As prod.
    watchedRules: [],
    extraGroups: [], // The four that are always there are within the capacity that is included.
    requestsPerMinutePerClient: 100, // Specification, section 8.
    rateWindowSeconds: 60, // Reacts within a minute.
    exemptCidrs: [],
    maxBodyBytes: 10_485_760, // 10 MB: specification, section 8. The API itself takes 256 KiB.
    capacityUnits: "included",
    logs: "decisions",
    logRetentionDays: 365,
    alarmAboveBlockedPerMinute: 600,
    shield: "standard", // Free. Advanced costs 3,000 USD a month and is subscribed by hand.
  },
  issuer: "external", // The issuer of prod: tokens stay valid through a failover.
  secrets: { owner: "prod", readBy: [] }, // The copies of prod: turned there, read here.
  workloads: {
    api: {
      state: "running",
      minReplicas: 1, // Proves image, network and sign-in every minute of the year. 3 at a failover.
      maxReplicas: 20,
      keepAvailable: 0, // A budget over one replica would stop every node upgrade.
      zoneSpread: "prefer", // "require" with prod's replicas.
      requests: { cpu: "500m", memory: "512Mi" },
      limits: { cpu: "2", memory: "2Gi" },
    },
    relay: {
      state: "running",
      minReplicas: 1,
      maxReplicas: 6,
      keepAvailable: 0,
      zoneSpread: "prefer",
      requests: { cpu: "500m", memory: "1Gi" }, // As prod, here and below.
      limits: { cpu: "1", memory: "1Gi" },
    },
    processor: {
      state: "running",
      minReplicas: 1,
      maxReplicas: 6,
      keepAvailable: 0,
      zoneSpread: "prefer",
      requests: { cpu: "500m", memory: "1Gi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
  },
  operations: {
    backups: "none", // It holds no data before a failover; prod's settings then.
    metrics: { retentionDays: 365, logRetentionDays: 90, paging: true }, // As prod: it may be it any day.
    budget: { monthlyUsd: 1500, anomalyUsd: 75 }, // Three brokers, a cluster and small stores, and a tenth.
    images: "elsewhere", // Copied from prod's region by the registry itself.
    audit: "elsewhere", // The trail of prod records every region.
  },
  relaxed: [
    {
      what: "one NAT gateway, no interface endpoints",
      why: "it carries no users; both are minutes of work at a failover",
    },
    {
      what: "one replica, no disruption budgets, no zonal shift",
      why: "it waits; the numbers of prod are set at a failover",
    },
    {
      what: "smaller PostgreSQL and Valkey than prod",
      why: "one is restored as a new instance, the other grows in place",
    },
    { what: "short backups, none in the other region", why: "it holds no data of its own before a failover" },
  ],
};
