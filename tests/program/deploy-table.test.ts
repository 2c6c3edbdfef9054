import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import {
  type Choice,
  choiceActions,
  roleActions,
  typesOf,
} from "../../components/delivery/deploy-permissions/index.ts";

const require = createRequire(import.meta.url);

/** Exceptions of the table of actions. AWS cannot be asked offline, so they are listed here. */
const table: Readonly<Record<string, readonly string[]>> = {
  ...Object.assign({}, ...Object.values(typesOf(Object.keys(choiceActions) as Choice[]))),
  ...roleActions,
};
const entries = Object.entries(table);

/** Verbs that undo each other. A `Put` can be undone by another `Put`, so it needs no opposite. */
const opposites: readonly (readonly [make: readonly string[], remove: string])[] = [
  [["Create", "Put", "Request"], "Delete"],
  [["Allocate"], "Release"],
  [["Associate"], "Disassociate"],
  [["Attach"], "Detach"],
  [["Authorize"], "Revoke"],
  [["BatchEnable"], "BatchDisable"],
  [["Enable"], "Disable"],
  [["Put", "Add"], "Remove"],
  [["Register"], "Deregister"],
  [["Rotate"], "CancelRotate"],
  [["Start"], "Stop"],
  [["Subscribe"], "Unsubscribe"],
];

/** Actions without the usual opposite, with the reason. An action of one type has the type before it. */
const alone: Readonly<Record<string, string>> = {
  "cloudwatch:DeleteAlarms": "PutMetricAlarm makes them.",
  "ec2:CreateLaunchTemplateVersion": "Versions go with the template.",
  "ec2:CreateNetworkInterface": "The replicator's, which the service removes.",
  "aws:amp/scraper:Scraper eks:AssociateAccessPolicy": "It goes with the entry.",
  "aws:amp/scraper:Scraper eks:CreateAccessEntry": "The service removes it with the scraper.",
  "elasticache:CreateSnapshot": "A final snapshot outlives the resource.",
  "iam:DeleteAccountPasswordPolicy": "UpdateAccountPasswordPolicy makes it.",
  "kafka:CreateClusterV2": "DeleteCluster removes both kinds.",
  "kafka:CreateReplicatorReference": "A right without a call.",
  "kms:CreateGrant": "The service retires it.",
  "kms:CreateKey": "ScheduleKeyDeletion.",
  "rds:CreateDBInstanceReadReplica": "DeleteDBInstance removes it.",
  "rds:CreateDBSnapshot": "A final snapshot outlives the resource.",
  "aws:rds/instance:Instance secretsmanager:CreateSecret": "RDS removes it with the instance.",
  "secretsmanager:RemoveRegionsFromReplication": "ReplicateSecretToRegions.",
  "rds:RemoveSourceIdentifierFromSubscription": "AddSourceIdentifierToSubscription.",
};

/** Whether the opposite of an action is in the list too. Nouns are compared without their plural. */
function undone(action: string, actions: readonly string[]): boolean {
  const [service = "", name = ""] = action.split(":");
  const nounAfter = (verb: string): string => name.slice(verb.length).replace(/s$/, "");
  const has = (verbs: readonly string[], noun: string): boolean =>
    verbs.some((verb) =>
      [verb + noun, `${verb + noun}s`].some((one) => actions.includes(`${service}:${one}`)),
    );
  return opposites.every(([makes, remove]) => {
    if (name.startsWith(remove)) return has(makes, nounAfter(remove));
    const verb = makes.find((one) => name.startsWith(one) && !["Put", "Add"].includes(one));
    return verb === undefined || has([remove], nounAfter(verb));
  });
}

const ofTags = /:(AddTags|CreateTags|DeleteTags|RemoveTags|(Tag|Untag)(Resource|DeliveryStream))/;

test("each create action has its delete action, and the reverse", () => {
  const halves = entries.flatMap(([type, actions]) =>
    actions
      .filter((action) => !ofTags.test(action) && !undone(action, actions))
      .map((action) => (alone[action] === undefined ? `${type} ${action}` : action)),
  );
  expect([...new Set(halves)].toSorted()).toEqual(Object.keys(alone).toSorted());
});

test("only a waiting resource, and resources that people create, need no action", () => {
  expect(entries.filter(([, actions]) => actions.length === 0).map(([type]) => type)).toEqual([
    "aws:acm/certificateValidation:CertificateValidation",
    "aws:iam/policy:Policy",
  ]);
});

/** Whether the provider sets its default tags on a type: then its class has `tagsAll`. */
function takesTags(type: string): boolean {
  const [, module = "", file = ""] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
  const source = readFileSync(require.resolve(`@pulumi/aws/${module}/${file}.js`), "utf8");
  return source.includes('["tagsAll"]');
}

const tagging = /:(Tag(Resource|DeliveryStream)|AddTags\w*|CreateTags|TagRole|ChangeTagsForResource)$/;
const untagging =
  /:(Untag(Resource|DeliveryStream)|RemoveTags\w*|DeleteTags|UntagRole|ChangeTagsForResource)$/;

test("exactly the resource types with default tags have tag and untag actions", () => {
  const wrong = entries
    .filter(([, actions]) => actions.length > 0)
    .filter(([type, actions]) => {
      const both = [tagging, untagging].map((pattern) => actions.some((action) => pattern.test(action)));
      return both.some((one) => one !== takesTags(type));
    });
  expect(wrong.map(([type]) => type)).toEqual([]);
});

test("actions have full names, and each is listed once per type", () => {
  const all = entries.flatMap(([type, actions]) => actions.map((action) => ({ type, action, actions })));
  expect(all.filter(({ action }) => !/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/.test(action))).toEqual([]);
  const twice = all.filter(({ action, actions }) => actions.filter((one) => one === action).length > 1);
  expect(twice.map(({ type, action }) => `${type}: ${action}`)).toEqual([]);
});
