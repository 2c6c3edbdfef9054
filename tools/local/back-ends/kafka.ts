import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Child, describeExit, freePorts, waitUntil } from "../processes/index.ts";
import type { Machine } from "./java.ts";
import { installKafka, type KafkaInstall } from "./kafka-java.ts";
import { brokerIds, type NodeAddress, nodeProperties } from "./kafka-properties.ts";
import { makeOnce } from "./part.ts";
import type { KafkaAddress, Part, StartContext, Started } from "./types.ts";

/** Three brokers need 5 s on two cores. The rest is for a busy machine. */
const startTimeoutMs = 90_000;
/** After less than a second a test may not notice the outage. After more, the replicas stay out of sync longer. */
const restartDelayMs = 1_000;

/** A broker that can be restarted with its data. */
class Broker implements Part {
  readonly name: string;
  #child: Child;
  #ready: Promise<void>;
  #isReady = false;
  readonly #start: () => Child;

  constructor(id: number, start: () => Child) {
    this.name = `kafka-${id}`;
    this.#start = start;
    this.#child = start();
    this.#ready = this.#watch();
  }

  get pid(): number {
    return this.#child.pid;
  }
  get ready(): Promise<void> {
    return this.#ready;
  }
  get exited(): Child["exited"] {
    return this.#child.exited;
  }
  running(): boolean {
    return this.#child.running();
  }
  /** A process that runs is not enough: a broker that still loads its log does not count for the quorum. */
  inService(): boolean {
    return this.running() && this.#isReady;
  }
  kill(): void {
    process.kill(this.pid, "SIGKILL");
  }
  lastLines(): string {
    return this.#child.lastLines(8);
  }
  /** After TERM the last broker would wait 5 s for a quorum that no longer exists. Data that is kept is whole all the same. */
  async stop(): Promise<void> {
    await this.#child.stop("SIGKILL", 0);
  }

  restart(): void {
    this.#isReady = false;
    this.#child = this.#start();
    this.#ready = this.#watch();
  }

  async #watch(): Promise<void> {
    const child = this.#child;
    const from = size(child.logFile);
    const started = (): boolean =>
      readFileSync(child.logFile, "utf8").slice(from).includes("Kafka Server started");
    this.#isReady = await waitUntil(started, { withinMs: startTimeoutMs, giveUp: () => !child.running() });
    if (this.#isReady) return;
    const problem = child.running() ? `is not ready after ${startTimeoutMs / 1000} s` : "did not start";
    throw new Error(`${this.name} ${problem}. Its last lines:\n${child.lastLines(8)}`);
  }
}

function size(file: string): number {
  // Characters, as the reader above counts them.
  return readFileSync(file, "utf8").length;
}

/** Starts three brokers. One dead broker is restarted. If a second one dies before that, the quorum is lost and the run ends. */
export async function startKafka(context: StartContext, machine: Machine): Promise<Started<KafkaAddress>> {
  const install = await installKafka(machine, context.log);
  const ports = await freePorts(2 * brokerIds.length);
  const nodes = brokerIds.map((id, at) => ({
    id,
    broker: ports[2 * at] ?? 0,
    controller: ports[2 * at + 1] ?? 0,
  }));
  const brokers = nodes.map((node) => startBroker(context, install, node, nodes));
  const keeper = new Keeper(brokers, context.log);
  await Promise.all(brokers.map((broker) => broker.ready));
  keeper.begin();
  return {
    address: { brokers: nodes.map((node) => `127.0.0.1:${node.broker}`) },
    source: "embedded",
    parts: brokers,
    failed: keeper.failed,
    stop: async () => {
      keeper.end();
      await Promise.all(brokers.map((broker) => broker.stop()));
    },
  };
}

function startBroker(
  context: StartContext,
  install: KafkaInstall,
  node: NodeAddress,
  nodes: readonly NodeAddress[],
): Broker {
  const data = join(context.data, `kafka-${node.id}`);
  const file = join(context.folder, `kafka-${node.id}.properties`);
  makeOnce(data, (draft) => cpSync(install.formatted(node.id), draft, { recursive: true }));
  writeFileSync(file, nodeProperties(node.id, nodes, data));
  return new Broker(node.id, () =>
    context.children.start({
      name: `kafka-${node.id}`,
      command: install.java,
      args: [...install.javaArgs, "kafka.Kafka", file],
      folder: context.folder,
      mark: file,
    }),
  );
}

/** Restarts a dead broker while the other two are in service. */
class Keeper {
  readonly failed: Promise<string>;
  #fail: (reason: string) => void = () => undefined;
  readonly #brokers: readonly Broker[];
  readonly #log: (line: string) => void;
  #ending = false;

  constructor(brokers: readonly Broker[], log: (line: string) => void) {
    this.#brokers = brokers;
    this.#log = log;
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  begin(): void {
    for (const broker of this.#brokers) void this.#keep(broker);
  }

  end(): void {
    this.#ending = true;
  }

  async #keep(broker: Broker): Promise<void> {
    while (!this.#ending) {
      const exit = await broker.exited;
      if (this.#ending) return;
      const down = this.#brokers.filter((other) => other !== broker && !other.inService());
      if (down.length > 0) {
        const names = [broker, ...down].map((each) => each.name).join(" and ");
        this.#fail(`${names} are down at the same time, and one broker of three is no quorum`);
        return;
      }
      this.#log(`${broker.name} ${describeExit(exit)}; the other two go on, and it is restarted`);
      await pause(restartDelayMs);
      if (this.#ending) return;
      broker.restart();
      // If it ends before it is ready, the error contains its last lines.
      const ready = await broker.ready.then(
        () => "",
        (error: Error) => error.message,
      );
      if (this.#ending) return;
      if (ready !== "") {
        this.#fail(ready);
        return;
      }
      this.#log(`${broker.name} is back`);
    }
  }
}
