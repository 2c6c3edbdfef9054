import type { OutputOverrides } from "../outputs/index.ts";

/** `preview`: nothing that a provider makes is known. `resolved`: tables give ids, ARNs and endpoints. */
export type PlanMode = "preview" | "resolved";

export interface PlannedOptions {
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  /** URNs, sorted. */
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `urn::id` of the provider. */
  readonly provider: string;
  readonly aliases: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly deletedWith: string;
  readonly customTimeouts: Readonly<Record<string, string>>;
}

export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for components. */
  readonly custom: boolean;
  /** A component whose children a plugin makes, so it needs a provider too. */
  readonly remote: boolean;
  readonly parent: string;
  /** Plain JSON; secrets are unwrapped here and their paths are in `secretInputs`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secretInputs: readonly string[];
  readonly unknownInputs: readonly string[];
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly options: PlannedOptions;
}

export interface PlanOptions {
  /** @default "resolved" */
  readonly mode?: PlanMode;
  /** Stack configuration, `namespace:key` to value. */
  readonly config?: Readonly<Record<string, string>>;
  readonly secretKeys?: readonly string[];
  /** @default "task-platform" */
  readonly project?: string;
  /** @default "dev" */
  readonly stack?: string;
  readonly outputs?: OutputOverrides;
}

/** The complete resource graph of a program: a plan, not an engine (no state, no update). */
export interface Plan {
  readonly project: string;
  readonly stack: string;
  readonly mode: PlanMode;
  /** Stack configuration as it was used, sorted; "[secret]" stands for the value of a secret key. */
  readonly config: Readonly<Record<string, string>>;
  /** Sorted by URN, the stack itself and components included. */
  readonly resources: readonly PlannedResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
  readonly all: (type: string) => readonly PlannedResource[];
  /** @throws Error unless exactly one resource fits. */
  readonly one: (type: string, name?: string) => PlannedResource;
}
