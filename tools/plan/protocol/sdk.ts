import * as pulumi from "@pulumi/pulumi";

/** Members of the SDK that the plan needs and that its types omit. `tests/plan/sdk-contract.test.ts` checks each one. */
interface SdkInternals {
  setMockOptions(
    monitor: unknown,
    project: string,
    stack: string,
    preview: boolean,
    organization: string,
  ): void;
  awaitFeatureSupport(): Promise<void>;
  setAllConfig(config: Record<string, string>, secretKeys: string[]): void;
  runInPulumiStack(program: () => Promise<unknown>): Promise<Record<string, unknown> | undefined>;
  disconnect(): Promise<void>;
  registerStackTransformation(transformation: pulumi.ResourceTransformation): void;
  readonly unknownValue: string;
  readonly specialSigKey: string;
  readonly specialSecretSig: string;
  readonly specialResourceSig: string;
}

/** The runtime of the SDK with its internal functions. */
export const sdk = pulumi.runtime as unknown as SdkInternals;
