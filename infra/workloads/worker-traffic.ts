import type { Traffic } from "../../components/cluster/workload/index.ts";
import type { TrafficTable } from "./traffic.ts";

/** What the workers of the event stream connect to. */
export function workerEgress(traffic: TrafficTable): readonly Traffic[] {
  return [
    traffic.toPostgres,
    traffic.toKafka,
    traffic.toSchemaRegistry,
    traffic.toPodIdentity,
    traffic.toInternet,
  ];
}
