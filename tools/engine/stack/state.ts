/** A resource as the engine stores it. Optional fields are absent where they are empty. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly aliases?: readonly string[];
  /** Seconds. */
  readonly customTimeouts?: Readonly<Record<string, number>>;
  readonly [field: string]: unknown;
}

/** Export of a stack. */
export interface Deployment {
  readonly resources: readonly StateResource[];
  readonly pendingOperations: readonly unknown[];
}

export function readDeployment(exported: unknown): Deployment {
  const { deployment } = exported as {
    readonly deployment: {
      readonly resources?: readonly StateResource[];
      readonly pending_operations?: readonly unknown[];
    };
  };
  return {
    resources: deployment.resources ?? [],
    pendingOperations: deployment.pending_operations ?? [],
  };
}
