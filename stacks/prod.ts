import type { EnvironmentSpec } from "./environment.ts";

/** What users work with: survives the loss of a zone without anybody, and of the region with dr. */
export const prod: EnvironmentSpec = {
  name: "prod",
  role: "primary",
  region: "us-east-1",
  recoveryRegion: "eu-west-1",
  removal: "retain-all",
  keyDeletionDays: 30, // The longest KMS allows: with a key all it encrypted is gone.
  tags: { owner: "platform", costCenter: "task-platform-prod", dataClassification: "personal" },
  network: {
    cidr: "10.30.0.0/16",
    zones: [
      { id: "use1-az1", slot: 0 },
      { id: "use1-az2", slot: 1 },
      { id: "use1-az4", slot: 2 }, // Not az3, which EKS and MSK refuse.
    ],
    nat: "per-zone", // 99 USD a month; with one, the loss of its zone is the loss of all. Regional NAT when it has soaked.
    // Nodes start, pull and get credentials without the internet. 11 services x 3 zones x 7.30 is 241 USD a month. None of
    // Systems Manager: the role of the nodes admits no sessions.
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
    publicAccessBlock: "ingress", // Of the account in this region: dev and staging have their exclusions first.
    flowLogs: {
      aggregationSeconds: 60, // Whoever investigates an intrusion wants minutes.
      retentionDays: 365, // What auditors ask for.
    },
  },
  cluster: {
    version: "1.36", // Standard support until 2027-08-02; extended support would cost 438 USD a month instead of 73.
    serviceCidr: "172.20.0.0/16", // Outside of 10.0.0.0/8, where all networks are.
    publicEndpoint: false, // Operators come through the network, pipelines run inside it.
    logRetentionDays: 90, // The audit log of a quarter at hand.
    logArchiveDays: 400, // A year, and a month to compare it with, as the trail; cents a GiB and month.
    deletionProtected: true,
    zonalShift: true, // Free; three replicas leave room for the loss of a zone.
    nodeGroups: {
      // One a zone for controllers; the fourth is for one that drains.
      system: { instanceTypes: ["m7g.large"], capacity: "on-demand", minNodes: 3, maxNodes: 4, diskGiB: 80 },
      application: {
        instanceTypes: ["m7g.large"], // 2 CPUs and 8 GiB: one replica of the API (500m) and the agents of a node.
        capacity: "on-demand",
        minNodes: 3, // One a zone.
        // A host for each of 20 replicas. The specification's ten and its required spread over hosts allow only ten
        // replicas; smaller nodes in a larger number cost the same for each replica.
        maxNodes: 20,
        diskGiB: 80, // Images of two releases and a day of container logs.
      },
      worker: {
        instanceTypes: ["m7g.large"],
        capacity: "on-demand",
        minNodes: 3, // The specification says 2; three replicas on hosts and in zones of their own need three.
        maxNodes: 6, // The specification says 5; six replicas, one a partition, need six.
        diskGiB: 80,
      },
    },
  },
  postgres: {
    majorVersion: "17", // Supported to 2030-02.
    // 4 CPUs, 32 GiB. At 10,000 events/s every one is a row written and deleted; two CPUs are saturated by that alone.
    instanceClass: "db.r7g.xlarge",
    multiZone: true, // A synchronous standby: no acknowledged row is lost with a zone.
    // Lists come from the primary until they hurt (then 1 here and "own" below, a deploy earlier): a replica trails, and
    // RDS manages the master password only of instances without replicas.
    readReplicas: 0,
    masterPassword: "rds", // It turns every week, and is in no state of ours.
    // Blue/green wants a password of our own that nothing turns, ends the copies in the other region that RPO rests on,
    // and saves a minute or two of failover in a window that is known.
    updates: "in-place",
    storageGiB: 400, // From 400 on RDS stripes four volumes, and 12,000 IOPS are included instead of 3,000. 92 USD.
    maxStorageGiB: 2000, // Five times; costs nothing until it is used.
    backupRetentionDays: 35, // The most RDS keeps.
    recoveryRetentionDays: 14, // Copied about every five minutes: RPO 1 h, and two weeks to notice a slow corruption.
    deletionProtected: true,
    finalSnapshot: true,
    monitoringSeconds: 15, // A spike of half a minute is seen twice.
    insightsRetentionDays: 7, // Free; longer history is in the metrics.
    logRetentionDays: 90,
  },
  cache: {
    version: "8.2",
    nodeType: "cache.r7g.large", // 13 GiB, 10 of them usable: a million waiting jobs of 5 KB, twice.
    replicas: 2, // A node in every zone.
    snapshotRetentionDays: 7, // Daily, so not a means to RPO 1 h: what is here is rebuilt from PostgreSQL.
    finalSnapshot: true,
    logRetentionDays: 90,
  },
  kafka: {
    version: "4.1.x.kraft",
    // 10,000 events/s are 10 MB/s in, 3.3 a broker with its share of copies 10: a third of what it does at p99 < 100 ms.
    instanceType: "kafka.m7g.large",
    brokers: 3, // One a zone; the next three double the rate.
    storageGiBPerBroker: 1000, // 2,000/s x 600 B x 7 days x 3 copies is 2,028 GiB, 676 a broker: below 70 %.
    maxStorageGiBPerBroker: 4000, // Holds 8,000/s for all 7 days; the sustained peak needs 10,000 GiB and is not normal.
    tiering: "none", // Seven days fit on the volumes, and there is no way back; a month of events would not fit.
    monitoring: "PER_TOPIC_PER_BROKER", // Lag and rate by topic; the level below hides which topic is slow.
    openMonitoring: true,
    logRetentionDays: 90,
    averageEventsPerSecond: 2000, // A fifth of the promised peak: work has days and nights.
    averageEventBytes: 600, // 1 KB as sent (ids, JSON payload, headers); the JSON in it halves by compression.
    replication: "none", // Tasks come back with the copy of the database; a copy of the events costs 220 USD a month and more.
  },
  edge: {
    idleTimeoutSeconds: 60, // Below the 65 s that pods keep an idle connection; streams of gRPC say something sooner.
    deregistrationDelaySeconds: 30, // Requests end within 30 s, the time-out of the gateway.
    failover: "primary", // dr takes over.
    busyRequestsPerMinute: 60000,
    logRetentionDays: 365,
  },
  distribution: {
    places: "americas-europe", // Users are on both sides of the Atlantic.
    shield: "standard", // Free; as the firewall.
    mode: "block",
  },
  firewall: {
    mode: "block", // What counted in dev and blocked in staging.
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
  issuer: "external", // A pool is of one region: sign-in must outlive it.
  secrets: { owner: "prod", readBy: ["dr"] }, // A failover must not wait for somebody who knows the password.
  workloads: {
    api: {
      state: "running",
      minReplicas: 3, // One a zone.
      maxReplicas: 20,
      keepAvailable: 2, // One at a time leaves.
      zoneSpread: "require",
      requests: { cpu: "500m", memory: "512Mi" }, // These four: specification, section 8.
      limits: { cpu: "2", memory: "2Gi" },
    },
    relay: {
      state: "running",
      minReplicas: 3, // Two shards each; one that dies is taken over by the other two.
      maxReplicas: 6, // A shard each.
      keepAvailable: 2,
      zoneSpread: "require",
      // All the memory it may use: a node that runs out ends who is above its request. One of each is 2 of 8 GiB a host.
      requests: { cpu: "500m", memory: "1Gi" },
      limits: { cpu: "1", memory: "1Gi" }, // Node computes on one core.
    },
    processor: {
      state: "running",
      minReplicas: 3, // Two partitions each.
      maxReplicas: 6, // A partition each; a seventh would have none.
      keepAvailable: 2,
      zoneSpread: "require",
      requests: { cpu: "500m", memory: "1Gi" }, // As the relay.
      limits: { cpu: "1", memory: "1Gi" },
    },
  },
  operations: {
    backups: {
      dailyRetentionDays: 35, // The specification asks for 30, the controls for 35.
      continuousRetentionDays: 35, // The most there is: any second of five weeks.
      lock: "compliance", // Nobody deletes a backup early, an intruder with every right included.
      coolingDays: 3, // The shortest; after it the lock is for ever.
      restoreTest: "monthly", // A restore takes an hour and costs about a dollar.
    },
    metrics: {
      retentionDays: 365, // Specification, section 7: one year.
      logRetentionDays: 90,
      paging: true,
    },
    budget: { monthlyUsd: 4400, anomalyUsd: 200 }, // 4,000 of the price table, and a tenth for traffic.
    images: {
      untaggedDays: 7, // A build that is not promoted in a week is not promoted.
      keptImages: 50, // Ten releases a week: a rollback reaches five weeks back.
      replicated: true, // The standby starts without this region.
    },
    audit: {
      logRetentionDays: 90, // Searchable as long as the other logs.
      trailRetentionDays: 400, // A year, and a month to compare it with.
      trailLock: "compliance", // As the backups: evidence that an administrator can delete is none.
      // A few GB: cents. Flow logs and access logs stay at home: they tell of a network that is gone, and nobody in the
      // recovery region reads them; who called what is in the trail.
      trailCopied: true,
      findingFrequency: "FIFTEEN_MINUTES", // The fastest; a finding that goes on is told again.
    },
  },
  relaxed: [],
};
