import type { Mutation } from "../mutation.ts";

/** Who may sign in, deploy and publish images. */
export const identityMutations: readonly Mutation[] = [
  {
    what: "pods of every namespace can assume the role",
    file: "components/base/core/policy-document.ts",
    find: '          "aws:RequestTag/kubernetes-namespace": bound.namespace,',
    replace: "",
    caughtBy: {
      file: "components/cluster/pod-identity/pod-identity.test.ts",
      test: "no other cluster, namespace or service account can assume the role",
    },
  },
  {
    what: "pods of every cluster can assume the role",
    file: "components/base/core/policy-document.ts",
    find: '          "aws:SourceArn": bound.clusterArn,',
    replace: "",
    caughtBy: {
      file: "components/cluster/pod-identity/pod-identity.test.ts",
      test: "no other cluster, namespace or service account can assume the role",
    },
  },
  {
    what: "pull requests of every repository take the preview role",
    file: "components/delivery/pipeline-roles/github-roles.ts",
    find: "const subject = `repo:$",
    replace: "const subject = `repo:*$",
    caughtBy: {
      file: "components/delivery/pipeline-roles/github-roles.test.ts",
      test: "github-preview is for exactly one subject of one repository",
    },
  },
  {
    what: "every branch deploys",
    file: "components/delivery/pipeline-roles/github-roles.ts",
    find: ":environment:",
    replace: ":ref:refs/heads/*:",
    caughtBy: {
      file: "components/delivery/pipeline-roles/github-roles.test.ts",
      test: "github-deploy is for exactly one subject of one repository",
    },
  },
  {
    what: "a subject may be a pattern",
    file: "components/delivery/pipeline-roles/github-roles.ts",
    find: "conditions: { StringEquals: { [`",
    replace: "conditions: { StringLike: { [`",
    caughtBy: {
      file: "components/delivery/pipeline-roles/github-roles.test.ts",
      test: "github-preview is for exactly one subject of one repository",
    },
  },
  {
    what: "the deploy role makes roles without a boundary",
    file: "components/delivery/pipeline-roles/role-statements.ts",
    find: '      conditions: { StringEquals: { "iam:PermissionsBoundary": args.permissionsBoundaryArn } },',
    replace: "",
    caughtBy: {
      file: "components/delivery/pipeline-roles/github-roles.test.ts",
      test: "A deploy makes only roles of its own prefix, only under the boundary, and has no action by wildcard that writes",
    },
  },
  {
    what: "a pull request reads secrets",
    file: "components/delivery/pipeline-roles/github-roles.ts",
    find: '        "secretsmanager:GetSecretValue",',
    replace: "",
    caughtBy: {
      file: "components/delivery/pipeline-roles/github-roles.test.ts",
      test: "What a preview must never read is also denied, whatever is added to its rights",
    },
  },
  {
    what: "a tag can be moved to another image",
    file: "components/delivery/images/images.ts",
    find: 'imageTagMutability: "IMMUTABLE"',
    replace: 'imageTagMutability: "MUTABLE"',
    caughtBy: {
      file: "components/delivery/images/images.test.ts",
      test: "A repository never moves a tag, scans every push, is encrypted with the key, and outlives its environment",
    },
  },
  {
    what: "images are not scanned",
    file: "components/delivery/images/images.ts",
    find: "scanOnPush: true",
    replace: "scanOnPush: false",
    caughtBy: {
      file: "components/delivery/images/images.test.ts",
      test: "A repository never moves a tag, scans every push, is encrypted with the key, and outlives its environment",
    },
  },
  {
    what: "images are not encrypted with our key",
    file: "components/delivery/images/images.ts",
    find: 'encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.keyArn }],',
    replace: 'encryptionConfigurations: [{ encryptionType: "AES256" }],',
    caughtBy: {
      file: "components/delivery/images/images.test.ts",
      test: "A repository never moves a tag, scans every push, is encrypted with the key, and outlives its environment",
    },
  },
  {
    what: "images are not copied to the recovery region",
    file: "components/delivery/images/images.ts",
    find: "if (args.settings.replicated) createReplication",
    replace: "if (!args.settings.replicated) createReplication",
    caughtBy: {
      file: "components/delivery/images/images.test.ts",
      test: "Images are copied to the recovery region only where the settings ask for it",
    },
  },
  {
    what: "the second factor is a choice",
    file: "components/network/issuer/user-pool.ts",
    find: 'settings.secondFactor === "required" ? "ON" : "OPTIONAL"',
    replace: '"OPTIONAL"',
    caughtBy: {
      file: "components/network/issuer/issuer.test.ts",
      test: "Accounts go by a proven address, with long passwords, an app as second factor, and no way back by text message",
    },
  },
  {
    what: "passwords may be short",
    file: "components/network/issuer/user-pool.ts",
    find: "minimumLength: 14",
    replace: "minimumLength: 8",
    caughtBy: {
      file: "components/network/issuer/issuer.test.ts",
      test: "Accounts go by a proven address, with long passwords, an app as second factor, and no way back by text message",
    },
  },
  {
    what: "tokens stand in addresses",
    file: "components/network/issuer/client.ts",
    find: 'allowedOauthFlows: ["code"]',
    replace: 'allowedOauthFlows: ["code", "implicit"]',
    caughtBy: {
      file: "components/network/issuer/issuer.test.ts",
      test: "Browsers have a client without a secret that gets a code, and tokens of an hour that are renewed for a working day",
    },
  },
  {
    what: "a sign-in tells who has an account",
    file: "components/network/issuer/client.ts",
    find: 'preventUserExistenceErrors: "ENABLED"',
    replace: 'preventUserExistenceErrors: "LEGACY"',
    caughtBy: {
      file: "components/network/issuer/issuer.test.ts",
      test: "Browsers have a client without a secret that gets a code, and tokens of an hour that are renewed for a working day",
    },
  },
];
