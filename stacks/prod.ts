import type { EnvironmentSpec } from "./environment.ts";

/** The environment of the users. It survives the loss of a zone by itself, and the loss of the region with dr. */
export const prod = {
  name: "prod",
  role: "primary",
  region: "us-east-1",
  recoveryRegion: "eu-west-1",
  removal: "retain-all",
  keyDeletionDays: 30, // The most that KMS allows: without its key all encrypted data is lost.
  tags: { owner: "platform", costCenter: "task-platform-prod", dataClassification: "personal" },
  network: {
    cidr: "10.30.0.0/16",
    zones: [
      { id: "use1-az1", slot: 0 },
      { id: "use1-az2", slot: 1 },
      { id: "use1-az4", slot: 2 }, // EKS and MSK refuse az3.
    ],
    nat: "per-zone", // 99 USD per month. With a single gateway, the loss of its zone would cut off all zones. Regional NAT is too new.
    // Nodes start, pull images and get credentials without the internet. 11 services x 3 zones x 7.30 is 241 USD per month.
    // Systems Manager has no endpoint, because the role of the nodes allows no sessions.
    interfaceEndpoints: [
      "autoscaling",
      "ec2",
      "ecr.api",
      "ecr.dkr",
      "eks",
      "eks-auth",
      "elasticloadbalancing",
      "kms",
      "logs",
      "secretsmanager",
      "sts",
    ],
    publicAccessBlock: "ingress", // Applies to the whole account in this region. Deploy dev and staging first, so that their exclusions exist.
    flowLogs: {
      aggregationSeconds: 60, // The investigation of an intrusion needs a resolution of minutes.
      retentionDays: 365, // Auditors ask for one year.
    },
  },
  cluster: {
    version: "1.36", // Standard support until 2027-08-02. Extended support would cost 438 USD per month instead of 73.
    serviceCidr: "172.20.0.0/16", // Outside of 10.0.0.0/8, which holds all networks.
    publicEndpoint: false, // Operators connect through the network, and pipelines run inside it.
    logRetentionDays: 90, // Keeps the audit log of a quarter searchable.
    logArchiveDays: 400, // One year and one month to compare with, like the trail. Some cents per GiB and month.
    deletionProtected: true,
    zonalShift: true, // Free. Three replicas leave room for the loss of a zone.
    nodeGroups: {
      // One per zone for controllers. The fourth is for a node that drains.
      system: {
        groups: "over-zones",
        instanceTypes: ["m7g.large"],
        capacityType: "on-demand",
        minNodes: 3,
        maxNodes: 4,
        diskGiB: 80,
      },
      application: {
        groups: "per-zone", // Its pods ask for a zone. In one group over all zones, the autoscaler cannot tell where a node starts.
        instanceTypes: ["m7g.large"], // 2 CPUs and 8 GiB: one replica of the API (500m) and the agents of a node.
        capacityType: "on-demand",
        minNodes: 3, // One per zone.
        // One host for each of 20 replicas. Ten nodes with the required spread over hosts would allow ten replicas only.
        // More and smaller nodes cost the same per replica. A third in each zone: 13 to 14 are left after the loss of one.
        maxNodes: 20,
        diskGiB: 80, // Room for the images of two releases and one day of container logs.
      },
      worker: {
        groups: "per-zone", // As for the application.
        instanceTypes: ["m7g.large"],
        capacityType: "on-demand",
        minNodes: 3, // Three replicas on different hosts in different zones need three nodes.
        maxNodes: 6, // Six replicas, one per partition, need six nodes.
        diskGiB: 80,
      },
    },
  },
  postgres: {
    majorVersion: "17", // Supported until 2030-02.
    // 4 CPUs, 32 GiB. Each of 10,000 events/s is a row written and deleted. That alone saturates two CPUs.
    instanceClass: "db.r7g.xlarge",
    multiZone: true, // A synchronous standby: the loss of a zone loses no acknowledged row.
    // Lists come from the primary until they load it too much. Then first set masterPassword to "own" and deploy, then set 1
    // here: a replica lags behind, and RDS manages the master password only of instances without replicas.
    readReplicas: 0,
    masterPassword: "rds", // RDS rotates it every week, and it is in no Pulumi state.
    // Blue/green needs a master password that nothing rotates and ends the copies in the recovery region, which the recovery
    // point needs. It would save one or two minutes of failover in a known maintenance window.
    updates: "in-place",
    storageGiB: 400, // From 400 GiB on RDS stripes four volumes and includes 12,000 IOPS instead of 3,000. 92 USD.
    maxStorageGiB: 3200, // Eight times the start. It costs nothing until it is used.
    backupRetentionDays: 35, // The most that RDS keeps. AWS Backup sets it too, so it equals continuousRetentionDays; a check compares them.
    recoveryRetentionDays: 14, // RDS copies about every five minutes, for a recovery point of 1 h. Two weeks to notice a slow corruption.
    deletionProtected: true,
    finalSnapshot: true,
    monitoringSeconds: 15, // A spike of 30 s is in two samples.
    insightsRetentionDays: 7, // Free. The metrics keep a longer history.
    logRetentionDays: 90,
  },
  cache: {
    version: "8.2",
    nodeType: "cache.r7g.large", // 13 GiB, 10 of them usable: twice a million waiting jobs of 5 KB.
    replicas: 2, // One node in every zone.
    snapshotRetentionDays: 7, // Daily, so snapshots do not serve the recovery point of 1 h: the cache is rebuilt from PostgreSQL.
    finalSnapshot: true,
    logRetentionDays: 90,
  },
  kafka: {
    version: "4.1.x.kraft",
    // 10,000 events/s are 10 MB/s in: 3.3 per broker, 10 with copies. That is a third of what the class does at p99 < 100 ms.
    instanceType: "kafka.m7g.large",
    brokers: 3, // One per zone. Three more would double the rate.
    storageGiBPerBroker: 1000, // 2,000/s x 600 B x 7 days x 3 copies is 2,028 GiB: 676 per broker, below 70 %.
    maxStorageGiBPerBroker: 4000, // Holds 8,000/s for 7 days. A sustained peak would need 10,000 GiB and is not normal.
    tiering: "none", // Seven days fit on the volumes. A month of events would not fit. A cluster with tiering cannot go back.
    monitoring: "PER_TOPIC_PER_BROKER", // Lag and rate per topic: PER_BROKER has no metrics per topic.
    openMonitoring: true,
    logRetentionDays: 90,
    averageEventsPerSecond: 2000, // A fifth of the required peak: the load has days and nights.
    averageEventBytes: 600, // An event is 1 KB as sent (ids, JSON payload, headers). Compression halves the JSON in it.
    replication: "none", // The copy of the database brings the tasks back. A copy of the events costs 220 USD per month and more.
  },
  edge: {
    idleTimeoutSeconds: 60, // Below the keep-alive of the pods; a check compares them. gRPC streams send something sooner.
    deregistrationDelaySeconds: 30, // Every request ends within the 30 s time-out of the gateway.
    failover: "primary", // dr takes over.
    busyRequestsPerMinute: 60000,
    logRetentionDays: 365,
  },
  apiDocs: "off", // It helps nobody who uses the API, and whoever looks for a way in.
  distribution: {
    places: "americas-europe", // Users live on both sides of the Atlantic.
    shield: "standard", // Free, as for the firewall.
    mode: "block",
  },
  firewall: {
    mode: "block", // The rules counted in dev and blocked in staging before.
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
  issuer: "external", // A Cognito user pool belongs to one region, and sign-in must survive the loss of it.
  secrets: { owner: "prod", readBy: ["dr"] }, // A failover must not wait for a person who knows the password.
  workloads: {
    api: {
      state: "running",
      minReplicas: 3, // One per zone.
      maxReplicas: 20,
      keepAvailable: 2, // One pod leaves at a time.
      zoneSpread: "require",
      requests: { cpu: "500m", memory: "512Mi" }, // These four numbers: docs/requirements.md, platform.
      limits: { cpu: "2", memory: "2Gi" },
    },
    relay: {
      state: "running",
      minReplicas: 3, // Two shards per replica. The other two take over the shards of a failed one.
      maxReplicas: 6, // One shard per replica.
      keepAvailable: 2,
      zoneSpread: "require",
      // Request equals limit: when a node runs out of memory, the kubelet evicts pods that use more than they request.
      // One relay and one processor use 2 of the 8 GiB of a host.
      requests: { cpu: "500m", memory: "1Gi" },
      limits: { cpu: "1", memory: "1Gi" }, // Node uses one core.
    },
    processor: {
      state: "running",
      minReplicas: 3, // Two partitions per replica.
      maxReplicas: 6, // One partition per replica. A seventh replica would have none.
      keepAvailable: 2,
      zoneSpread: "require",
      requests: { cpu: "500m", memory: "1Gi" }, // As for the relay.
      limits: { cpu: "1", memory: "1Gi" },
    },
    analytics: {
      state: "running",
      minReplicas: 1, // docs/requirements.md, events. While it restarts, events wait in Kafka and statistics are late.
      maxReplicas: 2,
      keepAvailable: 0, // A disruption budget for one replica would stop every node upgrade.
      zoneSpread: "prefer",
      requests: { cpu: "200m", memory: "512Mi" }, // One core counts 30,000 events/s in 205 MB: `npm run bench -- backlog`.
      limits: { cpu: "1", memory: "512Mi" },
    },
  },
  operations: {
    backups: {
      dailyRetentionDays: 35, // docs/requirements.md asks for 30 days, docs/generated/controls.md for 35.
      continuousRetentionDays: 35, // The most that AWS Backup keeps: any second of five weeks.
      lock: "compliance", // Nobody can delete a backup early, not even an intruder with every permission.
      coolingDays: 3, // The least that AWS allows. After it the lock is permanent.
      restoreTest: "monthly", // A restore takes one hour and costs about one dollar.
    },
    metrics: {
      retentionDays: 365, // One year: docs/requirements.md, observability.
      logRetentionDays: 90,
      paging: true,
    },
    budget: { monthlyUsd: 4400, anomalyUsd: 200 }, // 4,000 by the price table, and a tenth more for traffic.
    audit: {
      logRetentionDays: 90, // As long as the other logs.
      trailRetentionDays: 400, // One year, and one month to compare with.
      trailLock: "compliance", // As for the backups: evidence that an administrator can delete has no value.
      // A few GB cost some cents. Flow logs and access logs are not copied: they describe a network that no longer exists, and
      // nobody in the recovery region reads them. The trail has all API calls.
      trailCopied: true,
      findingFrequency: "FIFTEEN_MINUTES", // The shortest interval for repeated findings.
    },
  },
  relaxed: [],
} satisfies EnvironmentSpec;
