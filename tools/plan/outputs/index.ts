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

/** One family a file; no type may be in two. */
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

/** Every table by type token; the generic outputs are added where a table is silent. */
export const outputTable: OutputTable = Object.assign({}, ...outputFamilies) as OutputTable;
