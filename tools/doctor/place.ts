import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { physicalNames } from "../../infra/names.ts";
import { madeDeployRoleArn } from "../../infra/program.ts";
import { type EnvironmentSpec, specs } from "../../stacks/index.ts";
import { readStackFile } from "../plan/index.ts";

/** What the questions about the account of an environment need from its spec and its stack file. */
export interface Place {
  readonly name: string;
  readonly spec: EnvironmentSpec;
  readonly accountId: string;
  readonly domain: string;
  readonly hostedZoneId: string;
  readonly breakGlassRoleArn: string;
  readonly deployRoleArn: string;
  /** The role that the program itself makes. */
  readonly madeDeployRoleArn: string;
  readonly images: readonly string[];
  readonly clusterName: string;
  readonly secretsProvider: string;
  readonly hasEncryptedKey: boolean;
  /** Whether the cluster exists, so that what it uses is counted in every quota already. */
  readonly deployed: boolean;
}

/** @throws Error when the stack file is missing or is no YAML. */
export function readPlace(root: string, name: keyof typeof specs): Omit<Place, "deployed"> {
  const { project, config } = readStackFile(root, name);
  const value = (key: string): string => config[`${project}:${key}`] ?? "";
  const file = parse(readFileSync(join(root, `Pulumi.${name}.yaml`), "utf8")) as Record<string, unknown>;
  const { cluster } = physicalNames({ spec: { name } });
  const accountId = value("accountId");
  return {
    name,
    spec: specs[name],
    accountId,
    domain: value("domain"),
    hostedZoneId: value("hostedZoneId"),
    breakGlassRoleArn: value("breakGlassRoleArn"),
    deployRoleArn: value("deployRoleArn"),
    madeDeployRoleArn: madeDeployRoleArn(accountId, name),
    images: [value("taskApiImage"), value("taskWorkerImage")],
    clusterName: cluster,
    secretsProvider: typeof file.secretsprovider === "string" ? file.secretsprovider : "",
    hasEncryptedKey: typeof file.encryptedkey === "string",
  };
}
