import type { OutputOverrides } from "../outputs/index.ts";

/** `preview`: outputs of providers are unknown. `resolved`: tables give ids, ARNs and endpoints. */
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
  /** A component whose children are created by a plugin, so it needs a provider too. */
  readonly remote: boolean;
  readonly parent: string;
  /** Plain JSON without secret markers. The paths of the secrets are in `secretInputs`. */
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
  /** @default the name of the platform */
  readonly project?: string;
  /** @default "dev" */
  readonly stack?: string;
  readonly outputs?: OutputOverrides;
}

/** The complete resource graph of a program. It knows no state and no updates. */
export interface Plan {
  readonly project: string;
  readonly stack: string;
  readonly mode: PlanMode;
  /** The stack configuration that was used, sorted, with "[secret]" as the value of every secret key. */
  readonly config: Readonly<Record<string, string>>;
  /** All resources with the stack and the components, sorted by URN. */
  readonly resources: readonly PlannedResource[];
  /** What AWS makes by itself and that decides who reaches whom. No engine lists it. Empty in a preview. */
  readonly madeByAws: readonly PlannedResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
  readonly all: (type: string) => readonly PlannedResource[];
  /** @throws Error unless exactly one resource matches. */
  readonly one: (type: string, name?: string) => PlannedResource;
}
