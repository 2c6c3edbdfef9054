import { command, type Step } from "./types.ts";

const race = "the first calls of one deploy would race to make it, and the losers fail";

/**
 * Service-linked roles that must exist before the first deploy of an account, by the service that assumes them, with the
 * reason.
 *
 * Every other service makes its role in the call that needs it, with the caller's permission
 * `iam:CreateServiceLinkedRole`. The deploy role has it for exactly the services of its environment.
 */
export const earlyLinkedRoles: Readonly<Record<string, string>> = {
  // A policy that names a role that does not exist is malformed (terraform-aws-modules/terraform-aws-eks#3013).
  "autoscaling.amazonaws.com": "the key of the disks names it in its policy",
  // EC2 User Guide, "Service-linked role for Spot Instance requests".
  "spot.amazonaws.com": "only the console makes it at the first request; the API needs it before",
  // terraform-aws-modules/terraform-aws-rds#364: "Missing necessary credentials".
  "rds.amazonaws.com": "the first subnet group of the database is refused without it",
  // Such a race is in terraform-aws-modules/terraform-aws-dms#68. All four services document this command.
  "eks.amazonaws.com": race,
  "eks-nodegroup.amazonaws.com": race,
  "elasticache.amazonaws.com": race,
  "elasticloadbalancing.amazonaws.com": race,
};

/** One step for each role. The check lists the path of the service, because services choose their role's name freely. */
export function linkedRoleSteps(): Step[] {
  return Object.entries(earlyLinkedRoles).map(([service, reason]) => ({
    title: `service-linked role of ${service}: ${reason}`,
    check: linkedRoleQuestion(service),
    existsWhen: "prints",
    make: [command(`iam create-service-linked-role --aws-service-name ${service}`)],
  }));
}

/** Prints the names of the roles of a service, and nothing if there is none. */
export function linkedRoleQuestion(service: string): readonly string[] {
  return command(
    `iam list-roles --path-prefix /aws-service-role/${service}/ --query Roles[].RoleName --output text`,
  );
}
