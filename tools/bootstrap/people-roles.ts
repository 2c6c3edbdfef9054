import { breakGlassRoleName, operatorRoleName } from "../../infra/names.ts";
import { breakGlassPolicy, peopleTrust } from "./policy-documents.ts";
import { type BootstrapOptions, command, type Step } from "./types.ts";

interface PeopleRole {
  readonly name: string;
  readonly what: string;
  readonly sessionSeconds: number;
  readonly managedPolicyArn: string;
  /** Permissions beyond the managed policy. @default none */
  readonly inlinePolicy?: string;
}

/**
 * The two roles that people assume. Both are administrators of every cluster of the account, by its access entries.
 *
 * The operator changes the account: first deploys, and changes of what the pipeline may do. The break-glass role sees the
 * account and changes nothing in it. What it changes, it changes inside the cluster and the database.
 */
function peopleRoles({ accountId }: BootstrapOptions): readonly PeopleRole[] {
  return [
    {
      name: operatorRoleName,
      what: "people deploy with it the first time",
      sessionSeconds: 7200, // As the deploy role: an upgrade of the brokers takes more than an hour.
      managedPolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    },
    {
      name: breakGlassRoleName,
      what: "people in an emergency",
      sessionSeconds: 3600, // The shortest maximum that IAM allows.
      managedPolicyArn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      inlinePolicy: breakGlassPolicy(accountId),
    },
  ];
}

/** Makes each role once. Trust, session length and permissions are set by every run, so that a new person needs one command. */
export function peopleRoleSteps(options: BootstrapOptions): Step[] {
  const trust = peopleTrust(options.people);
  return peopleRoles(options).flatMap(({ name, what, sessionSeconds, managedPolicyArn, inlinePolicy }) => [
    {
      title: `role ${name}: ${what}`,
      check: command(`iam get-role --role-name ${name}`),
      make: [command(`iam create-role --role-name ${name} --assume-role-policy-document`, trust)],
    },
    {
      title: `  may be assumed by ${options.people.join(", ")}`,
      make: [
        command(`iam update-assume-role-policy --role-name ${name} --policy-document`, trust),
        command(`iam update-role --role-name ${name} --max-session-duration ${sessionSeconds}`),
        command(`iam attach-role-policy --role-name ${name} --policy-arn ${managedPolicyArn}`),
        ...(inlinePolicy === undefined
          ? []
          : [
              command(
                `iam put-role-policy --role-name ${name} --policy-name emergency --policy-document`,
                inlinePolicy,
              ),
            ]),
      ],
    },
  ]);
}
