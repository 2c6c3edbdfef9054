import {
  absent,
  customKey,
  isTrue,
  oneOf,
  present,
  production,
  property,
  type Rule,
  text,
} from "../../kit/index.ts";
import { isPrimary } from "./database.ts";

const instance = "aws:rds/instance:Instance";
const clusters = "aws:rds/cluster:Cluster";
const members = "aws:rds/clusterInstance:ClusterInstance";

export const databaseAccessRules: readonly Rule[] = [
  property({
    id: "database-signs-in-by-iam",
    controls: ["RDS-09", "RDS-36"],
    severity: "medium",
    types: [instance, clusters],
    path: "iamDatabaseAuthenticationEnabled",
    is: isTrue,
    whatToDo: "turn it on: services then hold no password",
  }),
  property({
    id: "database-certificate-current",
    controls: ["RDS-15"],
    severity: "medium",
    types: [instance, members],
    path: "caCertIdentifier",
    is: oneOf("rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"),
    whatToDo: "name a current certificate authority: the one of 2019 has expired",
  }),
  property({
    id: "database-password-managed",
    controls: ["RDS-19"],
    severity: "high",
    environments: "all",
    types: [instance, clusters],
    path: "manageMasterUserPassword",
    // With replicas or blue/green updates RDS refuses to manage the password. The program then makes it, keeps it in
    // Secrets Manager and passes it as a write-only input. Only that case is left out; a test holds every spec to "rds".
    when: (inputs) => isPrimary(inputs) && inputs.passwordWo === undefined && inputs.password === undefined,
    is: isTrue,
    whatToDo: "let RDS keep the password in Secrets Manager and rotate it",
  }),
  property({
    id: "database-password-not-in-state",
    controls: ["RDS-19"],
    severity: "high",
    types: [instance, clusters],
    path: "password",
    is: absent("hunter2"),
    missingIs: "right",
    hidden: true,
    whatToDo: "use manageMasterUserPassword, or passwordWo, which is not kept in the state",
  }),
  property({
    id: "database-password-own-key",
    controls: ["RDS-19"],
    severity: "high",
    types: [instance, clusters],
    path: "masterUserSecretKmsKeyId",
    when: ({ manageMasterUserPassword }) => manageMasterUserPassword === true,
    rest: { manageMasterUserPassword: true },
    is: customKey,
    whatToDo: "give it the key of the secrets",
  }),
  property({
    id: "database-owner-named",
    controls: ["RDS-20"],
    severity: "medium",
    types: [instance, clusters],
    path: "username",
    when: isPrimary,
    is: {
      allowed: "a name that is not postgres, admin, root or rdsadmin",
      holds: (value) =>
        text(value) !== "" && !["postgres", "admin", "root", "rdsadmin"].includes(text(value)),
      right: "task_owner",
      wrong: "postgres",
    },
    whatToDo: "choose a name that attackers do not try first",
  }),
  property({
    id: "database-port-chosen",
    controls: ["RDS-21"],
    severity: "low",
    environments: production,
    types: [instance],
    path: "port",
    when: isPrimary,
    is: {
      allowed: "a port other than 5432",
      holds: (value) => Number(value) > 0 && Number(value) !== 5432,
      right: 6543,
      wrong: 5432,
    },
    whatToDo: "choose another port, or keep the waiver",
  }),
  property({
    id: "database-group-named",
    controls: ["RDS-23"],
    severity: "high",
    types: [instance],
    path: "vpcSecurityGroupIds",
    is: present(["sg-1"]),
    whatToDo: "name the security group of the database: without it the default security group applies",
  }),
  property({
    id: "database-subnets-named",
    controls: ["RDS-22"],
    severity: "high",
    types: [instance, clusters],
    path: "dbSubnetGroupName",
    when: isPrimary,
    is: {
      allowed: "a group of this stack",
      holds: (value) => text(value) !== "" && text(value) !== "default",
      right: "data",
      wrong: "default",
    },
    whatToDo: "name the subnet group of the data subnets",
  }),
];
