/** The share of its replicas that a rollout adds at once. A number would make twenty replicas roll one by one. */
const surgePercent = 25;

/** Seconds that a new pod must stay ready before an old one goes. */
const minReadySeconds = 5;

/** How long the first start of a process may take: the product of the two. */
export const startup = { periodSeconds: 2, failureThreshold: 30 } as const;

/** Seconds until a node that a pod waits for is there: docs/operations.md, scale. */
const nodeSeconds = 300;

/** Seconds to pull an image, and to pass the first health checks of the load balancer. */
const admissionSeconds = 60;

/** Pods that a rollout adds at once. Kubernetes rounds a surge up. */
export function surgeOf(replicas: number): number {
  return Math.ceil((replicas * surgePercent) / 100);
}

/**
 * The most pods of a workload at once, as a quota counts them: all replicas, those that a rollout adds, and the old ones that
 * it stops, which count until they have ended.
 */
export function mostPodsOf(maxReplicas: number): number {
  return 2 * maxReplicas + surgeOf(maxReplicas);
}

/** How a Deployment replaces its pods. */
export interface Rollout {
  readonly maxSurge: string;
  readonly minReadySeconds: number;
  /** Seconds without a new ready pod after which Kubernetes calls the rollout failed. */
  readonly progressDeadlineSeconds: number;
  /** Minutes that a deploy waits. Kubernetes reports a rollout that hangs before they are over. */
  readonly timeoutMinutes: number;
}

/**
 * Time-outs for the slowest rollout that is still right: the first step waits for a node, and each step ends when the pods that
 * it replaced have left their hosts.
 */
export function planRollout(maxReplicas: number, graceSeconds: number): Rollout {
  const steps = Math.ceil(maxReplicas / surgeOf(maxReplicas));
  const startSeconds = startup.periodSeconds * startup.failureThreshold;
  const stepSeconds = startSeconds + admissionSeconds + minReadySeconds + graceSeconds;
  const progressDeadlineSeconds = nodeSeconds + stepSeconds;
  return {
    maxSurge: `${surgePercent}%`,
    minReadySeconds,
    progressDeadlineSeconds,
    timeoutMinutes: Math.ceil(((steps - 1) * stepSeconds + progressDeadlineSeconds) / 60) + 1,
  };
}
