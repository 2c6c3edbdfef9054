import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { StatementInput } from "../../base/core/index.ts";
import type { CacheArgs } from "./args.ts";

/**
 * What the application may do: data, transactions, scripts and messages, on keys and channels of its prefix.
 *
 * Nothing dangerous (KEYS, FLUSHALL, CONFIG, ...). INFO is given back by name: clients ask it whether the server is ready.
 */
export function accessString(keyPrefix: string): string {
  const categories = ["read", "write", "connection", "transaction", "scripting", "pubsub", "blocking"];
  const allowed = categories.map((category) => `+@${category}`).join(" ");
  return `on ~${keyPrefix}* resetchannels &${keyPrefix}* -@all ${allowed} -@dangerous -@admin +info`;
}

/**
 * The application signs in by IAM, so it has no password. The user that a client gets without a name is switched off:
 * ours replaces the one ElastiCache would add, which may do everything. Valkey wants a password for any user without
 * IAM, so that one has a random one in the state; it opens nothing.
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
    { length: 64, special: false }, // Nobody types it.
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

/** Lets a principal sign in to one group as one user. Both must be named: either alone would open the other. */
export function connectStatement(
  groupArn: pulumi.Input<string>,
  userArn: pulumi.Input<string>,
): StatementInput {
  return { sid: "ConnectToCache", actions: ["elasticache:Connect"], resources: [groupArn, userArn] };
}
