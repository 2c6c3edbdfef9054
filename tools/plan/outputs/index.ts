import { cacheOutputs } from "./cache.ts";
import { clusterOutputs } from "./cluster.ts";
import { commonOutputs } from "./common.ts";
import { edgeOutputs } from "./edge.ts";
import { issuerOutputs } from "./issuer.ts";
import { kafkaOutputs } from "./kafka.ts";
import { networkOutputs } from "./network.ts";
import { postgresOutputs } from "./postgres.ts";
import { randomOutputs } from "./random.ts";
import type { OutputTable } from "./table.ts";

export { genericId, genericOutputs } from "./generic.ts";
export type { OutputContext, OutputOverrides, OutputTable } from "./table.ts";

/** One family per file. A type may be in one family only. */
export const outputFamilies: readonly OutputTable[] = [
  commonOutputs,
  randomOutputs,
  networkOutputs,
  postgresOutputs,
  cacheOutputs,
  kafkaOutputs,
  clusterOutputs,
  edgeOutputs,
  issuerOutputs,
];

/** All tables in one. Types without an entry get only the generic outputs. */
export const outputTable: OutputTable = Object.assign({}, ...outputFamilies) as OutputTable;
