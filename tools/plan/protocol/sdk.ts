import * as pulumi from "@pulumi/pulumi";

/** What the plan needs of the SDK and its types leave out; `tests/plan/sdk-contract.test.ts` watches each entry. */
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

/** The SDK's runtime, with its inner functions visible. */
export const sdk = pulumi.runtime as unknown as SdkInternals;
