import { flag, group, number, type Settings, text } from "../../base/core/settings.ts";

/** What an environment decides about the Valkey cache, which holds queues, locks and stored responses. */
export const cacheSettings = group({
  /** Engine version such as "8.2". */
  version: text("8.2"),
  nodeType: text("cache.m7g.large"),
  /** Replicas in addition to the primary; with 1 or more, the group fails over between zones. */
  replicas: number(),
  /** Daily snapshots kept; 0 for none. */
  snapshotRetentionDays: number(),
  finalSnapshot: flag(),
  logRetentionDays: number(),
});

export type CacheSettings = Settings<typeof cacheSettings>;
