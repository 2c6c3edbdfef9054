/** An HTTP probe of a manifest. */
export interface Probe {
  readonly path: string;
  /** Name of a container port. */
  readonly port: string;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
  readonly timeoutSeconds: number;
}

/** A container of the plan, with the settings that a process can have. */
export interface Container {
  readonly workload: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Port name → number in the pod. */
  readonly ports: Readonly<Record<string, number>>;
  readonly probes: { readonly startup?: Probe; readonly readiness?: Probe; readonly liveness?: Probe };
}

/** A Deployment. `replicas` is the minimum of its autoscaler, or 0 where the program has stopped it. */
export interface DeploymentManifest {
  readonly name: string;
  readonly replicas: number;
  readonly graceSeconds: number;
  readonly containers: readonly Container[];
}

/** A Job that must succeed before the Deployments start. */
export interface JobManifest {
  readonly name: string;
  readonly backoffLimit: number;
  readonly deadlineSeconds: number;
  readonly containers: readonly Container[];
}

/** A topic with the settings that MSK gets. */
export interface TopicManifest {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** The database and its owner. RDS creates both with the instance. */
export interface DatabaseManifest {
  readonly name: string;
  readonly owner: string;
}

/** The parts of a plan that run on this machine. */
export interface Manifests {
  readonly database: DatabaseManifest;
  readonly topics: readonly TopicManifest[];
  readonly jobs: readonly JobManifest[];
  readonly deployments: readonly DeploymentManifest[];
}
