import type { Mutation } from "../mutation.ts";

/** The block "cache". */
export const cacheMutations: readonly Mutation[] = [
  {
    what: "the cache also speaks in the clear",
    file: "components/stores/cache/cache.ts",
    find: 'transitEncryptionMode: "required"',
    replace: 'transitEncryptionMode: "preferred"',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, speaks TLS only, is encrypted, and takes changes in its window",
    },
  },
  {
    what: "the cache is not encrypted at rest",
    file: "components/stores/cache/cache.ts",
    find: "atRestEncryptionEnabled: true",
    replace: "atRestEncryptionEnabled: false",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, speaks TLS only, is encrypted, and takes changes in its window",
    },
  },
  {
    what: "the cache does not fail over",
    file: "components/stores/cache/cache.ts",
    find: "automaticFailoverEnabled: failover",
    replace: "automaticFailoverEnabled: false",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, speaks TLS only, is encrypted, and takes changes in its window",
    },
  },
  {
    what: "a queue evicts jobs",
    file: "components/stores/cache/cache.ts",
    find: 'purpose === "queue" ? "noeviction" : "allkeys-lru"',
    replace: '"allkeys-lru"',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "A queue runs with noeviction and a quarter of memory held back",
    },
  },
  {
    what: "the cache admits every address",
    file: "components/stores/cache/cache.ts",
    find: "        referencedSecurityGroupId: clientId,",
    replace: '        cidrIpv4: "0.0.0.0/0",',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "Only the named groups reach the port, by reference",
    },
  },
  {
    what: "the cache keeps no snapshots",
    file: "components/stores/cache/cache.ts",
    find: "snapshotRetentionLimit: settings.snapshotRetentionDays",
    replace: "snapshotRetentionLimit: 0",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, speaks TLS only, is encrypted, and takes changes in its window",
    },
  },
  {
    what: "users of the cache are not bound to it",
    file: "components/stores/cache/cache.ts",
    find: "      userGroupIds: [on.userGroup.userGroupId],",
    replace: "",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, speaks TLS only, is encrypted, and takes changes in its window",
    },
  },
  {
    what: "the nameless user of the cache is on",
    file: "components/stores/cache/users.ts",
    find: 'accessString: "off -@all"',
    replace: 'accessString: "on ~* +@all"',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The application signs in by IAM within its prefix, and the nameless user is off",
    },
  },
  {
    what: "the application may run dangerous commands",
    file: "components/stores/cache/users.ts",
    find: " -@dangerous -@admin +info",
    replace: " +info",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The application signs in by IAM within its prefix, and the nameless user is off",
    },
  },
  {
    what: "the application reaches keys of others",
    file: "components/stores/cache/users.ts",
    find: "`on ~$",
    replace: "`on ~* ~$",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The application signs in by IAM within its prefix, and the nameless user is off",
    },
  },
  {
    what: "a silent cache wakes nobody",
    file: "components/stores/cache/alarm-specs.ts",
    find: 'missing: "breaching", // The heartbeat',
    replace: 'missing: "notBreaching", // The heartbeat',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "Every node has its whole alarm set, because any of them may be the primary",
    },
  },
  {
    what: "an eviction from a queue is not told",
    file: "components/stores/cache/alarm-specs.ts",
    find: 'watched.purpose === "queue" ? 0 : 5000',
    replace: "5000",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "Every node has its whole alarm set, because any of them may be the primary",
    },
  },
];
