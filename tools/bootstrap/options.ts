import { readCommandLine, usageError } from "../command-line/index.ts";
import type { BootstrapOptions } from "./types.ts";

export interface Invocation extends BootstrapOptions {
  /** Without it, the commands are only printed. */
  readonly apply: boolean;
}

export const usage =
  "npm run bootstrap -- --account=<12 digits> --people=<ARN>,… [--environments=<name>,…] [--apply]";

const forms = {
  account: "the 12 digits of the AWS account that stores the state",
  people:
    "ARNs of IAM users or roles with a comma between them, such as arn:aws:iam::<account>:user/anna: they may assume the roles of people",
} as const;

/** The trust gives them an administrator's rights, and the account number of another is one wrong digit away. */
const ownPeople =
  "people of another account get a role here first; IAM Identity Center makes one in each account";

const person = /^arn:aws:iam::\d{12}:(?:user|role)\/[\w+=.@/-]*[\w+=.@-]$/;

/** @throws Error with every problem. */
export function readOptions(
  args: readonly string[],
  place: Omit<BootstrapOptions, "accountId" | "people">,
): Invocation {
  const known = place.environments;
  const environmentsForm = `names with a comma between them, of: ${known.join(", ")}; those that run in this account`;
  const { positionals, values, switches, problems } = readCommandLine(args, {
    account: { value: forms.account },
    people: { value: forms.people },
    environments: { value: environmentsForm },
    apply: {},
  });
  const accountId = values.account ?? "";
  const people = listOf(values.people);
  const environments = values.environments === undefined ? known : listOf(values.environments);
  const all = [
    ...problems,
    ...positionals.map((given) => `argument: got "${given}"; allowed: only options`),
    ...(/^\d{12}$/.test(accountId)
      ? []
      : [`--account: got ${accountId === "" ? "nothing" : `"${accountId}"`}; allowed: ${forms.account}`]),
    ...(people.length === 0 ? [`--people: got nothing; allowed: ${forms.people}`] : []),
    ...people
      .filter((arn) => !person.test(arn))
      .map((arn) => `--people: got "${arn}"; allowed: ${forms.people}`),
    ...people
      .filter((arn) => person.test(arn) && arn.split(":")[4] !== accountId)
      .map((arn) => `--people: got "${arn}"; allowed: users and roles of account ${accountId}; ${ownPeople}`),
    ...environments
      .filter((name) => !known.includes(name))
      .map((name) => `--environments: got "${name}"; allowed: ${environmentsForm}`),
  ];
  if (all.length > 0) throw usageError("npm run bootstrap, nothing was created", all, usage);
  return { ...place, accountId, people, environments, apply: switches.has("apply") };
}

function listOf(value: string | undefined): readonly string[] {
  return (value ?? "").split(",").filter((item) => item !== "");
}
