import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { StatementInput } from "../../base/core/index.ts";
import type { CacheArgs } from "./args.ts";

/**
 * What the application may do: data, transactions, scripts and messages, on keys and channels of its prefix.
 *
 * No dangerous commands (KEYS, FLUSHALL, CONFIG, ...), except INFO, with which clients check that the server is ready.
 */
export function accessString(keyPrefix: string): string {
  const categories = ["read", "write", "connection", "transaction", "scripting", "pubsub", "blocking"];
  const allowed = categories.map((category) => `+@${category}`).join(" ");
  return `on ~${keyPrefix}* resetchannels &${keyPrefix}* -@all ${allowed} -@dangerous -@admin +info`;
}

/**
 * The application signs in by IAM, so it has no password. A client without a user name gets the default user, which is
 * off: ours replaces the default user of ElastiCache, which may do everything. Valkey requires a password for a user
 * without IAM, so the default user has a random one in the state; it gives no access.
 */
export function createUsers(name: string, args: CacheArgs, parent: pulumi.Resource) {
  const application = new aws.elasticache.User(
    `${name}-application`,
    {
      userId: args.applicationUser.name,
      userName: args.applicationUser.name,
      engine: "valkey",
      accessString: accessString(args.applicationUser.keyPrefix),
      authenticationMode: { type: "iam" },
    },
    { parent },
  );
  const password = new random.RandomPassword(
    `${name}-default-password`,
    { length: 64, special: false }, // Nobody types it, so it can be long.
    { parent },
  );
  const disabled = new aws.elasticache.User(
    `${name}-default`,
    {
      userId: `default-${args.groupId}`,
      userName: "default",
      engine: "valkey",
      accessString: "off -@all",
      authenticationMode: { type: "password", passwords: [password.result] },
    },
    { parent },
  );
  const group = new aws.elasticache.UserGroup(
    `${name}-users`,
    { userGroupId: args.groupId, engine: "valkey", userIds: [disabled.userId, application.userId] },
    { parent },
  );
  return { group, application };
}

/** Lets a principal sign in to one group as one user. Both ARNs are needed, because each alone leaves the other open. */
export function cacheConnectStatement(
  groupArn: pulumi.Input<string>,
  userArn: pulumi.Input<string>,
): StatementInput {
  return { sid: "ConnectToCache", actions: ["elasticache:Connect"], resources: [groupArn, userArn] };
}
