import type { Mutation } from "../mutation.ts";

/** Network, load balancer, CloudFront, firewall and issuer. */
export const networkMutations: readonly Mutation[] = [
  {
    what: "host names do not resolve inside the network",
    file: "components/network/network/network.ts",
    find: "enableDnsSupport: true",
    replace: "enableDnsSupport: false",
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "names resolve inside the network, and its default security group allows nothing in either direction",
    },
  },
  {
    what: "the load balancer can be deleted by mistake",
    file: "components/network/edge/load-balancer.ts",
    find: 'enableDeletionProtection: args.removal === "retain-all"',
    replace: "enableDeletionProtection: false",
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "the load balancer is public, logged, strict about requests and protected from deletion",
    },
  },
  {
    what: "the distribution can use HTTP to its origin",
    file: "components/network/distribution/distribution.ts",
    find: 'originProtocolPolicy: "https-only"',
    replace: 'originProtocolPolicy: "match-viewer"',
    caughtBy: {
      file: "components/network/distribution/distribution.test.ts",
      test: "the distribution caches nothing, accepts only HTTPS, is behind the firewall and reaches its origin over TLS with the secret",
    },
  },
  {
    what: "a destroy removes the validation records that the other region needs",
    file: "components/network/certificate/certificate.ts",
    find: "retainOnDelete: true",
    replace: "retainOnDelete: false",
    caughtBy: {
      file: "components/network/certificate/certificate.test.ts",
      test: "each name has its validation record, which the other region shares and a destroy keeps",
    },
  },
  {
    what: "the firewall only counts",
    file: "components/network/firewall/rules.ts",
    find: 'return mode === "count" ||',
    replace: "return true ||",
    caughtBy: {
      file: "components/network/firewall/rules.test.ts",
      test: "the rules have fixed priorities, checks of senders before checks of content, and each has its own metric and action",
    },
  },
  {
    what: "the second factor is optional",
    file: "components/network/issuer/user-pool.ts",
    find: 'settings.secondFactor === "required" ? "ON" : "OPTIONAL"',
    replace: '"OPTIONAL"',
    caughtBy: {
      file: "components/network/issuer/issuer.test.ts",
      test: "Accounts have a verified address, a long password and an app as second factor, and no recovery by text message",
    },
  },
];
