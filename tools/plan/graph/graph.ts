import { clusterChildren } from "../eks-cluster/index.ts";
import {
  makeUrn,
  type PlanMode,
  type PlannedOptions,
  type PlannedResource,
  stackType,
} from "../model/index.ts";
import type { OutputOverrides } from "../outputs/index.ts";
import { type Names, type Registration, type Transform, TransformCaller, unwrap } from "../protocol/index.ts";
import { defaultProvider, packageOf, providerPackage, withoutId } from "./providers.ts";
import { resolveOutputs } from "./resolve.ts";

/** Settings of a plan. */
export interface GraphOptions extends Names {
  readonly mode: PlanMode;
  readonly overrides: OutputOverrides;
  readonly config: Readonly<Record<string, string>>;
}

/** A resource and the inputs that the answer to the program needs. */
export interface Recorded {
  readonly resource: PlannedResource;
  /** Inputs after the transforms, with secrets and unknowns marked. */
  readonly wire: Readonly<Record<string, unknown>>;
}

/** The resources of one run. It assigns URNs, inherits options, runs transforms and expands remote components. */
export class PlanGraph {
  readonly #options: GraphOptions;
  readonly #recorded = new Map<string, Recorded>();
  readonly #transformsOf = new Map<string, readonly Transform[]>();
  readonly #stackTransforms: Transform[] = [];
  readonly #caller: TransformCaller;
  readonly #problems: string[] = [];
  #stackUrn = "";

  constructor(options: GraphOptions) {
    this.#options = options;
    this.#caller = new TransformCaller(options);
  }

  /** Empty until the program has registered its stack. */
  get stackUrn(): string {
    return this.#stackUrn;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Sorted by URN, because the order of registration varies. */
  sorted(): readonly PlannedResource[] {
    return [...this.#recorded.values()]
      .map(({ resource }) => resource)
      .toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
  }

  find(urn: string): Recorded | undefined {
    return this.#recorded.get(urn);
  }

  /** Whether the provider of a resource cannot be configured yet. True in a preview only. */
  hasUnknownProvider({ custom, options }: PlannedResource): boolean {
    if (!custom || this.#options.mode === "resolved") return false;
    return (this.find(withoutId(options.provider))?.resource.unknownInputs ?? []).length > 0;
  }

  report(problem: string): void {
    this.#problems.push(problem);
  }

  addStackTransform(transform: Transform): void {
    this.#stackTransforms.push(transform);
  }

  /** Records a resource after its transforms. For `eks.Cluster` it also records the children that the plugin would create. */
  async register(read: Registration, own: readonly Transform[]): Promise<Recorded> {
    const registration = await this.#transform(this.#inherit(read), own);
    const recorded = this.#record(registration);
    const { resource } = recorded;
    this.#transformsOf.set(resource.urn, own);
    if (resource.type === stackType) this.#stackUrn = resource.urn;
    if (registration.type === "eks:index:Cluster") {
      for (const child of clusterChildren({
        component: resource,
        registration,
        names: this.#options,
        find: (urn) => this.find(urn)?.resource,
      })) {
        this.#record(await this.#transform(this.#inherit(child), []));
      }
    }
    return recorded;
  }

  close(): void {
    this.#caller.close();
  }

  #transform(registration: Registration, own: readonly Transform[]): Promise<Registration> {
    const inherited: Transform[] = [];
    for (let urn = registration.parent; urn !== ""; urn = this.find(urn)?.resource.parent ?? "") {
      inherited.push(...(this.#transformsOf.get(urn) ?? []));
    }
    return this.#caller.apply(registration, [...own, ...inherited, ...this.#stackTransforms]);
  }

  #record(registration: Registration): Recorded {
    const { project, stack } = this.#options;
    const { type, name, custom, remote, parent } = registration;
    const urn = makeUrn(stack, project, parent, type, name);
    const existing = this.find(urn);
    if (existing) {
      this.report(`two resources have the URN ${urn}: give one of them another name`);
      return existing;
    }
    const { value, secrets, unknowns } = unwrap(registration.wire);
    const inputs = value as Record<string, unknown>;
    const options = this.#complete(registration);
    const outputs =
      custom && this.#options.mode === "resolved"
        ? resolveOutputs(registration, {
            urn,
            inputs,
            provider: this.find(withoutId(options.provider))?.resource,
            config: this.#options.config,
            overrides: this.#options.overrides,
          })
        : { id: "" };
    const resource: PlannedResource = {
      urn,
      type,
      name,
      custom,
      remote,
      parent,
      inputs,
      secretInputs: secrets,
      unknownInputs: unknowns,
      id: outputs.id,
      outputs: outputs.id === "" ? {} : outputs,
      options,
    };
    const recorded = { resource, wire: registration.wire };
    this.#recorded.set(urn, recorded);
    return recorded;
  }

  /** The engine, not only the SDK, passes these options on to children, before it runs the transforms. */
  #inherit(registration: Registration): Registration {
    const { options, custom, remote, type } = registration;
    const parent = this.find(registration.parent)?.resource.options;
    if (parent === undefined) return registration;
    const provider = withoutId(parent.provider);
    const fits = (!custom && !remote) || providerPackage(provider) === packageOf(type);
    return {
      ...registration,
      options: {
        ...options,
        protect: options.protect ?? (parent.protect || undefined),
        retainOnDelete: options.retainOnDelete ?? (parent.retainOnDelete || undefined),
        deletedWith: options.deletedWith || parent.deletedWith,
        provider: options.provider || (fits ? parent.provider : ""),
      },
    };
  }

  /** Options with the defaults for those that neither the program nor a transform gave. */
  #complete(registration: Registration): PlannedOptions {
    const { options } = registration;
    return {
      ...options,
      protect: options.protect ?? false,
      retainOnDelete: options.retainOnDelete ?? false,
      provider: options.provider || defaultProvider(registration, this.#options),
    };
  }
}
