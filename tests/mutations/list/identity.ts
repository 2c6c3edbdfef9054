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
    what: "pull requests of every repository can assume the preview role",
    file: "components/delivery/pipeline-roles/pipeline-roles.ts",
    find: "const subject = `repo:${args.repository}`",
    replace: "const subject = `repo:*${args.repository}`",
    caughtBy: {
      file: "components/delivery/pipeline-roles/pipeline-roles.test.ts",
      test: "github-preview trusts exactly one subject of one repository",
    },
  },
  {
    what: "every branch can assume the deploy role",
    file: "components/delivery/pipeline-roles/pipeline-roles.ts",
    find: ":environment:",
    replace: ":ref:refs/heads/*:",
    caughtBy: {
      file: "components/delivery/pipeline-roles/pipeline-roles.test.ts",
      test: "github-deploy trusts exactly one subject of one repository",
    },
  },
  {
    what: "a subject may be a pattern",
    file: "components/delivery/pipeline-roles/pipeline-roles.ts",
    find: "StringEquals: { [`${issuer}:aud`]",
    replace: "StringLike: { [`${issuer}:aud`]",
    caughtBy: {
      file: "components/delivery/pipeline-roles/pipeline-roles.test.ts",
      test: "github-preview trusts exactly one subject of one repository",
    },
  },
  {
    what: "the deploy role makes roles without a boundary",
    file: "components/delivery/deploy-permissions/role-statements.ts",
    find: '      conditions: { StringEquals: { "iam:PermissionsBoundary": scope.permissionsBoundaryArn } },',
    replace: "",
    caughtBy: {
      file: "components/delivery/deploy-permissions/statements.test.ts",
      test: "A deploy makes roles only in its own path and only with the boundary, and passes them only to services",
    },
  },
  {
    what: "a pull request reads secrets",
    file: "components/delivery/pipeline-roles/statements.ts",
    find: '        "secretsmanager:GetSecretValue",',
    replace: "",
    caughtBy: {
      file: "components/delivery/pipeline-roles/pipeline-roles.test.ts",
      test: "A preview is denied all content, whatever permissions are added",
    },
  },
  {
    what: "a tag can be moved to another image",
    file: "components/delivery/images/images.ts",
    find: 'imageTagMutability: "IMMUTABLE"',
    replace: 'imageTagMutability: "MUTABLE"',
    caughtBy: {
      file: "components/delivery/images/images.test.ts",
      test: "With retain-all an image repository is immutable, scanned at push and encrypted, and is retained with its images: true",
    },
  },
  {
    what: "images are not scanned",
    file: "components/delivery/images/images.ts",
    find: "scanOnPush: true",
    replace: "scanOnPush: false",
    caughtBy: {
      file: "components/delivery/images/images.test.ts",
      test: "With retain-all an image repository is immutable, scanned at push and encrypted, and is retained with its images: true",
    },
  },
  {
    what: "images are not encrypted with our key",
    file: "components/delivery/images/images.ts",
    find: 'encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.keyArn }],',
    replace: 'encryptionConfigurations: [{ encryptionType: "AES256" }],',
    caughtBy: {
      file: "components/delivery/images/images.test.ts",
      test: "With retain-all an image repository is immutable, scanned at push and encrypted, and is retained with its images: true",
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
    what: "the second factor is optional",
    file: "components/network/issuer/user-pool.ts",
    find: 'settings.secondFactor === "required" ? "ON" : "OPTIONAL"',
    replace: '"OPTIONAL"',
    caughtBy: {
      file: "components/network/issuer/issuer.test.ts",
      test: "Accounts have a verified address, a long password and an app as second factor, and no recovery by text message",
    },
  },
  {
    what: "passwords may be short",
    file: "components/network/issuer/user-pool.ts",
    find: "minimumLength: 14",
    replace: "minimumLength: 8",
    caughtBy: {
      file: "components/network/issuer/issuer.test.ts",
      test: "Accounts have a verified address, a long password and an app as second factor, and no recovery by text message",
    },
  },
  {
    what: "tokens are in URLs",
    file: "components/network/issuer/client.ts",
    find: 'allowedOauthFlows: ["code"]',
    replace: 'allowedOauthFlows: ["code", "implicit"]',
    caughtBy: {
      file: "components/network/issuer/issuer.test.ts",
      test: "Browsers have a public client with the code flow, tokens of one hour, and refresh tokens of a working day",
    },
  },
  {
    what: "a failed sign-in shows whether an account exists",
    file: "components/network/issuer/client.ts",
    find: 'preventUserExistenceErrors: "ENABLED"',
    replace: 'preventUserExistenceErrors: "LEGACY"',
    caughtBy: {
      file: "components/network/issuer/issuer.test.ts",
      test: "Browsers have a public client with the code flow, tokens of one hour, and refresh tokens of a working day",
    },
  },
  {
    what: "every role has the trust of the first caller of the helper",
    file: "components/cluster/roles/roles.ts",
    find: "assumeRolePolicy: trust",
    replace: 'assumeRolePolicy: "{}"',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "only EKS can assume the role of the control plane, and only for this cluster",
    },
  },
  {
    what: "a pod gets its role before the permissions are there",
    file: "components/cluster/pod-identity/pod-identity.ts",
    find: "dependsOn: [policy]",
    replace: "dependsOn: []",
    caughtBy: {
      file: "components/cluster/pod-identity/pod-identity.test.ts",
      test: "a pod identity is a role, one policy and the association with one service account",
    },
  },
];
