import type { OutputTable } from "./types.ts";

/** What belongs to a secret goes by the ARN of the secret; the secret itself is in `common.ts`. */
export const secretsOutputs = {
  "aws:secretsmanager/secretPolicy:SecretPolicy": (r) => ({ id: String(r.inputs.secretArn) }),
  "aws:secretsmanager/secretRotation:SecretRotation": (r) => ({
    id: String(r.inputs.secretId),
    rotationEnabled: true,
  }),
} satisfies OutputTable;
