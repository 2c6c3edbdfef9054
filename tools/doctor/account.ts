import { pipelineRolePath } from "../../components/delivery/pipeline-roles/index.ts";
import {
  boundaryArn,
  boundaryName,
  githubProviderArn,
  operatorRoleName,
  secretsKeyAlias,
  stateBucketName,
  stateRegion,
} from "../../infra/names.ts";
import { earlyLinkedRoles, linkedRoleQuestion } from "../bootstrap/index.ts";
import { type Aws, refused } from "./aws.ts";
import type { Place } from "./place.ts";
import { type Finding, ok, problem, unknown } from "./types.ts";

const runBootstrap = (accountId: string): string =>
  `run: npm run bootstrap -- --account=${accountId} --people=<ARN> --apply`;

/** What `npm run bootstrap` makes, and the role of the pipeline. */
export function accountFindings(place: Place, aws: Aws): readonly Finding[] {
  const { accountId } = place;
  const toDo = runBootstrap(accountId);
  const made = (what: string, command: string): Finding => {
    const answer = aws.exists(command);
    if (answer === "denied") return refused(what, command);
    return answer === "yes" ? ok(what, "exists") : problem(what, "is missing", toDo);
  };
  const bucket = stateBucketName(accountId, stateRegion);
  return [
    made(`bucket ${bucket}`, `s3api head-bucket --bucket ${bucket}`),
    made(`policy ${boundaryName}`, `iam get-policy --policy-arn ${boundaryArn(accountId)}`),
    made(
      "OpenID Connect provider of GitHub",
      `iam get-open-id-connect-provider --open-id-connect-provider-arn ${githubProviderArn(accountId)}`,
    ),
    made(`role ${operatorRoleName}`, `iam get-role --role-name ${operatorRoleName}`),
    breakGlassFinding(place, aws),
    deployRoleFinding(place, aws),
    ...Object.keys(earlyLinkedRoles).map((service) => linkedRoleFinding(service, aws, toDo)),
    ...imageFindings(place, aws),
  ];
}

function linkedRoleFinding(service: string, aws: Aws, toDo: string): Finding {
  const what = `service-linked role of ${service}`;
  const names = aws.text(linkedRoleQuestion(service).join(" "));
  if (names === undefined) return refused(what, "iam list-roles");
  return names === "" ? problem(what, "is missing", toDo) : ok(what, names);
}

function breakGlassFinding({ breakGlassRoleArn, accountId }: Place, aws: Aws): Finding {
  const name = breakGlassRoleArn.split("/").at(-1) ?? "";
  const what = `break-glass role ${name}`;
  const command = `iam get-role --role-name ${name} --query Role.Arn --output text`;
  const answer = aws.exists(command);
  if (answer === "denied") return refused(what, command);
  if (answer === "no")
    return problem(
      what,
      "is missing; EKS refuses an access entry for a role that does not exist",
      runBootstrap(accountId),
    );
  const arn = aws.text(command);
  return arn === breakGlassRoleArn
    ? ok(what, "exists")
    : problem(
        what,
        `got ${arn}; allowed: ${breakGlassRoleArn}`,
        "correct breakGlassRoleArn in the stack file",
      );
}

/** The first deploy makes the role of the pipeline. Until then the stack file must name exactly that role. */
function deployRoleFinding({ deployRoleArn, madeDeployRoleArn, deployed }: Place, aws: Aws): Finding {
  const name = deployRoleArn.split("/").at(-1) ?? "";
  const what = `deploy role ${name}`;
  const command = `iam get-role --role-name ${name}`;
  const answer = aws.exists(command);
  const ours = deployRoleArn === madeDeployRoleArn;
  if (!ours && deployRoleArn.includes(`:role${pipelineRolePath}`))
    return problem(
      what,
      "is the pipeline of another environment",
      `set deployRoleArn to ${madeDeployRoleArn}`,
    );
  if (answer === "denied") return refused(what, command);
  if (answer === "yes") return ok(what, "exists");
  if (!ours)
    return problem(
      what,
      "is missing, and the program makes another one",
      `set deployRoleArn to ${madeDeployRoleArn}`,
    );
  return deployed
    ? problem(what, "is missing although the cluster exists", "deploy with the operator role")
    : ok(what, "is made by the first deploy, which the operator role runs");
}

/** The images that the stack file names, by digest. */
function imageFindings({ images }: Place, aws: Aws): readonly Finding[] {
  return images.map((image) => {
    const what = `image ${image.split("@")[0]}`;
    const [, region, repository, digest] =
      /\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^@]+)@(sha256:[0-9a-f]{64})$/.exec(image) ?? [];
    if (region === undefined)
      return unknown(what, "is in no registry of AWS", "check by hand that the nodes can pull it");
    const command = `ecr describe-images --repository-name ${repository} --image-ids imageDigest=${digest} --region ${region}`;
    const answer = aws.exists(command);
    if (answer === "denied") return refused(what, command);
    return answer === "yes"
      ? ok(what, "exists")
      : problem(
          what,
          `has no ${digest?.slice(0, 19)}…`,
          "push the image, and put its digest into the stack file",
        );
  });
}

/** The key that encrypts the secrets of the stack file. */
export function secretsKeyFindings(place: Place, aws: Aws): readonly Finding[] {
  const { name, secretsProvider, hasEncryptedKey } = place;
  const what = "key of the stack file";
  const [, alias, region] = /^awskms:\/\/(alias\/[^?]+)\?region=([a-z0-9-]+)$/.exec(secretsProvider) ?? [];
  if (alias !== secretsKeyAlias(name) || region === undefined)
    return [
      problem(
        what,
        `secretsprovider: got ${secretsProvider || "nothing"}; allowed: awskms://${secretsKeyAlias(name)}?region=<region>`,
        `write it into Pulumi.${name}.yaml`,
      ),
    ];
  const command = `kms describe-key --key-id ${alias} --region ${region}`;
  const answer = aws.exists(command);
  const key =
    answer === "denied"
      ? refused(what, command)
      : answer === "yes"
        ? ok(what, alias)
        : problem(what, `${alias} is missing in ${region}`, runBootstrap(place.accountId));
  return [
    key,
    hasEncryptedKey
      ? ok("stack", "initialised")
      : problem(
          "stack",
          `Pulumi.${name}.yaml has no encryptedkey`,
          `run: pulumi stack init ${name} --secrets-provider "${secretsProvider}", and commit what it writes`,
        ),
  ];
}
