import type { Mutation } from "../mutation.ts";

/** The block "cache". */
export const cacheMutations: readonly Mutation[] = [
  {
    what: "the cache also accepts connections without TLS",
    file: "components/stores/cache/cache.ts",
    find: 'transitEncryptionMode: "required"',
    replace: 'transitEncryptionMode: "preferred"',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, accepts only TLS, is encrypted, and changes in its window",
    },
  },
  {
    what: "the cache is not encrypted at rest",
    file: "components/stores/cache/cache.ts",
    find: "atRestEncryptionEnabled: true",
    replace: "atRestEncryptionEnabled: false",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, accepts only TLS, is encrypted, and changes in its window",
    },
  },
  {
    what: "the cache does not fail over",
    file: "components/stores/cache/cache.ts",
    find: "automaticFailoverEnabled: failover",
    replace: "automaticFailoverEnabled: false",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, accepts only TLS, is encrypted, and changes in its window",
    },
  },
  {
    what: "a queue evicts jobs",
    file: "components/stores/cache/cache.ts",
    find: 'purpose === "queue" ? "noeviction" : "allkeys-lru"',
    replace: '"allkeys-lru"',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "A queue has the policy noeviction and reserves 25 % of its memory",
    },
  },
  {
    what: "the cache admits every address",
    file: "components/stores/shared/client-security-group.ts",
    find: "        referencedSecurityGroupId: clientId,",
    replace: '        cidrIpv4: "0.0.0.0/0",',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "Only the named security groups reach port 6379",
    },
  },
  {
    what: "the cache keeps no snapshots",
    file: "components/stores/cache/cache.ts",
    find: "snapshotRetentionLimit: settings.snapshotRetentionDays",
    replace: "snapshotRetentionLimit: 0",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, accepts only TLS, is encrypted, and changes in its window",
    },
  },
  {
    what: "users of the cache are not bound to it",
    file: "components/stores/cache/cache.ts",
    find: "      userGroupIds: [on.userGroup.userGroupId],",
    replace: "",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, accepts only TLS, is encrypted, and changes in its window",
    },
  },
  {
    what: "the default user of the cache is on",
    file: "components/stores/cache/users.ts",
    find: 'accessString: "off -@all"',
    replace: 'accessString: "on ~* +@all"',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The application signs in by IAM and uses only its prefix, and the default user is off",
    },
  },
  {
    what: "the application may run dangerous commands",
    file: "components/stores/cache/users.ts",
    find: " -@dangerous -@admin +info",
    replace: " +info",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The application signs in by IAM and uses only its prefix, and the default user is off",
    },
  },
  {
    what: "the application can use keys outside its prefix",
    file: "components/stores/cache/users.ts",
    find: "`on ~$",
    replace: "`on ~* ~$",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The application signs in by IAM and uses only its prefix, and the default user is off",
    },
  },
  {
    what: "a cache without samples fires no alarm",
    file: "components/stores/cache/alarms.ts",
    find: 'missing: "breaching", // The heartbeat',
    replace: 'missing: "notBreaching", // The heartbeat',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "Every node has its whole alarm set, because any node may be the primary",
    },
  },
  {
    what: "an eviction from a queue fires no alarm",
    file: "components/stores/cache/alarms.ts",
    find: 'group.purpose === "queue" ? 0 : 5000',
    replace: "5000",
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "Every node has its whole alarm set, because any node may be the primary",
    },
  },
];
