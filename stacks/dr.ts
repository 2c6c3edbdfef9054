import type { EnvironmentSpec } from "./environment.ts";

/**
 * The standby in the recovery region: the same shape with one replica of each role. A failover is then a change of the
 * numbers in this spec to those of prod, and a restore. It is not a first creation. Everything that cannot grow within
 * minutes already has the size of prod.
 */
export const dr = {
  name: "dr",
  role: "standby",
  region: "eu-west-1",
  recoveryRegion: "us-east-1",
  removal: "retain-all",
  keyDeletionDays: 30, // As in prod: it may hold the data of prod at any time.
  tags: { owner: "platform", costCenter: "task-platform-prod", dataClassification: "personal" },
  network: {
    cidr: "10.40.0.0/16",
    zones: [
      { id: "euw1-az1", slot: 0 },
      { id: "euw1-az2", slot: 1 },
      { id: "euw1-az3", slot: 2 },
    ],
    nat: "single", // Only images and signing keys pass through it while it waits. A failover changes it to per-zone within minutes.
    interfaceEndpoints: [], // Eleven endpoints cost more than the nodes of the standby. A failover sets the list of prod.
    publicAccessBlock: "ingress", // No other environment is in this region.
    flowLogs: { aggregationSeconds: 60, retentionDays: 365 }, // As in prod: both are audited as one system.
  },
  cluster: {
    version: "1.36", // Always the minor of prod: a failover must not be an upgrade too.
    serviceCidr: "172.20.0.0/16", // Outside of 10.0.0.0/8, which holds all networks.
    publicEndpoint: false,
    logRetentionDays: 90,
    logArchiveDays: 400, // As in prod: both are audited as one system from the first minute of a failover.
    deletionProtected: true,
    zonalShift: false, // It needs a replica in every zone. A failover switches it on.
    nodeGroups: {
      system: {
        groups: "over-zones",
        instanceTypes: ["m7g.large"],
        capacityType: "on-demand",
        minNodes: 2,
        maxNodes: 4,
        diskGiB: 80,
      },
      // One node runs. The maximum is that of prod, so the autoscaler adds the others.
      application: {
        groups: "over-zones",
        instanceTypes: ["m7g.large"],
        capacityType: "on-demand",
        minNodes: 1,
        maxNodes: 20,
        diskGiB: 80,
      },
      worker: {
        groups: "over-zones",
        instanceTypes: ["m7g.large"],
        capacityType: "on-demand",
        minNodes: 1,
        maxNodes: 6,
        diskGiB: 80,
      },
    },
  },
  postgres: {
    majorVersion: "17", // As in prod: copies restore into the same major only.
    // Proves the path while it waits. A failover restores the copies of prod into a new instance of the class of prod.
    instanceClass: "db.m7g.large",
    multiZone: true, // Nobody has to remember to switch it on during a failover.
    readReplicas: 0,
    masterPassword: "rds", // As in prod: the restored instance gets a new one.
    updates: "in-place", // As in prod. An empty database has nothing to save.
    storageGiB: 100, // It holds only the schema. The restored instance has its own volume.
    maxStorageGiB: 3200, // As in prod.
    backupRetentionDays: 7, // It holds only the schema. A failover sets 35.
    recoveryRetentionDays: 0, // Copies to the home region start after a failover.
    deletionProtected: true,
    finalSnapshot: true,
    monitoringSeconds: 60,
    insightsRetentionDays: 7, // Free.
    logRetentionDays: 90,
  },
  cache: {
    version: "8.2",
    nodeType: "cache.m7g.large", // Half the memory of prod. It grows in place, and its content is rebuilt in any case.
    replicas: 1, // A failover of the cache works from the first minute.
    snapshotRetentionDays: 1, // It is empty.
    finalSnapshot: true,
    logRetentionDays: 90,
  },
  kafka: {
    version: "4.1.x.kraft",
    // The class of prod: a change would restart the brokers for 45 minutes in the middle of a failover.
    instanceType: "kafka.m7g.large",
    brokers: 3,
    storageGiBPerBroker: 200, // Waiting brokers are empty. A failover raises it by hand, because autoscaling needs hours.
    maxStorageGiBPerBroker: 4000, // As in prod.
    tiering: "none", // As in prod.
    monitoring: "PER_TOPIC_PER_BROKER",
    openMonitoring: true,
    logRetentionDays: 90,
    averageEventsPerSecond: 2000, // The load of prod, which it must be able to carry.
    averageEventBytes: 600, // As in prod.
    replication: "none", // As in prod. Use "copy", with relay and processor stopped, when prod is a "source".
  },
  edge: {
    idleTimeoutSeconds: 60, // Below the keep-alive of the pods; a check compares them. gRPC streams send something sooner.
    deregistrationDelaySeconds: 30, // Every request ends within the 30 s time-out of the gateway.
    failover: "secondary", // It answers when prod does not.
    busyRequestsPerMinute: 60000,
    logRetentionDays: 365,
  },
  apiDocs: "off", // As in prod.
  distribution: {
    places: "americas-europe", // As in prod: its load balancer serves the same CloudFront distribution.
    shield: "standard", // Free, as for the firewall.
    mode: "block",
  },
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
    logRetentionDays: 365,
    alarmAboveBlockedPerMinute: 600,
    shield: "standard", // Free. Advanced costs 3,000 USD per month and needs a subscription by hand.
  },
  issuer: "external", // The issuer of prod, so that tokens stay valid through a failover.
  secrets: { owner: "prod", readBy: [] }, // The copies of prod: rotated there, read here.
  workloads: {
    api: {
      state: "running",
      minReplicas: 1, // Proves image, network and sign-in at every minute. A failover sets 3.
      maxReplicas: 20,
      keepAvailable: 0, // A disruption budget for one replica would stop every node upgrade.
      zoneSpread: "prefer", // "require" with the replicas of prod.
      requests: { cpu: "500m", memory: "512Mi" },
      limits: { cpu: "2", memory: "2Gi" },
    },
    relay: {
      state: "running",
      minReplicas: 1,
      maxReplicas: 6,
      keepAvailable: 0,
      zoneSpread: "prefer",
      requests: { cpu: "500m", memory: "1Gi" }, // As in prod, here and below.
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
    analytics: {
      state: "running",
      minReplicas: 1,
      maxReplicas: 2,
      keepAvailable: 0,
      zoneSpread: "prefer",
      requests: { cpu: "200m", memory: "512Mi" },
      limits: { cpu: "1", memory: "512Mi" },
    },
  },
  operations: {
    backups: "none", // It holds no data before a failover. A failover sets the settings of prod.
    metrics: { retentionDays: 365, logRetentionDays: 90, paging: true }, // As in prod: it may take over at any time.
    budget: { monthlyUsd: 1500, anomalyUsd: 75 }, // Three brokers, a cluster and small stores, and a tenth more.
    audit: "elsewhere", // The trail of prod records all regions.
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
} satisfies EnvironmentSpec;
