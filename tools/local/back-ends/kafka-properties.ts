/** Three brokers, so that topics have three replicas as in AWS and keep working when one broker fails. */
export const brokerIds = [1, 2, 3] as const;

/** Ports of one node. Each node is a broker and a controller. */
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
    // As on MSK in all environments: a mistyped topic name must not create a topic.
    "auto.create.topics.enable": "false",
    "offsets.topic.replication.factor": copies,
    "offsets.topic.num.partitions": 6, // the default of 50 costs seconds of elections on two cores
    "transaction.state.log.replication.factor": copies,
    "transaction.state.log.min.isr": Math.min(2, copies),
    "transaction.state.log.num.partitions": 3,
    "share.coordinator.state.topic.replication.factor": copies,
    "share.coordinator.state.topic.min.isr": Math.min(2, copies),
    "share.coordinator.state.topic.num.partitions": 1,
    "group.initial.rebalance.delay.ms": 0, // no wait for further consumers
    // A dead broker is noticed after 2.5 s instead of 9 s and a dead controller after 1.5 s, because tests kill brokers.
    "broker.session.timeout.ms": 2_500,
    "broker.heartbeat.interval.ms": 500,
    "controller.quorum.fetch.timeout.ms": 1_500,
    "controller.quorum.election.timeout.ms": 500,
    // A broker asks a controller that hangs for so long before it looks for the new one; the default is 30 s.
    "controller.socket.timeout.ms": 2_000,
    "replica.lag.time.max.ms": 3_000,
    // The load of one developer needs few threads, and each thread costs memory in three brokers.
    "num.network.threads": 2,
    "num.io.threads": 2,
    "num.replica.fetchers": 1,
    "num.recovery.threads.per.data.dir": 1,
    "background.threads": 2,
    "log.cleaner.dedupe.buffer.size": 4_194_304, // the default needs 128 MB
    "log.segment.bytes": 16_777_216, // files are created with this size
  };
  return `${Object.entries(properties)
    .map(([key, value]) => `${key}=${value}`)
    .join("\n")}\n`;
}
