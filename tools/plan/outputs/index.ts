import { cacheOutputs } from "./cache.ts";
import { clusterOutputs } from "./cluster.ts";
import { commonOutputs } from "./common.ts";
import { kafkaOutputs } from "./kafka.ts";
import { postgresOutputs } from "./postgres.ts";
import type { OutputTable } from "./types.ts";

export { genericId, genericOutputs } from "./generic.ts";
export type { OutputContext, OutputOverrides, OutputTable } from "./types.ts";

/** Every table by type token. One family a file; the generic outputs are added where a table is silent. */
export const outputTable: OutputTable = {
  ...commonOutputs,
  ...postgresOutputs,
  ...cacheOutputs,
  ...kafkaOutputs,
  ...clusterOutputs,
};
