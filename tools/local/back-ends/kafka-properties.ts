/** Three, so that replication factor 3 and two in-sync replicas hold as in the cloud, and one may be lost. */
export const brokerIds = [1, 2, 3] as const;

/** Ports of one node, which is broker and controller in one. */
export interface NodeAddress {
  readonly id: number;
  readonly broker: number;
  readonly controller: number;
}

/** The properties file of one node. */
export function nodeProperties(id: number, nodes: readonly NodeAddress[], dataFolder: string): string {
  const own = nodes.find((node) => node.id === id) ?? { id, broker: 0, controller: 0 };
  const copies = Math.min(3, nodes.length);
  const properties: Readonly<Record<string, number | string>> = {
    "process.roles": "broker,controller",
    "node.id": id,
    "controller.quorum.voters": nodes.map((node) => `${node.id}@127.0.0.1:${node.controller}`).join(","),
    listeners: `PLAINTEXT://127.0.0.1:${own.broker},CONTROLLER://127.0.0.1:${own.controller}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${own.broker}`,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "log.dirs": dataFolder,
    // As MSK in all environments: a topic that is not in the plan must not appear by a typing mistake.
    "auto.create.topics.enable": "false",
    "offsets.topic.replication.factor": copies,
    "offsets.topic.num.partitions": 6, // the default of 50 costs seconds of elections on two cores
    "transaction.state.log.replication.factor": copies,
    "transaction.state.log.min.isr": Math.min(2, copies),
    "transaction.state.log.num.partitions": 3,
    "share.coordinator.state.topic.replication.factor": copies,
    "share.coordinator.state.topic.min.isr": Math.min(2, copies),
    "share.coordinator.state.topic.num.partitions": 1,
    "group.initial.rebalance.delay.ms": 0, // nobody waits for a consumer that may still come
    // A dead broker is noticed in 2.5 s instead of 9, and a dead controller in 1.5: a kill is part of the tests.
    "broker.session.timeout.ms": 2_500,
    "broker.heartbeat.interval.ms": 500,
    "controller.quorum.fetch.timeout.ms": 1_500,
    "controller.quorum.election.timeout.ms": 500,
    "replica.lag.time.max.ms": 3_000,
    // One developer's load; each thread costs memory three times over.
    "num.network.threads": 2,
    "num.io.threads": 2,
    "num.replica.fetchers": 1,
    "num.recovery.threads.per.data.dir": 1,
    "background.threads": 2,
    "log.cleaner.dedupe.buffer.size": 4_194_304, // the default takes 128 MB
    "log.segment.bytes": 16_777_216, // files are made at this size
  };
  return `${Object.entries(properties)
    .map(([key, value]) => `${key}=${value}`)
    .join("\n")}\n`;
}
