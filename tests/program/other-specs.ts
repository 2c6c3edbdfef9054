import { type EnvironmentName, type EnvironmentSpec, specs } from "../../stacks/index.ts";

type Specs = Readonly<Record<EnvironmentName, EnvironmentSpec>>;

const { prod, dr } = specs;
const { api, relay, processor, analytics } = dr.workloads;

/** Specs whose standby declares its workers and stops them. No spec does so today. */
export const withStopped: Specs = {
  ...specs,
  dr: {
    ...dr,
    workloads: {
      api,
      relay: { ...relay, state: "stopped" },
      processor: { ...processor, state: "stopped" },
      analytics: { ...analytics, state: "stopped" },
    },
  },
};

/** The pair with copied events. */
export const withCopies: Specs = {
  ...withStopped,
  prod: { ...prod, kafka: { ...prod.kafka, replication: "source" } },
  dr: { ...withStopped.dr, kafka: { ...dr.kafka, replication: "copy" } },
};
