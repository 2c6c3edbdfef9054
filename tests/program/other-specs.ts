import { type EnvironmentSpecs, specs } from "../../stacks/index.ts";

const { prod, dr } = specs;
const { api, relay, processor } = dr.workloads;

/** Specs whose standby declares its workers and stops them. No spec does so today. */
export const withStopped: EnvironmentSpecs = {
  ...specs,
  dr: {
    ...dr,
    workloads: {
      api,
      relay: { ...relay, state: "stopped" },
      processor: { ...processor, state: "stopped" },
    },
  },
};

/** The pair with copied events. */
export const withCopies: EnvironmentSpecs = {
  ...withStopped,
  prod: { ...prod, kafka: { ...prod.kafka, replication: "source" } },
  dr: { ...withStopped.dr, kafka: { ...dr.kafka, replication: "copy" } },
};
